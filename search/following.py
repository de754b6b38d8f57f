"""An index follows the outbox: whatever was saved, by whatever door, is found; what is gone is not.

The words of rows are read and cut outside any transaction, for that takes long. The database's own index is written
together with the new position in a short one, and only if nobody else has moved it meanwhile. An index apart is written
before the position is moved, each row with the number of the change: whoever was slower, or began again, writes an
older number, which is refused. So an older text never lies over a newer one.
"""

import logging
from collections import deque
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.cache import cache
from django.db import transaction
from django.db.models import Max, QuerySet

from core import background, bulk_rows, clock, outbox
from core.declarations import SearchSource, search_sources
from core.models import OutboxEntry
from search import rows
from search.backends.index import Index, Item
from search.models import IndexedRow, Position

logger = logging.getLogger("guildhall.search")

# Whoever builds an index says so again and again; from one who has said nothing for so long it is taken over.
SILENCE_SECONDS = 300
LOOKED_AT_AGAIN = timedelta(minutes=5)
BATCH = rows.BATCH
# Batches of a rebuild that are read before they are written.
AHEAD = 2
# What is kept in the place of a digest: a row that the index would not have, and one that is being written.
REFUSED, UNSETTLED = "refused", "unsettled"


class BeingBuilt(Exception):
    """Somebody else is building this index anew."""


@dataclass(frozen=True)
class Difference:
    """How an index differs from the database, by kind."""

    missing: dict[str, int] = field(default_factory=dict)
    stale: dict[str, int] = field(default_factory=dict)
    deleted: dict[str, int] = field(default_factory=dict)

    @property
    def is_none(self) -> bool:
        return not any(count for part in (self.missing, self.stale, self.deleted) for count in part.values())


@dataclass(frozen=True)
class Status:
    """How far an index has come."""

    built: bool
    waiting: int
    rows: dict[str, int]


@dataclass(frozen=True)
class _Taken:
    """What became of the changed things of one kind."""

    source: SearchSource
    changed: list[Item]
    gone: list[IndexedRow]


class Follower:
    """Keeps one index up to date; `task` is what is asked to go on where a slower transaction holds changes back."""

    def __init__(self, index: Index, task: Any) -> None:
        self.index = index
        self.task = task

    def drain(self) -> int:
        """Bring the index up to date; one that was never built is built. Returns how many changes were taken in."""
        taken = 0
        while True:
            position = self._position()
            if position is None:
                if not self._build():
                    # It may have been killed over it: somebody looks again.
                    background.ask_once(self.task, run_after=clock.now() + LOOKED_AT_AGAIN)
                    return taken
                continue
            changes = outbox.changes_after(position.sequence, BATCH, task=self.task)
            if not changes:
                return taken
            if self._take_in(changes, position):
                taken += len(changes)

    def rebuild(self, *, helpers: int = 0) -> int:
        """Index everything anew, without a moment in which nothing is found. Returns the number of rows.

        So many other processes may help where there is much to do. Raises BeingBuilt where somebody else is at it.
        """
        building = f"search-{self.index.reader}-is-built"
        me = uuid4().hex
        if not cache.add(building, me, SILENCE_SECONDS):
            raise BeingBuilt(self.index.reader)

        def still_at_it() -> None:
            # None is said by a cache that is away.
            if cache.get(building) not in {me, None}:
                raise BeingBuilt(self.index.reader)
            cache.set(building, me, SILENCE_SECONDS)

        try:
            with self.index.helped(helpers):
                return self._rebuild(still_at_it)
        finally:
            if cache.get(building) == me:
                cache.delete(building)

    def compare(self, *, repair: bool = False) -> Difference:
        """Look at every row: is it in the index, as it is now, and is nothing there that is gone?

        With `repair`, whatever differs is written or removed.
        """
        missing, stale, deleted = {}, {}, {}
        position = self._position()
        generation = position.generation if position else ""
        version = position.sequence if position else 0
        for source in search_sources:
            held = dict(self._held(generation, source).values_list("object_id", "digest").iterator())
            stored = dict(self.index.stored(generation, source)) if position else {}
            absent = changed = 0
            for batch in rows.in_batches(source):
                wrong = []
                for item in self.index.items(source, batch):
                    known, there = held.pop(item.object_id, None), item.object_id in stored
                    digest = stored.pop(item.object_id, None) or known
                    if known is None or not there:
                        absent += 1
                    elif {item.digest} != {known, digest}:
                        changed += 1
                    else:
                        continue
                    wrong.append(item)
                if repair:
                    self._write(generation, source, wrong, version=version)
            left = sorted(stored.keys() | held.keys())
            if repair:
                self._forget(generation, source, left, version=version)
            missing[source.kind], stale[source.kind], deleted[source.kind] = absent, changed, len(left)
        return Difference(missing, stale, deleted)

    def status(self) -> Status:
        """What the index holds and how many changes it has not taken in yet."""
        position = self._position()
        counts = {
            source.kind: self._held(position.generation, source).count() if position else 0
            for source in search_sources
        }
        sequence = position.sequence if position else 0
        return Status(position is not None, OutboxEntry.objects.after(sequence).count(), counts)

    def _position(self) -> Position | None:
        """The place in the outbox, unless the index has to be built anew."""
        position = Position.objects.filter(reader=self.index.reader).first()
        return position if position and self.index.is_current(position.generation) else None

    def _build(self) -> bool:
        """Build an index that never was, unless somebody is at it; whoever is takes in what has changed since."""
        try:
            self.rebuild()
        except BeingBuilt:
            return False
        return True

    def _rebuild(self, still_at_it: Callable[[], object] = lambda: None) -> int:
        start = OutboxEntry.objects.settled().aggregate(last=Max("sequence"))["last"] or 0
        count = 0
        generation = self.index.begin()
        for source in search_sources:
            seen: set[str] = set()
            for items in _ahead(self.index.items(source, batch) for batch in rows.in_batches(source)):
                still_at_it()
                self._write(generation, source, items, version=start)
                self.index.learn(items)
                seen.update(item.object_id for item in items)
                count += len(items)
            held = self._held(generation, source).values_list("object_id", flat=True)
            self._forget(generation, source, [pk for pk in held.iterator() if pk not in seen], version=start)
            still_at_it()
        self.index.finish(generation)
        former = (
            Position.objects.filter(reader=self.index.reader).values_list("generation", flat=True).first()
        )
        Position.objects.update_or_create(
            reader=self.index.reader, defaults={"sequence": start, "generation": generation}
        )
        if former is not None and former != generation:
            IndexedRow.objects.filter(generation=former).delete()
        return count

    def _take_in(self, changes: list[OutboxEntry], position: Position) -> bool:
        """Write what became of the changed things; False where another worker was faster."""
        keys: dict[str, list[str]] = {}
        for change in changes:
            # The database joins the order that an index apart holds a copy of.
            is_held = self.index.is_apart or change.verb != OutboxEntry.Verb.RANKED
            if is_held and change.kind in search_sources:
                keys.setdefault(change.kind, []).append(change.key)
        read = {kind: rows.of_keys(search_sources[kind], found) for kind, found in keys.items()}
        items = {kind: self.index.items(search_sources[kind], found) for kind, found in read.items()}
        version = changes[-1].sequence
        refused: set[str] = set()
        if self.index.is_apart:
            taken = self._taken(position.generation, keys, items)
            # What is cut off between here and the end is written again, whatever the row looks like then.
            for each in taken:
                self._remember(position.generation, each.source, each.changed, digest=UNSETTLED)
            refused = self._put(position.generation, taken, version)
        if self._has_moved(position, version, keys, items, refused):
            return True
        if self.index.is_apart:
            self._write_again(keys)
        return False

    def _has_moved(
        self,
        position: Position,
        version: int,
        keys: dict[str, list[str]],
        items: dict[str, list[Item]],
        refused: set[str],
    ) -> bool:
        """Move the position and keep what was written, in one transaction; False where another worker was faster."""
        with transaction.atomic():
            moved = Position.objects.filter(
                reader=self.index.reader, sequence=position.sequence, generation=position.generation
            ).update(sequence=version)
            if not moved:
                return False
            taken = self._taken(position.generation, keys, items)
            if not self.index.is_apart:
                refused = self._put(position.generation, taken, version)
            for each in taken:
                self._remember(position.generation, each.source, each.changed, refused=refused)
                IndexedRow.objects.filter(pk__in=[row.pk for row in each.gone]).delete()
            # All at the end, in one order: whoever counts the words anew is not waited for with rows in hand.
            self.index.learn([item for each in taken for item in each.changed])
        return True

    def _write_again(self, keys: dict[str, list[str]]) -> None:
        """Whoever was slower may have written what it read before over what the faster one did, under one number."""
        position = self._position()
        if position is not None:
            for kind, found in keys.items():
                source = search_sources[kind]
                items = self.index.items(source, rows.of_keys(source, found))
                self._write(position.generation, source, items, version=position.sequence)

    def _taken(
        self, generation: str, keys: dict[str, list[str]], items: dict[str, list[Item]]
    ) -> list[_Taken]:
        taken = []
        for kind, found in items.items():
            source = search_sources[kind]
            held = list(self._held(generation, source).filter(key__in=set(keys[kind])))
            digests = {row.object_id: row.digest for row in held}
            current = {item.object_id for item in found}
            changed = [item for item in found if digests.get(item.object_id) != item.digest]
            taken.append(_Taken(source, changed, [row for row in held if row.object_id not in current]))
        return taken

    def _put(self, generation: str, taken: list[_Taken], version: int) -> set[str]:
        """Returns the numbers of rows that were refused for good."""
        refused: set[str] = set()
        for each in taken:
            bad = self.index.write(generation, each.source, each.changed, version=version)
            refused.update(f"{each.source.kind}:{item.object_id}" for item in bad)
            self.index.remove(generation, each.source, [row.object_id for row in each.gone], version=version)
        return refused

    def _write(self, generation: str, source: SearchSource, items: list[Item], *, version: int) -> None:
        if not items:
            return
        with transaction.atomic():
            bad = self.index.write(generation, source, items, version=version)
            refused = {f"{source.kind}:{item.object_id}" for item in bad}
            self._remember(generation, source, items, refused=refused)

    def _remember(
        self,
        generation: str,
        source: SearchSource,
        items: list[Item],
        *,
        refused: Collection[str] = (),
        digest: str = "",
    ) -> None:
        """Keep what was written, or under one `digest` what is going to be."""
        if not items:
            return
        # A row that the index refuses must not stop all that come after: it is told as missing by whoever compares.
        bulk_rows.write_over(
            IndexedRow,
            {
                "generation": [generation] * len(items),
                "kind": [source.kind] * len(items),
                "key": [item.key for item in items],
                "object_id": [item.object_id for item in items],
                "digest": [
                    REFUSED if f"{source.kind}:{item.object_id}" in refused else digest or item.digest
                    for item in items
                ],
            },
            unique=["generation", "kind", "object_id"],
        )

    def _forget(self, generation: str, source: SearchSource, object_ids: list[str], *, version: int) -> None:
        for some in _chunks(object_ids):
            with transaction.atomic():
                self.index.remove(generation, source, some, version=version)
                self._held(generation, source).filter(object_id__in=some).delete()

    @staticmethod
    def _held(generation: str, source: SearchSource) -> QuerySet[IndexedRow]:
        return IndexedRow.objects.filter(generation=generation, kind=source.kind)


def _chunks(object_ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(object_ids), BATCH):
        yield object_ids[start : start + BATCH]


def _ahead(batches: Iterator[list[Item]]) -> Iterator[list[Item]]:
    """Whoever helps is at work on the next batches while one is written."""
    begun: deque[list[Item]] = deque()
    for items in batches:
        begun.append(items)
        if len(begun) > AHEAD:
            yield begun.popleft()
    yield from begun
