"""The reports of the catalogue in the admin: an overview and an address for each."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import policy_registry

from knowledge.models import Entry
from knowledge.reports import GROUPS, REPORTS


def may_report(user: Any) -> bool:
    return bool(policy_registry.get_by_type(Entry).user_has_permission(user, "change"))


class Overview(WagtailAdminTemplateMixin, TemplateView):
    """Which reports there are, and what each says."""

    template_name = "knowledge/admin/reports.html"
    page_title = _("Catalogue reports")
    header_icon = "table"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_report(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        groups = [
            (
                heading,
                [(report, reverse(f"catalogue_reports:{report.name}")) for report in reports],
            )
            for heading, reports in GROUPS
        ]
        return {**super().get_context_data(**kwargs), "groups": groups}


class ReportsItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return may_report(request.user)


class ReportViewSet(ViewSet):
    name = "catalogue_reports"
    url_prefix = "catalogue-reports"

    def get_urlpatterns(self) -> list[Any]:
        patterns = [path("", Overview.as_view(), name="index")]
        for report in REPORTS:
            address = report.name.replace("_", "-")
            patterns += [
                path(f"{address}/", report.as_view(), name=report.name),
                path(f"{address}/results/", report.as_view(results_only=True), name=f"{report.name}_results"),
            ]
        return patterns


def reports_item() -> MenuItem:
    return ReportsItem(
        _("Catalogue reports"),
        reverse("catalogue_reports:index"),
        name="catalogue-reports",
        icon_name="table",
        order=10,
    )
