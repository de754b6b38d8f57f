"""The audit log as the admin shows it: read, filtered, exported, never changed."""

from typing import Any

from django.contrib.admin import SimpleListFilter, display
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView

from core import audit_words
from core.models import AuditEntry
from core.table_files import TableFile


class ReadOnly(PermissionHelper):
    """Nothing in the log can be made, changed or taken away: the database refuses it as well."""

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: AuditEntry) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: AuditEntry) -> bool:
        return False


class ActionFilter(SimpleListFilter):
    """Actions by their words, those that have happened."""

    title = _("action")
    parameter_name = "action"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        happened = AuditEntry.objects.order_by().values_list("action", flat=True).distinct()
        return sorted(((code, audit_words.action(code)) for code in happened), key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        return queryset.filter(action=self.value()) if self.value() else queryset


class AuditList(TableFile, IndexView):
    pass


class AuditLog(ModelAdmin):
    model = AuditEntry
    index_view_class = AuditList
    menu_label = _("Audit log")
    menu_icon = "clipboard-list"
    add_to_admin_menu = False
    add_to_settings_menu = True
    menu_order = 710
    permission_helper_class = ReadOnly
    list_display = ("at", "actor", "action_words", "kind_words", "key", "reason")
    list_filter = (ActionFilter, "kind", "at")
    list_export = ("at", "actor", "action", "kind", "key", "reason", "details")
    export_filename = "audit-log"
    search_fields = ("action", "key", "reason", "actor__name", "actor__email")
    list_per_page = 50
    inspect_view_enabled = True
    inspect_view_fields = ("at", "actor", "action", "kind", "key", "reason", "details")

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEntry]:
        return super().get_queryset(request).select_related("actor").order_by("-at", "-pk")

    @display(description=_("action"), ordering="action")
    def action_words(self, row: AuditEntry) -> str:
        return row.get_action_display()

    @display(description=_("kind"), ordering="kind")
    def kind_words(self, row: AuditEntry) -> str:
        return row.get_kind_display()
