"""Thousands of entries handed over at once, the worker killed half way: what was lost, what was done twice.

The tests hold the same with fewer entries done; here a change goes all the way there, and all the way back.
"""

import subprocess
import sys
import time
from collections import Counter

from benchmarks.lists import CURATOR
from benchmarks.report import Row
from core.fields import uuid7
from core.models import AuditEntry
from knowledge.choices import BulkAction, BulkItemState, BulkState
from knowledge.models import BulkChange, Entry
from knowledge.services import bulk_changes
from people.models import User

ENTRIES = 5000
GLANCE = 0.1
WORKER = (
    "import django; django.setup(); from knowledge.services import bulk_changes; bulk_changes.go_on({change})"
)


def measure() -> list[Row]:
    """To a curator, who may read them all, and back to their owners; a worker of its own dies on each way."""
    curator = User.objects.get(email=CURATOR)
    chosen = Entry.objects.filter(slug__startswith="volume-").exclude(owner=curator).order_by("pk")[:ENTRIES]
    owners = dict(chosen.values_list("pk", "owner_id"))
    change = bulk_changes.ask(
        by=curator,
        action=BulkAction.HAND_OVER,
        arguments={"owner": curator.pk, "note": ""},
        entries=owners,
        token=uuid7(),
    )
    there = _row(change, owners, "handed over", BulkItemState.DONE, BulkState.DONE)
    bulk_changes.undo(change=change, by=curator)
    back = _row(change, owners, "put back", BulkItemState.UNDONE, BulkState.UNDONE)
    return [there, back]


def _row(change: BulkChange, owners: dict[int, int], verb: str, settled: str, end: BulkState) -> Row:
    before = AuditEntry.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    begun = time.perf_counter()
    killed_at = _killed_half_way(change, settled, half=len(owners) // 2)
    subprocess.run(_worker(change), check=True)
    seconds = time.perf_counter() - begun
    written = AuditEntry.objects.filter(pk__gt=before, action="entry.handed_over").values_list(
        "key", flat=True
    )
    times = Counter(Counter(written).values())
    change.refresh_from_db()
    owned = Entry.objects.filter(pk__in=owners)
    if end == BulkState.DONE:
        lost = owned.exclude(owner=change.arguments["owner"]).count()
    else:
        lost = sum(owners[pk] != owner for pk, owner in owned.values_list("pk", "owner_id"))
    twice = sum(count for often, count in times.items() if often > 1)
    return Row(
        "bulk",
        f"{len(owners)} entries {verb}, the worker killed half way (after {killed_at}; {seconds:.0f} s)",
        "0 lost, 0 twice",
        f"{lost} lost, {twice} twice",
        "",
        change.state == end and not lost and times == {1: len(owners)},
    )


def _killed_half_way(change: BulkChange, settled: str, *, half: int) -> int:
    """Kill the worker once half of the entries are settled; returns how many are when it is gone."""
    items = change.items.filter(state=settled)
    with subprocess.Popen(_worker(change)) as worker:
        while items.count() < half and worker.poll() is None:
            time.sleep(GLANCE)
        worker.kill()
    return items.count()


def _worker(change: BulkChange) -> list[str]:
    return [sys.executable, "-c", WORKER.format(change=change.pk)]
