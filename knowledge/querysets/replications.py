"""Which records of the ledger?"""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from knowledge.choices import IN_USE, Confirmation
from knowledge.querysets.entries import visible_entries

if TYPE_CHECKING:
    from people.access import Viewer


class ReplicationQuerySet(models.QuerySet[Any]):
    def visible_to(self, viewer: "Viewer") -> "ReplicationQuerySet":
        """Of entries that the viewer may see; what is withdrawn is told apart by `current`."""
        return self.filter(visible_entries(viewer, "entry__"), entry__published_at__isnull=False)

    def current(self) -> "ReplicationQuerySet":
        return self.filter(withdrawn_at=None)

    def in_use(self) -> "ReplicationQuerySet":
        """Where the entry is used now, as it is or adapted."""
        return self.current().filter(status__in=IN_USE)

    def awaiting_confirmation(self) -> "ReplicationQuerySet":
        """With figures that nobody has judged, those that wait longest first."""
        return self.current().filter(confirmation=Confirmation.WAITING).order_by("updated_at", "pk")

    def touching(self, unit: int) -> "ReplicationQuerySet":
        """What an enterprise takes from others and what others take from it."""
        return self.filter(Q(enterprise=unit) | Q(entry__enterprise=unit))

    def for_rows(self, viewer: "Viewer") -> "ReplicationQuerySet":
        """With what a row of a list shows, `title` and `title_language` of the entry among it."""
        from knowledge.models import EntryPage

        order = {code: place for place, code in enumerate(viewer.languages)}
        place = models.Case(
            *(models.When(locale__language_code=code, then=at) for code, at in order.items()),
            default=len(order),
        )
        pages = EntryPage.objects.live().filter(entry=models.OuterRef("entry")).order_by(place, "pk")
        return self.select_related(
            "enterprise", "entry__enterprise", "entry__community", "judged_by"
        ).annotate(
            title=models.Subquery(pages.values("title")[:1]),
            title_language=models.Subquery(pages.values("locale__language_code")[:1]),
        )
