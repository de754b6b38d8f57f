"""Which pages of entries, and with what of them?"""

from typing import TYPE_CHECKING

from django.db import models
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from knowledge.querysets.entries import visible_entries

if TYPE_CHECKING:
    from people.access import Viewer

# The size in which cards show the cover of a page.
CARD_SPEC = "fill-800x320|format-webp"
# What decides who may see a page and whether its looks are known, of the page and of the community of its entry.
SERVING_FIELDS = (
    *("title", "slug", "seo_title", "search_description", "summary", "cover", "body_digest"),
    *("last_published_at", "url_path", "path", "depth", "live"),
)
COMMUNITY_FIELDS = ("access", "state", "slug", "public_id", "hidden_sections")


class EntryPageQuerySet(PageQuerySet):
    def visible_to(self, viewer: "Viewer") -> "EntryPageQuerySet":
        return self.filter(visible_entries(viewer, "entry__"))

    def tagged(self, tag: int) -> "EntryPageQuerySet":
        from knowledge.models import EntryTag

        return self.filter(pk__in=EntryTag.objects.filter(tag=tag).values("content_object_id"))

    def without_summary(self) -> "EntryPageQuerySet":
        """Published, but lists have nothing to say of them."""
        return self.filter(live=True, summary="")

    def for_cards(self) -> "EntryPageQuerySet":
        """Without the body, which no list shows."""
        return self.select_related("locale", "cover").defer("body", "search_description")

    def for_serving(self) -> "EntryPageQuerySet":
        """What decides who may see a page and whether its looks are known; the rest is seldom asked for."""
        from knowledge.models import Entry

        entry = [f"entry__{column.name}" for column in Entry._meta.concrete_fields]
        community = [f"entry__community__{name}" for name in COMMUNITY_FIELDS]
        return self.select_related("locale", "entry__community").only(
            *SERVING_FIELDS, "locale__language_code", *entry, *community
        )

    def for_reading(self) -> "EntryPageQuerySet":
        """With all that its page shows of the entry; a body that was rendered before is not asked for."""
        entry = ("entry__community", "entry__enterprise", "entry__department", "entry__owner")
        return self.select_related("locale", *entry).defer("body")

    def with_card_covers(self) -> "EntryPageQuerySet":
        """With the size of the cover that cards show, if it was ever made: one join instead of a query."""
        made = models.Q(cover__renditions__filter_spec=CARD_SPEC)
        return self.annotate(
            card=models.FilteredRelation("cover__renditions", condition=made),
            card_cover_id=models.F("card__public_id"),
            card_cover_file=models.F("card__file"),
        )


EntryPageManager = PageManager.from_queryset(EntryPageQuerySet)
