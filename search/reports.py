"""What people search for, in the admin: what is asked most, what finds nothing, what is opened."""

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from core import clock
from core.table_files import ReportFile
from search.models import QuerySummary
from search.suggestions import search_url

UNANSWERED, UNOPENED, POPULAR = "unanswered", "unopened", "popular"


class QueryFilters(WagtailFilterSet):
    show = django_filters.ChoiceFilter(
        label=_("Show"),
        method="by_fate",
        choices=[
            (UNANSWERED, _("Without an answer")),
            (UNOPENED, _("Answered, and nothing opened")),
            (POPULAR, _("Suggested to others")),
        ],
    )

    class Meta:
        model = QuerySummary
        fields: list[str] = []

    def by_fate(self, rows: QuerySet[QuerySummary], name: str, value: str) -> QuerySet[QuerySummary]:
        if value == UNANSWERED:
            return rows.filter(unanswered__gt=0)
        if value == UNOPENED:
            return rows.filter(unanswered=0, opened=0)
        return rows.filter(is_popular=True)


def _rank(row: QuerySummary) -> str:
    return "" if row.mean_rank is None else f"{row.mean_rank:.1f}"


def _asked_again(row: QuerySummary) -> str:
    return search_url(row.text)


class QueryReport(ReportFile, ReportView):
    """One row a question; nobody's name is on it."""

    model = QuerySummary
    page_title = _("Search queries")
    header_icon = "search"
    index_url_name = "search_queries"
    index_results_url_name = "search_queries_results"
    filterset_class = QueryFilters
    default_ordering = "-times"
    template_name = "search/admin/report.html"
    results_template_name = "search/admin/report_results.html"
    columns = [
        TitleColumn("text", label=_("Asked"), get_url=_asked_again, sort_key="text"),
        Column("times", label=_("Times"), sort_key="times"),
        Column("people", label=_("People in 30 days"), sort_key="people"),
        Column("unanswered", label=_("Without an answer"), sort_key="unanswered"),
        Column("opened", label=_("Opened"), sort_key="opened"),
        Column("mean_rank", label=_("Place opened, on average"), accessor=_rank, sort_key="mean_rank"),
        DateColumn("last_asked_at", label=_("Last asked"), sort_key="last_asked_at"),
    ]
    list_export = [
        "text",
        "times",
        "people",
        "unanswered",
        "opened",
        "mean_rank",
        "last_asked_at",
        "is_popular",
    ]

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm("search.view_querysummary"):
            raise PermissionDenied
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        key = F(self.ordering.lstrip("-"))
        backwards = self.ordering.startswith("-")
        ordered = key.desc(nulls_last=True) if backwards else key.asc(nulls_last=True)
        return queryset.order_by(ordered, "pk")

    def get_filename(self) -> str:
        return f"search-queries-{clock.now():%Y-%m-%d-%H%M}"


urls = [
    path("reports/search-queries/", QueryReport.as_view(), name="search_queries"),
    path(
        "reports/search-queries/results/",
        QueryReport.as_view(results_only=True),
        name="search_queries_results",
    ),
]
