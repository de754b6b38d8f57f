"""What lacks something: a summary, an owner who is still here, a translation, words for those who cannot see."""

from typing import Any

import django_filters
from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from knowledge.entry_filters import EntryListFilters
from knowledge.models import Entry, EntryPage, PageReference
from knowledge.reports.listing import (
    COMMUNITY,
    KIND,
    LANGUAGES,
    OWNER,
    PUBLISHED,
    EntryReport,
    Field,
    PageReport,
    PageReportFilters,
    entries_of,
    page_fields,
    pages_of,
    viewer_of,
)
from people.models import Image


class MissingSummary(PageReport):
    name = "missing_summary"
    page_title = _("Without a summary")
    about = _("Published pages of which lists and search have nothing to say.")
    header_icon = "pilcrow"
    fields = page_fields()

    @classmethod
    def rows_of(cls, user: Any) -> QuerySet[EntryPage]:
        rows: QuerySet[EntryPage] = pages_of(user).without_summary()
        return rows


class MissingOwner(EntryReport):
    name = "missing_owner"
    page_title = _("Without an owner")
    about = _("Entries whose owner has left the company.")
    header_icon = "user"
    fields = [KIND, COMMUNITY, OWNER, PUBLISHED]

    @classmethod
    def rows_of(cls, user: Any) -> QuerySet[Entry]:
        rows: QuerySet[Entry] = entries_of(user).without_owner()
        return rows


class TranslationFilters(EntryListFilters):
    lacks = django_filters.ChoiceFilter(
        label=_("Lacks the language"), choices=settings.LANGUAGES, method="by_lack", empty_label=_("Any")
    )

    def by_lack(self, rows: Any, name: str, value: str) -> Any:
        return rows.without_translation(value)


def lacking(entry: Entry) -> str:
    return ", ".join(code for code, _name in settings.LANGUAGES if code not in entry.languages)


class MissingTranslation(EntryReport):
    name = "missing_translation"
    page_title = _("Without a translation")
    about = _("Which entries lack which of the site's languages.")
    header_icon = "wagtail-localize-language"
    filterset_class = TranslationFilters
    fields = [KIND, COMMUNITY, OWNER, LANGUAGES, Field("lacking", _("Lacks"), lacking)]

    @classmethod
    def rows_of(cls, user: Any) -> QuerySet[Entry]:
        rows: QuerySet[Entry] = entries_of(user).without_translation()
        return rows

    def listed(self, rows: Any) -> Any:
        pages = EntryPage.objects.live().filter(entry=OuterRef("pk")).order_by("first_published_at", "pk")
        return super().listed(rows).annotate(original=Subquery(pages.values("pk")[:1]))

    def mended_at(self, row: Any) -> str:
        """Where one sends it to be translated, who may."""
        if row.original and self.request.user.has_perm("wagtail_localize.submit_translation"):
            return reverse("wagtail_localize:submit_page_translation", args=[row.original])
        return super().mended_at(row)


class ReferenceFilters(PageReportFilters):
    entry = "page__entry"
    page = "page__"


class ReferenceReport(PageReport):
    """Rows are what pages name."""

    model = PageReference
    filterset_class = ReferenceFilters
    title_sort_key = "page__title"
    title_label = _("Page")

    @classmethod
    def of_pages(cls, user: Any) -> Any:
        return PageReference.objects.filter(page__entry__in=entries_of(user).order_by().values("pk"))

    def listed(self, rows: Any) -> Any:
        wanted = rows.select_related("page__locale", "page__entry__community", "page__entry__owner")
        return wanted.defer("page__body", "page__effects")

    def page_of(self, row: Any) -> EntryPage:
        page: EntryPage = row.page
        return page


class MissingDescription(ReferenceReport):
    name = "missing_description"
    page_title = _("Pictures without a description")
    about = _("Pictures on published pages that say nothing to those who cannot see them.")
    header_icon = "image"
    fields = [Field("picture", _("Picture"), lambda row: row.picture_title), *page_fields("page__")]

    @classmethod
    def rows_of(cls, user: Any) -> QuerySet[PageReference]:
        rows: QuerySet[PageReference] = cls.of_pages(user).published().undescribed()
        return rows

    def prepare(self, rows: list[Any]) -> list[Any]:
        """The names of pictures that the person may not see stay untold."""
        pictures = Image.objects.visible_to(viewer_of(self)).filter(pk__in={row.picture_id for row in rows})
        titles = dict(pictures.values_list("pk", "title"))
        for row in rows:
            row.picture_title = titles.get(row.picture_id, "")
        return super().prepare(rows)
