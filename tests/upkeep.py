"""What follows the outbox while tests with real commits run beside each other on one server."""

import time

from core.models import OutboxEntry
from knowledge.services import page_facts
from search import indexing
from search.models import Position

READERS = {indexing.READER: indexing.drain, page_facts.READER: page_facts.catch_up}


def settle() -> None:
    """Wait until all is taken in: a transaction beside a change may have held it back, and ends soon."""
    deadline = time.monotonic() + 5
    for reader, read in READERS.items():
        while read() or OutboxEntry.objects.filter(sequence__gt=_place(reader)).exists():
            assert time.monotonic() < deadline
            time.sleep(0.01)


def _place(reader: str) -> int:
    return int(Position.objects.get(reader=reader).sequence)
