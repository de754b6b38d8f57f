"""The audit log as the admin shows it: read, filtered, exported, never changed."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin

from core.models import AuditEntry


class ReadOnly(PermissionHelper):
    """Nothing in the log can be made, changed or taken away: the database refuses it as well."""

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: AuditEntry) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: AuditEntry) -> bool:
        return False


class AuditLog(ModelAdmin):
    model = AuditEntry
    menu_label = _("Audit log")
    menu_icon = "clipboard-list"
    add_to_admin_menu = False
    add_to_settings_menu = True
    menu_order = 710
    permission_helper_class = ReadOnly
    list_display = ("at", "actor", "action", "kind", "key", "reason")
    list_filter = ("action", "kind", "at")
    list_export = ("at", "actor", "action", "kind", "key", "reason", "details")
    export_filename = "audit-log"
    search_fields = ("action", "key", "reason", "actor__name", "actor__email")
    list_per_page = 50
    inspect_view_enabled = True
    inspect_view_fields = ("at", "actor", "action", "kind", "key", "reason", "details")

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEntry]:
        return super().get_queryset(request).select_related("actor").order_by("-at", "-pk")
