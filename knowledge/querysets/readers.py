"""What readers have read, and what they suggest: which of it is whose?"""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from knowledge.querysets.entries import visible_entries

if TYPE_CHECKING:
    from people.access import Viewer

# Hundredths of an entry up to which somebody has only looked in.
BARELY = 4


class ReadingQuerySet(models.QuerySet[Any]):
    def reads(self) -> "ReadingQuerySet":
        """What counts as a read: somebody came further than a look at the beginning."""
        return self.filter(progress__gt=BARELY)

    def begun(self) -> "ReadingQuerySet":
        """Neither just opened nor read to the end."""
        return self.filter(progress__gt=BARELY, progress__lt=100)


class CorrectionQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: "Viewer") -> "CorrectionQuerySet":
        """To who suggested it and to those who decide, as long as they may see the entry."""
        mine = Q(suggested_by=viewer.user_id) | _answered_for_by(viewer)
        return self.filter(visible_entries(viewer, "entry__")).filter(mine)

    def decided_by(self, viewer: "Viewer") -> "CorrectionQuerySet":
        """What the viewer decides, or has a say in: corrections of their entries and of communities they manage."""
        return self.filter(visible_entries(viewer, "entry__")).filter(_answered_for_by(viewer))

    def of_own_entries(self, viewer: "Viewer") -> "CorrectionQuerySet":
        return self.decided_by(viewer).filter(_ones_own(viewer))

    def for_listing(self) -> "CorrectionQuerySet":
        """With people, the entry, and `title`: of its live page in that language, else of any live one, else None."""
        from knowledge.models import EntryPage

        live = EntryPage.objects.live().filter(entry=models.OuterRef("entry")).order_by("pk")
        own = live.filter(locale__language_code=models.OuterRef("language"))
        return self.select_related("entry__community", "entry__owner", "suggested_by", "decided_by").annotate(
            title=Coalesce(
                models.Subquery(own.values("title")[:1]), models.Subquery(live.values("title")[:1])
            )
        )


def _answered_for_by(viewer: "Viewer") -> Q:
    from people.models import Community  # whose models load beside these

    managed = Community.objects.managed_by(viewer).values("pk")
    return Q(entry__owner=viewer.user_id) | Q(entry__community__in=managed)


def _ones_own(viewer: "Viewer") -> Q:
    """Entries of one's own, and those in one's communities whose owner has left."""
    left = Q(entry__owner__is_active=False, entry__community__in=viewer.leads)
    return Q(entry__owner=viewer.user_id) | left
