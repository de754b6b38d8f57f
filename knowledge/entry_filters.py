"""What lists of entries and of their pages can be narrowed by; both ask the entry."""

from typing import Any

import django_filters
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.widgets import BooleanRadioSelect

from knowledge.choices import EntryKind
from knowledge.models import Entry, EntryPage
from people import access
from people.choices import Access, UnitKind
from people.models import Community, Unit


def managed_communities(request: HttpRequest) -> QuerySet[Any]:
    return Community.objects.managed_by(access.viewer_of(request.user)).order_by("name_en")


def enterprises(request: HttpRequest) -> QuerySet[Any]:
    return Unit.objects.filter(kind=UnitKind.ENTERPRISE).order_by("name")


class EntryFilters(WagtailFilterSet):
    community = django_filters.ModelChoiceFilter(
        label=_("Community"), queryset=managed_communities, method="by_community"
    )
    access = django_filters.ChoiceFilter(
        label=_("Access"), choices=Access.choices, method="by_access", empty_label=_("Any")
    )
    owner = django_filters.CharFilter(label=_("Owner's name"), method="by_owner")
    stale = django_filters.BooleanFilter(
        label=_("Past its review date"), method="by_staleness", widget=BooleanRadioSelect
    )

    class Meta:
        model = Entry
        fields: list[str] = []

    def by_community(self, rows: Any, name: str, value: Community) -> Any:
        return self.of_entries(rows, Entry.objects.filter(community=value))

    def by_access(self, rows: Any, name: str, value: str) -> Any:
        return self.of_entries(rows, Entry.objects.filter(access=value))

    def by_owner(self, rows: Any, name: str, value: str) -> Any:
        return self.of_entries(rows, Entry.objects.filter(owner__name__icontains=value))

    def by_staleness(self, rows: Any, name: str, value: bool) -> Any:
        stale = Entry.objects.stale()
        return self.of_entries(rows, stale if value else Entry.objects.exclude(pk__in=stale.values("pk")))

    def of_entries(self, rows: Any, entries: QuerySet[Entry]) -> Any:
        return rows.filter(pk__in=entries.values("pk"))


class EntryListFilters(EntryFilters):
    """Of lists whose rows are entries, or lead to one by `entry`."""

    entry = "pk"

    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=EntryKind.choices, method="by_kind", empty_label=_("Any")
    )
    language = django_filters.ChoiceFilter(
        label=_("Language"), choices=settings.LANGUAGES, method="by_language", empty_label=_("Any")
    )
    enterprise = django_filters.ModelChoiceFilter(
        label=_("Enterprise"), queryset=enterprises, method="by_enterprise"
    )
    published = django_filters.DateFromToRangeFilter(
        label=_("Published"), method="by_publication", widget=DateRangePickerWidget
    )

    def by_kind(self, rows: Any, name: str, value: str) -> Any:
        return self.of_entries(rows, Entry.objects.filter(kind=value))

    def by_language(self, rows: Any, name: str, value: str) -> Any:
        pages = EntryPage.objects.filter(locale__language_code=value)
        return self.of_entries(rows, Entry.objects.filter(pk__in=pages.values("entry_id")))

    def by_enterprise(self, rows: Any, name: str, value: Unit) -> Any:
        return self.of_entries(rows, Entry.objects.filter(enterprise=value))

    def by_publication(self, rows: Any, name: str, value: slice) -> Any:
        entries = Entry.objects.published()
        if value.start:
            entries = entries.filter(published_at__gte=value.start)
        if value.stop:
            entries = entries.filter(published_at__lte=value.stop)
        return self.of_entries(rows, entries)

    def of_entries(self, rows: Any, entries: QuerySet[Entry]) -> Any:
        return rows.filter(**{f"{self.entry}__in": entries.values("pk")})


class EntryIndexFilters(EntryListFilters):
    """Of the list of all entries: published or not, and archived."""

    archived = django_filters.BooleanFilter(
        label=_("Archived"), method="by_archive", widget=BooleanRadioSelect
    )

    def by_archive(self, rows: Any, name: str, value: bool) -> Any:
        return rows.exclude(archive_reason="") if value else rows.filter(archive_reason="")


class EntryPageFilters(EntryFilters):
    """Rows are named by their id alone, the one field on which a search can be narrowed with every engine."""

    draft = django_filters.BooleanFilter(
        label=_("With unpublished changes"), method="by_draft", widget=BooleanRadioSelect
    )

    class Meta:
        model = EntryPage
        fields: list[str] = []

    def of_entries(self, rows: Any, entries: QuerySet[Entry]) -> Any:
        return rows.filter(pk__in=EntryPage.objects.filter(entry__in=entries.values("pk")).values("pk"))

    def by_draft(self, rows: Any, name: str, value: bool) -> Any:
        return rows.filter(pk__in=EntryPage.objects.filter(has_unpublished_changes=value).values("pk"))
