"""What each community holds: how much of which kind and language, how much of it stale, when it last published."""

from typing import Any

from django.conf import settings
from django.db.models import Case, Count, ExpressionWrapper, F, IntegerField, Max, Q, QuerySet, When
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core import clock
from knowledge.choices import EntryKind
from knowledge.entry_filters import EntryListFilters
from knowledge.models import Entry, EntryPage
from knowledge.reports.listing import Field, Moment, Report, entries_of
from people import access
from people.models import Community


class CountedFilters(EntryListFilters):
    """They narrow what is counted; a community without any of it shows a nought."""

    community = None
    owner = None
    stale = None

    class Meta:
        model = Community
        fields: list[str] = []

    def of_entries(self, rows: Any, entries: QuerySet[Entry]) -> Any:
        return rows if rows.model is Community else rows.filter(pk__in=entries.values("pk"))


def _kind(kind: EntryKind) -> Field:
    return Field(kind.value, kind.label, lambda row: getattr(row, kind.value), kind.value)


def _language(code: str) -> Field:
    return Field(f"in_{code}", code.upper(), lambda row: row.by_language.get(code, 0))


class ContentByCommunity(Report):
    name = "content"
    page_title = _("Content by community")
    about = _(
        "How many entries each community has, of which kind and in which language, and how many are stale."
    )
    header_icon = "group"
    model = Community
    filterset_class = CountedFilters
    title_label = _("Community")
    title_sort_key = "name_en"
    default_ordering = "-entry_count"
    fields = [
        Field("entry_count", _("Entries"), lambda row: row.entry_count, "entry_count"),
        *(_kind(kind) for kind in EntryKind),
        *(_language(code) for code, _name in settings.LANGUAGES),
        Field("stale_share", _("Stale, %"), lambda row: row.stale_share, "stale_share"),
        Field("last", _("Last publication"), lambda row: row.last_published, "last_published", Moment),
    ]

    @classmethod
    def rows_of(cls, user: Any) -> QuerySet[Community]:
        rows: QuerySet[Community] = Community.objects.managed_by(access.viewer_of(user))
        return rows

    @cached_property
    def counted(self) -> Any:
        """The entries that count: published, the person's to look after, and within the filters."""
        entries = entries_of(self.request.user).published()
        if self.filters and self.filters.is_valid():
            entries = self.filters.filter_queryset(entries)
        return entries.order_by().values("pk")

    def listed(self, rows: Any) -> Any:
        counted = Q(entries__in=self.counted)
        by_kind = {kind.value: Count("entries", filter=counted & Q(entries__kind=kind)) for kind in EntryKind}
        return rows.annotate(
            entry_count=Count("entries", filter=counted),
            stale_count=Count("entries", filter=counted & Q(entries__review_date__lt=clock.today())),
            last_published=Max("entries__published_at", filter=counted),
            **by_kind,
        ).annotate(
            stale_share=Case(
                When(entry_count=0, then=0),
                default=ExpressionWrapper(
                    100 * F("stale_count") / F("entry_count"), output_field=IntegerField()
                ),
            )
        )

    def prepare(self, rows: list[Any]) -> list[Any]:
        pages = EntryPage.objects.live().filter(entry__in=self.counted, entry__community__in=rows).order_by()
        counts = pages.values_list("entry__community", "locale__language_code").annotate(number=Count("pk"))
        for row in rows:
            row.by_language = {}
        known = {row.pk: row for row in rows}
        for community, code, number in counts:
            known[community].by_language[code] = number
        return rows

    def title_of(self, row: Any) -> Any:
        return row.name

    def mended_at(self, row: Any) -> str:
        return f"{reverse('catalogue_reports:freshness')}?community={row.pk}"
