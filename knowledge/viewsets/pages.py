"""Lists of entries' pages, one row a language: in the explorer below a community, and one flat list a kind."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, LocaleColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import ExplorableIndexView, IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet

from core.table_files import TableFile
from knowledge.entry_filters import EntryPageFilters
from knowledge.models import BestPracticePage, BlogPage, CommunityPage, EntryPage, SuccessStoryPage, WikiPage

COLUMNS = [
    BulkActionsColumn("bulk_actions"),
    PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
    Column(
        "community", label=_("Community"), accessor="entry.community", sort_key="entry__community__name_en"
    ),
    LocaleColumn(label=_("Language"), sort_key="locale"),
    Column("access", label=_("Access"), accessor="entry.get_access_display", sort_key="entry__access"),
    Column("owner", label=_("Owner"), accessor="entry.owner", sort_key="entry__owner__name"),
    Column(
        "review_date", label=_("Review date"), accessor="entry.review_date", sort_key="entry__review_date"
    ),
    DateColumn("latest_revision_created_at", label=_("Updated"), sort_key="latest_revision_created_at"),
    PageStatusColumn("status", label=_("Status"), sort_key="live"),
]
# An engine can put what it found in the order of these; the others are the database's alone.
ORDERS_OF_FOUND = {"title", "latest_revision_created_at", "live"}


class EntryColumns(TableFile):
    """What both lists add to Wagtail's."""

    base_columns = COLUMNS
    base_filterset_class = EntryPageFilters
    show_locale_labels = False
    list_export = [
        "title",
        "entry.community",
        "locale.language_code",
        "entry.access",
        "entry.owner",
        "entry.review_date",
        "status_string",
        "first_published_at",
        "full_url",
    ]
    export_headings = {
        "title": _("Title"),
        "entry.community": _("Community"),
        "locale.language_code": _("Language"),
        "entry.access": _("Access"),
        "entry.owner": _("Owner"),
        "entry.review_date": _("Review date"),
        "status_string": _("Status"),
        "first_published_at": _("Published"),
        "full_url": _("Address"),
    }

    @cached_property
    def columns(self) -> list[Column]:
        return COLUMNS

    def annotate_queryset(self, pages: Any) -> Any:
        return super().annotate_queryset(pages).prefetch_related("entry__community", "entry__owner")

    def get_valid_orderings(self) -> list[str]:
        orderings: list[str] = super().get_valid_orderings()
        if self.is_searching:
            return [ordering for ordering in orderings if ordering.lstrip("-") in ORDERS_OF_FOUND]
        return orderings


class EntryPageList(EntryColumns, IndexView):
    pass


class EntryPageExplorer(EntryColumns, ExplorableIndexView):
    pass


class EntryPages(PageViewSet):
    """In the explorer: what is below a community."""

    model = EntryPage
    index_view_class = EntryPageExplorer
    filterset_class = EntryPageFilters
    columns = COLUMNS
    parent_models = [CommunityPage]


class EntryPageListing(PageListingViewSet):
    index_view_class = EntryPageList
    filterset_class = EntryPageFilters
    columns = COLUMNS


def _listing(model: type[EntryPage], name: str, label: Any, icon: str) -> EntryPageListing:
    return EntryPageListing(name, model=model, url_prefix=name.replace("_", "-"), menu_label=label, icon=icon)


ENTRY_PAGE_LISTINGS = (
    _listing(BestPracticePage, "best_practices", _("Best practices"), "pick"),
    _listing(SuccessStoryPage, "success_stories", _("Success stories"), "success"),
    _listing(WikiPage, "wiki_pages", _("Wiki pages"), "doc-full"),
    _listing(BlogPage, "blog_posts", _("Blog posts"), "edit"),
    _listing(EntryPage, "entry_pages", _("Pages of every kind"), "copy"),
)
