"""What is near to an entry is kept with it, and worked out anew when the entry changes: reading costs nothing more."""

from collections.abc import Iterable
from itertools import islice

from django.db.models import QuerySet

from knowledge.models import Entry
from knowledge.nearness import Neighbourhood

BATCH = 100


def refresh(keys: Iterable[str]) -> None:
    """Work out what is near to the entries of these keys.

    Where that changes, those that are or were near to them are worked out as well: a new entry shows up with its
    neighbours, and one that was withdrawn leaves them. Further it does not spread.
    """
    concerned = set(keys)
    around = _work_out(Entry.objects.filter(key__in=concerned).order_by("pk"))
    _work_out(Entry.objects.filter(pk__in=around).exclude(key__in=concerned).order_by("pk"))


def refill() -> None:
    """Work out what is near to every published entry."""
    # Entries of one community have neighbours in common, who are read once for all of them.
    _work_out(Entry.objects.published().order_by("community", "pk"))


def _work_out(entries: QuerySet[Entry]) -> set[int]:
    """Keep what is near now; returns what is or was near to those for whom that is another than before.

    Written past the signals: no reader of the outbox waits for it, and pages notice by the row itself.
    """
    neighbourhood = Neighbourhood()
    around: set[int] = set()
    rows = entries.only("community", "kind", "published_at", "near").iterator(BATCH)
    while batch := list(islice(rows, BATCH)):
        near = neighbourhood.nearest_to(batch)
        changed = [entry for entry in batch if entry.near != near[entry.pk]]
        for entry in changed:
            around.update(entry.near, near[entry.pk])
            entry.near = near[entry.pk]
        Entry.objects.bulk_update(changed, ["near"])
    return around
