"""The index follows the outbox: whatever was saved, by whatever door, is found; what is gone is not.

The words of rows are read and cut outside any transaction, for that takes long; they are written together with the new
position in a short one, and only if nobody else has moved it meanwhile. So an older text never lies over a newer one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import Max, QuerySet
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from core import background, clock, outbox
from core.declarations import SearchSource, search_sources
from core.models import OutboxEntry
from people.access import ANY_EMPLOYEE
from search import tasks, vocabulary
from search.models import IndexedRow, Position
from search.texts import ANY_LANGUAGE, Texts, texts_of

READER = "index"
BUILDING = "search-index-is-built"
HOUR = 3600
BATCH = 200


@dataclass(frozen=True)
class Difference:
    """How the index differs from the database, by kind."""

    missing: dict[str, int] = field(default_factory=dict)
    stale: dict[str, int] = field(default_factory=dict)
    deleted: dict[str, int] = field(default_factory=dict)

    @property
    def is_none(self) -> bool:
        return not any(count for part in (self.missing, self.stale, self.deleted) for count in part.values())


@dataclass(frozen=True)
class Status:
    """How far the index has come."""

    built: bool
    waiting: int
    rows: dict[str, int]


@dataclass(frozen=True)
class _Row:
    """`is_readable` says that every employee may see it, which is when its words may be learned."""

    key: str
    pk: Any
    model: Any
    texts: Texts
    is_readable: bool

    @property
    def digest(self) -> str:
        return f"{self.texts.digest[:31]}{'r' if self.is_readable else 'h'}"


def follow() -> None:
    """Start following: after each change one job waits that brings the index up to date, never two."""
    outbox.follow(ask_for_drain)


def ask_for_drain() -> None:
    background.ask_once(tasks.drain_index)


def drain() -> int:
    """Bring the index up to date; an index that was never built is built. Returns how many changes were taken in."""
    taken = 0
    while True:
        position = Position.objects.filter(reader=READER).values_list("sequence", flat=True).first()
        if position is None:
            if not _build():
                return taken
            continue
        changes = outbox.changes_after(position, BATCH, task=tasks.drain_index)
        if not changes:
            return taken
        if _take_in(changes, position):
            taken += len(changes)


def _build() -> bool:
    """Build an index that never was, unless somebody is at it; whoever is takes in what has changed since."""
    if not cache.add(BUILDING, clock.now(), HOUR):
        return False
    try:
        rebuild()
    finally:
        cache.delete(BUILDING)
    return True


def rebuild() -> int:
    """Index everything anew, without a moment in which nothing is found. Returns the number of rows."""
    start = OutboxEntry.objects.settled().aggregate(last=Max("sequence"))["last"] or 0
    count = 0
    counting = vocabulary.Counting()
    for source in search_sources:
        seen: set[str] = set()
        for rows in _in_batches(source):
            with transaction.atomic():
                _write(source, rows)
            counting.add(_words_of(rows))
            seen.update(str(row.pk) for row in rows)
            count += len(rows)
        for held in _chunks([row for row in _held(source).iterator() if row.object_id not in seen]):
            with transaction.atomic():
                _forget(source, held)
    counting.finish()
    Position.objects.update_or_create(reader=READER, defaults={"sequence": start})
    return count


def compare() -> Difference:
    """Look at every row: is it in the index, with the words it has now, and is nothing there that is gone?"""
    missing, stale, deleted = {}, {}, {}
    for source in search_sources:
        held = dict(_held(source).values_list("object_id", "digest").iterator())
        stored = set(_stored(source))
        absent = changed = 0
        for rows in _in_batches(source):
            for row in rows:
                digest = held.pop(str(row.pk), None)
                if digest is None or str(row.pk) not in stored:
                    absent += 1
                elif digest != row.digest:
                    changed += 1
                stored.discard(str(row.pk))
        missing[source.kind], stale[source.kind] = absent, changed
        deleted[source.kind] = len(stored | set(held))
    return Difference(missing, stale, deleted)


def status() -> Status:
    """What the index holds and how many changes it has not taken in yet."""
    position = Position.objects.filter(reader=READER).values_list("sequence", flat=True).first()
    rows = {source.kind: IndexedRow.objects.filter(kind=source.kind).count() for source in search_sources}
    return Status(
        built=position is not None,
        waiting=OutboxEntry.objects.after(position or 0).count(),
        rows=rows,
    )


def _take_in(changes: list[OutboxEntry], position: int) -> bool:
    """Write what became of the changed things; False where another worker was faster."""
    keys: dict[str, list[str]] = {}
    for change in changes:
        if change.kind in search_sources:
            keys.setdefault(change.kind, []).append(change.key)
    now = {
        kind: list(_read(search_sources[kind], search_sources[kind].rows_of(sorted(set(found)))))
        for kind, found in keys.items()
    }
    with transaction.atomic():
        moved = Position.objects.filter(reader=READER, sequence=position).update(
            sequence=changes[-1].sequence
        )
        if not moved:
            return False
        learned: list[frozenset[str]] = []
        for kind, rows in now.items():
            source = search_sources[kind]
            held = list(IndexedRow.objects.filter(kind=kind, key__in=set(keys[kind])))
            current = {str(row.pk) for row in rows}
            digests = {row.object_id: row.digest for row in held}
            changed = [row for row in rows if digests.get(str(row.pk)) != row.digest]
            _write(source, changed)
            learned += _words_of(changed)
            _forget(source, [row for row in held if row.object_id not in current])
        # All at the end, in one order: whoever counts the words anew is not waited for with rows in hand.
        vocabulary.learn(learned)
    return True


def _read(source: SearchSource, queryset: Any) -> Iterator[_Row]:
    """The words of rows, each read as what it is: a page's own fields are in the table of its type."""
    pages = issubclass(source.model, Page)
    languages = [source.language] if source.language else []
    told = {pk: more for pk, *more in queryset.order_by().values_list("pk", source.key, *languages)}
    rows = list(queryset.order_by("pk").specific() if pages else queryset.order_by("pk"))
    source.prepare(rows)
    readable = _readable(source, list(told))
    for row in rows:
        key, language = (*told.get(row.pk, [""]), ANY_LANGUAGE)[:2]
        yield _Row(str(key), row.pk, type(row), texts_of(row, language), row.pk in readable)


def _in_batches(source: SearchSource) -> Iterator[list[_Row]]:
    last: Any = None
    while True:
        queryset = source.indexable().order_by("pk")
        if last is not None:
            queryset = queryset.filter(pk__gt=last)
        pks = list(queryset.values_list("pk", flat=True)[:BATCH])
        if not pks:
            return
        yield list(_read(source, source.indexable().filter(pk__in=pks)))
        last = pks[-1]


def _write(source: SearchSource, rows: list[_Row]) -> None:
    index = _index()
    for model, group in groupby(sorted(rows, key=lambda row: row.model.__name__), lambda row: row.model):
        index.store(model, [(row.pk, row.texts) for row in group])
    IndexedRow.objects.bulk_create(
        [IndexedRow(kind=source.kind, key=row.key, object_id=str(row.pk), digest=row.digest) for row in rows],
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=["key", "digest"],
    )


def _readable(source: SearchSource, pks: list[Any]) -> set[Any]:
    """Those of the rows that every employee may see."""
    if not pks or not source.listed:
        return set()
    return set(source.visible(ANY_EMPLOYEE).filter(pk__in=pks).order_by().values_list("pk", flat=True))


def _words_of(rows: list[_Row]) -> list[frozenset[str]]:
    return [row.texts.words for row in rows if row.is_readable]


def _forget(source: SearchSource, held: list[IndexedRow]) -> None:
    if held:
        _index().remove(source.model, [row.object_id for row in held])
        IndexedRow.objects.filter(pk__in=[row.pk for row in held]).delete()


def _held(source: SearchSource) -> QuerySet[IndexedRow]:
    return IndexedRow.objects.filter(kind=source.kind)


def _stored(source: SearchSource) -> Iterable[str]:
    """The rows of a source that are in the index, leaving out those of a more special source."""
    special = [
        other.model
        for other in search_sources
        if other.model is not source.model and issubclass(other.model, source.model)
    ]
    return _index().stored(source.model, apart_from=special)


def _index() -> Any:
    return get_search_backend().get_index_for_model(Page)


def _chunks(rows: list[IndexedRow]) -> Iterator[list[IndexedRow]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def probe() -> None:
    """Ask the index anything; raises what its absence raises."""
    _index().entries.order_by("pk").values_list("pk", flat=True).first()
