"""What is near to an entry is kept with it, and worked out anew when the entry changes: reading costs nothing more."""

from collections.abc import Iterable

from knowledge import nearness
from knowledge.models import Entry

BATCH = 200


def refresh(keys: Iterable[str]) -> None:
    """Work out what is near to the entries of these keys.

    Where that changes, those that are or were near to them are worked out as well: a new entry shows up with its
    neighbours, and one that was withdrawn leaves them. Further it does not spread.
    """
    concerned = set(keys)
    around: set[int] = set()
    for entry in Entry.objects.filter(key__in=concerned).order_by("pk").iterator(BATCH):
        around |= _work_out(entry)
    for entry in (
        Entry.objects.filter(pk__in=around).exclude(key__in=concerned).order_by("pk").iterator(BATCH)
    ):
        _work_out(entry)


def refill() -> None:
    """Work out what is near to every published entry."""
    for entry in Entry.objects.published().order_by("pk").iterator(BATCH):
        _work_out(entry)


def _work_out(entry: Entry) -> set[int]:
    """Keep what is near now; returns what is or was near, if that is another than before.

    Written past the signals: no reader of the outbox waits for it, and pages notice by the row itself.
    """
    before, after = entry.near, nearness.nearest(entry)
    if before == after:
        return set()
    Entry.objects.filter(pk=entry.pk).update(near=after)
    return {*before, *after}
