"""The addresses that anybody may read: the landing page and, where content is public, what everyone may see."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from knowledge.models import EntryPage
from people import access


class LandingSitemap(Sitemap):
    def items(self) -> list[str]:
        return ["home"]

    def location(self, item: str) -> str:
        return reverse(item)


class EntrySitemap(Sitemap):
    limit = 5000

    def items(self) -> Iterable[Any]:
        pages = EntryPage.objects.live().visible_to(access.VISITOR).for_cards()
        return pages.order_by("-last_published_at") if settings.PUBLIC_CONTENT else pages.none()

    def location(self, item: EntryPage) -> str:
        return item.get_url() or ""

    def lastmod(self, item: EntryPage) -> Any:
        return item.last_published_at


SITEMAPS = {"landing": LandingSitemap, "entries": EntrySitemap}
