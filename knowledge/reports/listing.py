"""What all reports are: a list of what somebody may mend, with filters, an order, pages and files."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http.response import HttpResponseBase
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import policy_registry

from core import clock
from core.table_files import ReportFile
from knowledge.entry_filters import EntryListFilters
from knowledge.models import Entry, EntryPage
from knowledge.permission_policies import explorable_pages
from people import access


@dataclass(frozen=True)
class Field:
    """A column of a report, on the screen and in files."""

    name: str
    label: Any
    value: Callable[[Any], Any]
    sort_key: str = ""
    column: Any = Column

    def as_column(self) -> Column:
        return self.column(self.name, label=self.label, sort_key=self.sort_key or None, accessor=self.value)


class Moment(DateColumn):
    """A moment as a day; how long ago it was is said by other columns."""


COMMUNITY = Field("community", gettext_lazy("Community"), lambda row: row.community, "community__name_en")
OWNER = Field("owner", gettext_lazy("Owner"), lambda row: row.owner, "owner__name")
KIND = Field("kind", gettext_lazy("Kind"), lambda row: row.get_kind_display(), "kind")
ENTERPRISE = Field("enterprise", gettext_lazy("Enterprise"), lambda row: row.enterprise, "enterprise__name")
PUBLISHED = Field(
    "published_at", gettext_lazy("Published"), lambda row: row.published_at, "published_at", Moment
)
LANGUAGES = Field("languages", gettext_lazy("Languages"), lambda row: ", ".join(row.languages))


def entries_of(user: Any) -> Any:
    """Entries that the person looks after."""
    return policy_registry.get_by_type(Entry).instances_user_has_permission_for(user, "change")


def pages_of(user: Any) -> Any:
    """The pages of those."""
    return EntryPage.objects.filter(entry__in=entries_of(user).order_by().values("pk"))


class Report(ReportFile, ReportView):
    """`name` is the address and the icon's neighbour; `fields` come after the title, which leads to the mending."""

    name: ClassVar[str]
    about: ClassVar[Any]
    fields: ClassVar[list[Field]]
    # That there is a file; what stands in it is said by `fields`.
    list_export = ["title"]
    filterset_class: Any = EntryListFilters
    title_label: Any = gettext_lazy("Title")
    title_sort_key = "title"
    template_name = "knowledge/admin/report.html"
    results_template_name = "knowledge/admin/report_results.html"
    breadcrumbs_items = [
        *ReportView.breadcrumbs_items,
        {"url": reverse_lazy("catalogue_reports:index"), "label": gettext_lazy("Catalogue reports")},
    ]

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not policy_registry.get_by_type(Entry).user_has_permission(request.user, "change"):
            raise PermissionDenied
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    @classmethod
    def rows_of(cls, user: Any) -> QuerySet[Any]:
        """All that the report could show this person; figures elsewhere count the same. Each report says it."""
        raise NotImplementedError

    def listed(self, rows: Any) -> Any:
        """Rows with what the columns show."""
        return rows

    def prepare(self, rows: list[Any]) -> list[Any]:
        """Rows of one page or batch with what is found for all of them at once."""
        return rows

    def title_of(self, row: Any) -> Any:
        return row.title

    def mended_at(self, row: Any) -> str:
        """Where the row is mended: each report says it."""
        raise NotImplementedError

    def get_base_queryset(self) -> QuerySet[Any]:
        return self.listed(self.rows_of(self.request.user))

    def get_filtered_queryset(self) -> QuerySet[Any]:
        """Filtered already: Wagtail would do it twice."""
        rows: QuerySet[Any] = self.get_queryset()
        return rows

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """What is not known stands at the end, whichever way round and whatever the database thinks of it."""
        if not self.ordering:
            return queryset.order_by("pk")
        key = F(self.ordering.lstrip("-"))
        backwards = self.ordering.startswith("-")
        ordered = key.desc(nulls_last=True) if backwards else key.asc(nulls_last=True)
        return queryset.order_by(ordered, "pk")

    def completed(self, rows: Any) -> list[Any]:
        return self.prepare(list(rows))

    @property
    def language(self) -> str:
        return (get_language() or "en").split("-")[0]

    @cached_property
    def columns(self) -> list[Column]:
        title = TitleColumn(
            "title",
            label=self.title_label,
            accessor=self.title_of,
            get_url=self.mended_at,
            sort_key=self.title_sort_key or None,
            get_title_id=lambda row: f"entry_{row.pk}_title",
        )
        return [title, *(field.as_column() for field in self.fields)]

    def get_page_title(self) -> Any:
        return self.page_title

    def get_index_url(self) -> str:
        return reverse(f"catalogue_reports:{self.name}")

    def get_index_results_url(self) -> str:
        return reverse(f"catalogue_reports:{self.name}_results")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "offers_bulk": self.model is Entry}

    @cached_property
    def begun_at(self) -> dt.datetime:
        return clock.now()

    def get_filename(self) -> str:
        return f"{self.name.replace('_', '-')}-{self.begun_at:%Y-%m-%d-%H%M}"

    def lines(self, found: Any, form: str) -> Iterator[list[Any]]:
        yield [self.page_title, _("Begun"), f"{self.begun_at:%Y-%m-%d %H:%M} UTC"]
        headings = [self.title_label, *(field.label for field in self.fields), _("Address")]
        yield [capfirst(str(heading)) for heading in headings]
        for row in self.rows(found):
            yield self.cells(row, form)

    def cells(self, row: Any, form: str) -> list[Any]:
        address = self.request.build_absolute_uri(self.mended_at(row))
        return [self.title_of(row), *(field.value(row) for field in self.fields), address]


class EntryReport(Report):
    """Rows are entries, mended among their details; what is done to many at once is done here too."""

    model = Entry

    def listed(self, rows: Any) -> Any:
        return rows.titled(self.language).select_related("community", "owner", "enterprise")

    def mended_at(self, row: Any) -> str:
        return reverse("entry:edit", args=[row.pk])

    @cached_property
    def columns(self) -> list[Column]:
        return [BulkActionsCheckboxColumn("bulk_actions", obj_type="entry"), *super().columns]


class PageReportFilters(EntryListFilters):
    """Here the language is the row's own."""

    entry = "entry"
    page = ""

    def by_language(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(**{f"{self.page}locale__language_code": value})


class PageReport(Report):
    """Rows are pages, mended in the editor; a lead who has no rights there is led to the page itself."""

    model: Any = EntryPage
    filterset_class = PageReportFilters

    def listed(self, rows: Any) -> Any:
        return rows.select_related("locale", "entry__community", "entry__owner").defer("body", "effects")

    def page_of(self, row: Any) -> EntryPage:
        page: EntryPage = row
        return page

    def prepare(self, rows: list[Any]) -> list[Any]:
        pages = [self.page_of(row).pk for row in rows]
        self.editable = set(
            explorable_pages(self.request.user).filter(pk__in=pages).values_list("pk", flat=True)
        )
        return rows

    def title_of(self, row: Any) -> Any:
        return self.page_of(row).title

    def mended_at(self, row: Any) -> str:
        page = self.page_of(row)
        if page.pk in self.editable:
            return reverse("wagtailadmin_pages:edit", args=[page.pk])
        return page.entry.get_absolute_url()


def page_fields(path: str = "") -> list[Field]:
    """What reports of pages say of each."""

    def page_of(row: Any) -> EntryPage:
        page: EntryPage = row.page if path else row
        return page

    return [
        Field(
            "community",
            gettext_lazy("Community"),
            lambda row: page_of(row).entry.community,
            f"{path}entry__community__name_en",
        ),
        Field(
            "language",
            gettext_lazy("Language"),
            lambda row: page_of(row).locale.get_display_name(),
            f"{path}locale__language_code",
        ),
        Field(
            "owner", gettext_lazy("Owner"), lambda row: page_of(row).entry.owner, f"{path}entry__owner__name"
        ),
    ]


def viewer_of(view: Any) -> access.Viewer:
    return access.viewer_of(view.request.user)
