"""The whole run: an empty database, the demonstration, generated volume, then each bar in turn."""

import argparse
import time
from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.db import connection

from benchmarks import imports, lists, pages, report, sizes, writers
from benchmarks.report import Row
from cms.demonstration import loader, source, volume
from core import clock
from knowledge.models import Entry, EntryPage
from people.models import Community, User
from search import indexing

ENTRIES = 5000
ROUNDS = 7
READER = "employee@aurora.example"
NOTES = (
    (
        "P1: the bare view reads the page's row with its entry and community in one statement and fills the same "
        "template; the pieces of the page are at hand in its process. It asks neither Wagtail nor the cache, nor who "
        "may see the page."
    ),
    (
        "P2: the stock page has the same bodies, pictures in the same sizes, people, files and tags, Wagtail's own "
        "blocks, `{% picture %}`, `{% include_block %}` and routing, in the same layout; its template is plain HTML "
        "without components, and of nothing on it is asked who may see it."
    ),
    (
        "P2 and P6 just after a change somewhere: each request finds the outbox grown by a change of something that "
        "the page does not show; after a change of the entry the page is drawn anew, its body is kept."
    ),
    (
        "P6: statements of the second request, over several pages of a list or sizes (5, 20, 100); two of them tell "
        "who is asking. “Small” are the tables of the demonstration, “large” those with the generated volume."
    ),
    (
        "P15: both with bodies that are at hand, with the line in the page's history and the index of references; in "
        "bulk come also entries, authors, competences and the outbox, one by one the page alone."
    ),
)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument(
        "--entries", type=int, default=ENTRIES, help="generated entries (50 000 make a holding)"
    )
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="turns of each thing compared")
    parser.add_argument(
        "--only",
        nargs="*",
        default=[],
        metavar="PART",
        help="pages lists imports writers sizes; writes no file",
    )
    options = parser.parse_args(arguments)
    rows = Run(options.entries, options.rounds, options.only).rows()
    for row in rows:
        mark = {True: "met", False: "MISSED", None: ""}[row.is_met]
        print(f"{row.bar:4} {row.what}: {row.measured} (asked {row.asked or 'nothing'}; {row.spread}) {mark}")
    if not options.only:
        report.write(rows, rounds=options.rounds, seed=_seed(), notes=NOTES)


class Run:
    def __init__(self, entries: int, rounds: int, only: list[str]) -> None:
        self.entries = entries
        self.rounds = rounds
        self.only = only
        self.demonstration = source.read()

    def rows(self) -> list[Row]:
        rows: list[Row] = []
        self._step("writers", lambda: rows.extend(writers.measure()))
        self._step("sizes", lambda: rows.extend(sizes.memory()))
        self._prepare()
        reader = User.objects.get(email=READER)
        small: dict[str, Any] = {}
        self._step("lists", lambda: small.update(lists.counts(reader)))
        self._grow()
        self._step("lists", lambda: rows.extend(lists.rows(reader, small, lists.counts(reader))))
        self._step("imports", lambda: rows.extend(imports.measure(rounds=self.rounds)))
        self._step("pages", lambda: rows.extend(pages.measure(reader, rounds=self.rounds)))
        self._step("sizes", lambda: rows.extend(sizes.page_weight(reader, pages.sample(reader)[0])))
        return sorted(rows, key=_place)

    def _prepare(self) -> None:
        _tell("the demonstration")
        call_command("migrate", verbosity=0)
        loader.load(self.demonstration, weeks=self.demonstration.weeks_until(clock.today()))
        self._index()

    def _grow(self) -> None:
        _tell(f"{self.entries} generated entries")
        volume.generate(self.demonstration, count=self.entries)
        self._index()

    @staticmethod
    def _index() -> None:
        indexing.rebuild()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _step(self, name: str, work: Callable[[], object]) -> None:
        if not self.only or name in self.only:
            _tell(name)
            work()


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
