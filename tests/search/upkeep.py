"""The index while tests with real commits run beside each other on one server."""

import time

from core.models import OutboxEntry
from search import indexing
from search.models import Position


def settle() -> None:
    """Wait until the index is up to date: a transaction beside the change may have held it back, and ends soon."""
    deadline = time.monotonic() + 5
    while indexing.drain() or OutboxEntry.objects.filter(sequence__gt=_place()).exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def _place() -> int:
    return int(Position.objects.get(reader=indexing.READER).sequence)
