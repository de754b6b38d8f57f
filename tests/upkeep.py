"""What follows the outbox while tests with real commits run beside each other on one server."""

import time

from core.models import Job, OutboxEntry
from knowledge.services import page_facts
from knowledge.tasks import refresh_page_facts
from search import indexing
from search.models import Position
from search.tasks import drain_index

TASKS = (drain_index, refresh_page_facts)
READERS = {indexing.READER: indexing.drain, page_facts.READER: page_facts.catch_up}


def settle() -> None:
    """Wait until all is taken in: a transaction beside a change may have held it back, and ends soon."""
    deadline = time.monotonic() + 5
    for reader, read in READERS.items():
        while read() or OutboxEntry.objects.filter(sequence__gt=_place(reader)).exists():
            assert time.monotonic() < deadline, f"{reader} is held back"
            time.sleep(0.01)
    # What was held back has asked to be looked for later. In tests nobody does, and while that waits nobody asks anew.
    Job.objects.filter(state=Job.State.WAITING, task__in=[task.module_path for task in TASKS]).delete()


def _place(reader: str) -> int:
    return int(Position.objects.get(reader=reader).sequence)
