from wagtail_modeladmin.options import modeladmin_register

from core.audit_log import AuditLog

modeladmin_register(AuditLog)
