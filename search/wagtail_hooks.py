"""The search's part of the admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from search import reports


class QueriesItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("search.view_querysummary"))


@hooks.register("register_admin_urls")
def report_addresses() -> list[Any]:
    return reports.urls


@hooks.register("register_reports_menu_item")
def report_on_queries() -> MenuItem:
    return QueriesItem(
        _("Search queries"), reverse("search_queries"), name="search-queries", icon_name="search", order=300
    )
