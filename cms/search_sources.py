"""Pages that are no entries: readers reach them by their community, the admin's search finds them as pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, get_page_models

from core import outbox
from core.declarations import SearchSource, search_sources
from core.outbox import Thing
from knowledge.models import EntryPage


def page_things(page: Page) -> list[Thing]:
    """Announced to nobody: what may be known of a community, its own changes say."""
    return [Thing("page", str(page.translation_key), [])]


def track_pages() -> None:
    for model in get_page_models():
        if not issubclass(model, EntryPage):
            outbox.track_related(model, page_things)


def _pages() -> Any:
    return Page.objects.filter(depth__gt=1).not_type(EntryPage)


search_sources.register(
    "page",
    SearchSource(
        kind="page",
        label=_("Pages"),
        icon="file",
        model=Page,
        visible=lambda viewer: Page.objects.none(),
        indexable=_pages,
        rows_of=lambda keys: _pages().filter(translation_key__in=keys),
        key="translation_key",
        order=95,
        listed=False,
    ),
)
