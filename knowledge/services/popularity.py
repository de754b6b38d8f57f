"""How popular entries are: by those who read them lately, whom they helped, and the enterprises that use them."""

from datetime import timedelta

from django.db.models import Count, QuerySet, Sum

from core import clock, outbox, popularity
from knowledge.models import Entry, EntryUsefulness, Reading, Replication
from knowledge.search_sources import entry_things_of

LATELY = timedelta(days=90)
# An enterprise that works by an entry counts as so many readers.
READERS_OF_A_USE = 5


def tell(entries: QuerySet[Entry]) -> None:
    """The index, of entries whose level has changed."""
    outbox.record_ranked(*entry_things_of(entries))


def settle(tell: popularity.Tell | None = tell) -> int:
    """Keep how popular each entry is now; returns for how many that has changed.

    Whoever builds the index anew right after need not `tell` it.
    """
    uses: dict[int, int] = {}
    lately = Reading.objects.filter(read_at__gte=clock.now() - LATELY)
    for worth, counted in (
        (1, lately.values("entry").annotate(uses=Count("pk"))),
        (1, EntryUsefulness.objects.values("entry").annotate(uses=Sum("useful"))),
        (READERS_OF_A_USE, Replication.objects.in_use().values("entry").annotate(uses=Count("pk"))),
    ):
        for entry, count in counted.order_by().values_list("entry", "uses").iterator():
            uses[entry] = uses.get(entry, 0) + worth * count
    return popularity.settle(Entry, uses, tell)
