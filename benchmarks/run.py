"""The whole run: the demonstration, generated volume, then each bar in turn."""

import json
import time
from collections.abc import Callable
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from benchmarks import (
    bulk_changes,
    exports,
    facets,
    imports,
    lists,
    pages,
    prints,
    report,
    scale,
    sizes,
    writers,
)
from benchmarks.notes import NOTES
from benchmarks.options import Options
from benchmarks.report import Row
from cms.demonstration import follow_up, loader, source, volume
from core import clock
from knowledge.models import Entry, EntryPage
from people.models import Community, User
from search import indexing

READER = "employee@aurora.example"
# Parts that make what they measure themselves.
APART = frozenset({"scale", "writers"})


def main(options: Options) -> None:
    if options.count_small:
        Path(options.count_small).write_text(json.dumps(Run(options).count_small()))
        return
    rows = Run(options).rows()
    for row in rows:
        mark = {True: "met", False: "MISSED", None: ""}[row.is_met]
        print(f"{row.bar:4} {row.what}: {row.measured} (asked {row.asked or 'nothing'}; {row.spread}) {mark}")
    if options.renew:
        report.renew(rows)
    elif not options.only:
        report.write(rows, rounds=options.rounds, seed=_seed(), notes=NOTES)


class Run:
    def __init__(self, options: Options) -> None:
        self.options = options
        self.demonstration = source.read()

    def rows(self) -> list[Row]:
        rows: list[Row] = []
        rounds = self.options.rounds
        self._step("scale", lambda: rows.extend(scale.measure()))
        self._step("writers", lambda: rows.extend(writers.measure()))
        if self.options.only and APART.issuperset(self.options.only):
            return sorted(rows, key=_place)
        self._step("sizes", lambda: rows.extend(sizes.memory()))
        self._prepare()
        reader = self._reader()
        small = self._small(reader)
        self._grow()
        self._step("lists", lambda: rows.extend(lists.rows(reader, small, lists.counts(reader))))
        self._step("facets", lambda: rows.extend(facets.measure(reader)))
        self._step("exports", lambda: rows.extend(exports.measure()))
        self._step("imports", lambda: rows.extend(imports.measure(rounds=rounds)))
        _tidy()
        self._step("pages", lambda: rows.extend(pages.measure(reader, rounds=rounds)))
        self._step("prints", lambda: rows.extend(prints.measure(pages.sample(reader), reader, rounds=rounds)))
        self._step("sizes", lambda: rows.extend(sizes.page_weight(reader, pages.sample(reader)[0])))
        # Last: what waits for the index after it would weigh on the others.
        self._step("bulk", lambda: rows.extend(bulk_changes.measure()))
        return sorted(rows, key=_place)

    def count_small(self) -> lists.Counts:
        """Statements in the tables of the demonstration alone."""
        self._prepare()
        _tell("lists of the demonstration")
        return lists.counts(self._reader())

    def _small(self, reader: User) -> lists.Counts:
        if self.options.small:
            found: lists.Counts = json.loads(Path(self.options.small).read_text())
            return found
        counted: lists.Counts = {}
        self._step("lists", lambda: counted.update(lists.counts(reader)))
        return counted

    def _reader(self) -> User:
        return User.objects.get(email=READER)

    def _prepare(self) -> None:
        """What is there already stays, as in a database that is kept."""
        _tell("the demonstration")
        call_command("migrate", verbosity=0)
        loader.load(self.demonstration, weeks=self.demonstration.weeks_until(clock.today()))
        indexing.drain()
        _tidy()

    def _grow(self) -> None:
        lacking = self.options.entries - Entry.objects.filter(slug__startswith="volume-").count()
        if lacking > 0:
            _tell(f"{lacking} generated entries")
            volume.generate(self.demonstration, count=lacking, tell=_tell)
            follow_up.load(tell=_tell)
            _tidy()

    def _step(self, name: str, work: Callable[[], object]) -> None:
        if self.options.wants(name):
            _tell(name)
            work()


def _tidy() -> None:
    """As PostgreSQL does by itself in time: what was taken back before would be passed over by every later reader."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _place(row: Row) -> tuple[bool, str, int]:
    """Bars by letter and number, sizes after them."""
    number = row.bar[1:]
    return (row.bar == "size", row.bar[0], int(number) if number.isdigit() else 0)


def _tell(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what} …", flush=True)


def _seed() -> str:
    sizes = (
        f"{Entry.objects.count():,} entries on {EntryPage.objects.count():,} pages",
        f"{User.objects.count():,} people",
        f"{Community.objects.count():,} communities",
    )
    return ", ".join(sizes).replace(",", " ").replace("  ", ", ")
