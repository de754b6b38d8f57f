"""What leads and curators put before others: pins of a community, recommendations of the search."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Prefetch, Q

from core import clock
from knowledge.querysets.entries import visible_entries

if TYPE_CHECKING:
    from people.access import Viewer


class PinQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: "Viewer") -> "PinQuerySet":
        """Pins of what the viewer may read, published and still of the community; the leads' order."""
        seen = visible_entries(viewer, "entry__") & Q(entry__published_at__isnull=False)
        return self.filter(seen, entry__community=models.F("community")).order_by("place", "pk")

    def for_rows(self) -> "PinQuerySet":
        """With the entries as rows show them."""
        from knowledge.models import Entry

        return self.prefetch_related(Prefetch("entry", Entry.objects.for_rows()))


class PromotionQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: "Viewer") -> "PromotionQuerySet":
        """Recommendations of what the viewer may see."""
        return self.filter(visible_entries(viewer, "entry__"))

    def current(self) -> "PromotionQuerySet":
        """Those of published entries, up to and including their last day."""
        return self.filter(
            Q(ends_date=None) | Q(ends_date__gte=clock.today()), entry__published_at__isnull=False
        )

    def titled(self, language: str) -> "PromotionQuerySet":
        """With `title`: that of the entry in the language, else of the first page there is."""
        from knowledge.models import EntryPage

        of_language = models.Case(models.When(locale__language_code=language, then=0), default=1)
        pages = EntryPage.objects.filter(entry=models.OuterRef("entry")).order_by(of_language, "-live", "pk")
        return self.annotate(title=models.Subquery(pages.values("title")[:1]))
