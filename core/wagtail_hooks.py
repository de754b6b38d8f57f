from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from core.audit_log import AuditLog
from core.exchange_viewset import ExchangeRateViewSet

modeladmin_register(AuditLog)


@hooks.register("register_admin_viewset")
def register_exchange_rates():
    return ExchangeRateViewSet()
