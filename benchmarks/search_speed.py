"""P9, P10 and R2: what a search costs beside the bare request, what indexing costs beside the bare bulk, and what is
left wrong after Elasticsearch was away. `make bench-search` runs it and writes docs/search-speed.md."""

import argparse
import datetime
import gc
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import quote

from elasticsearch import Elasticsearch

from tools.services.elasticsearch import Elasticsearch as Server
from tools.services.postgresql import PostgreSQL

PAGE = Path(__file__).resolve().parents[1] / "docs" / "search-speed.md"
SETTINGS = "benchmarks.settings"
READER = "employee@aurora.example"
QUESTIONS = (
    "pump",
    "насосы",
    "safety",
    "обучение",
    "energy saving",
    "vibration analysis",
    "як зменшити відмови",
)
ENTRIES = 2000
ROUNDS, TURNS = 7, 30
CHANGES = 10_000
DOCUMENTS = 100_000
P9, P10 = 1.25, 0.8
NOWHERE = "http://127.0.0.1:9"

METHOD = """\
**Method.** On PostgreSQL and Elasticsearch, both beside the measuring process on a shared machine: by the clock, the
things compared taking turns, medians of rounds. P9: the answers to {questions} questions with facets, totals
and pieces of texts, through the WSGI handler with all middleware, over the same requests sent to Elasticsearch bare and
a view that shows nothing to somebody signed in. P10: rows at hand written as the index writes them, over the same
documents by Elasticsearch's own bulk without versions. R2: Elasticsearch is given an address where nobody answers while
{changes} people change their names, each a transaction of its own."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument(
        "--entries", type=int, default=ENTRIES, help="generated entries beside the demonstration"
    )
    parser.add_argument("--changes", type=int, default=CHANGES)
    wanted = parser.parse_args()
    if wanted.measure:
        _measure(wanted.entries, wanted.changes)
        return
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="guildhall-search-speed-"))
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": SETTINGS, "VAR": folder}
        for service in (PostgreSQL(), Server()):
            service.install()
            environment |= stack.enter_context(service.started())
        arguments = ["--entries", str(wanted.entries), "--changes", str(wanted.changes)]
        command = [sys.executable, "-m", "benchmarks.search_speed", "--measure", *arguments]
        subprocess.run(command, env=environment, check=True)


def _measure(entries: int, changes: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from cms.demonstration import loader, source, volume
    from search import indexing

    call_command("migrate", verbosity=0)
    demonstration = source.read()
    loader.load(demonstration, weeks=0)
    if entries:
        volume.generate(demonstration, count=entries)
    indexing.rebuild()
    rows = []
    for row in chain(_p9(), _p10(), _freshness(), _r2(changes), _memory()):
        print(row, flush=True)
        rows.append(row)
    from search.models import IndexedRow

    indexed = IndexedRow.objects.exclude(generation="database").count()
    lines = [
        "# How fast the search is",
        "",
        (
            f"Written by `make bench-search` on {datetime.datetime.now(datetime.UTC):%Y-%m-%d}, "
            f"with {indexed:,} rows in the index."
        ),
        "",
        METHOD.format(questions=len(QUESTIONS), changes=f"{changes:,}"),
        "",
        "| Bar | What | Asked | Measured | Spread |",
        "|---|---|---|---|---|",
        *rows,
    ]
    PAGE.write_text("\n".join(lines) + "\n")


def _p9() -> Iterator[str]:
    from benchmarks.measure import Requests
    from people import access
    from people.models import User
    from search import engine
    from search.backends.elasticsearch import asking, connection

    reader = User.objects.get(email=READER)
    requests = Requests(reader)
    addresses = [f"/search/?q={quote(question)}" for question in QUESTIONS]
    requests.repeat_all(addresses)
    with mock.patch.object(asking, "body", wraps=asking.body) as asked:
        for address in addresses:
            requests.get(address)
    bodies = [asking.body(call.args[0]) for call in asked.call_args_list]
    calls = len(bodies) / len(QUESTIONS)
    turn = iter(range(10**9))

    def raw() -> None:
        body = bodies[next(turn) % len(bodies)]
        connection.reading(lambda client: client.search(index=connection.alias(), body=body))

    programs = [f"/api/v1/search?q={quote(question)}&facets=true&highlight=true" for question in QUESTIONS]
    requests.repeat_all(programs)
    cases = {
        "the operation for programs": requests.repeat(*programs),
        "the page of results": requests.repeat(*addresses),
        "raw": raw,
        "empty": requests.repeat("/bench/empty/"),
    }
    rounds = [_round(cases) for _number in range(ROUNDS)]
    middle = {name: statistics.median(each[name] for each in rounds) * 1000 for name in cases}
    for name in list(cases)[:2]:
        ratios = [each[name] / (each["raw"] * calls + each["empty"]) for each in rounds]
        yield _row(
            "P9",
            f"{name} over the bare request and an empty view ({middle[name]:.1f} : "
            f"{middle['raw']:.1f} + {middle['empty']:.1f} ms; {calls:.2f} requests a search)",
            f"≤ {P9} ×",
            f"{statistics.median(ratios):.2f} ×",
            f"{min(ratios):.2f}–{max(ratios):.2f}",
        )
    viewer = access.viewer_of(reader)
    found = engine.search(QUESTIONS[0], viewer)
    assert found.total
    suggested = [f"/search/suggest/?q={quote(question[:3])}" for question in QUESTIONS]
    requests.repeat_all(suggested)
    ask = requests.repeat(*suggested)
    spent = time.process_time()
    for _number in range(100):
        ask()
    cpu = (time.process_time() - spent) * 10
    yield _row(
        "P9", "suggestions while one types, of this process", "≤ 30 ms CPU", f"{cpu:.1f} ms", "100 times"
    )


def _round(cases: dict[str, Callable[[], None]]) -> dict[str, float]:
    """Seconds a call, each in turn."""
    spent = dict.fromkeys(cases, 0.0)
    for turn in range(TURNS):
        for name, work in list(cases.items())[:: 1 if turn % 2 else -1]:
            begun = time.perf_counter()
            work()
            spent[name] += time.perf_counter() - begun
    return {name: seconds / TURNS for name, seconds in spent.items()}


def _p10() -> Iterator[str]:
    from core.declarations import search_sources
    from search import rows
    from search.backends.elasticsearch import connection
    from search.backends.elasticsearch.index import ElasticsearchIndex
    from search.backends.index import Item

    source, index = search_sources["entry"], ElasticsearchIndex()
    begun = time.perf_counter()
    batches: list[list[Item]] = [index.items(source, batch) for batch in rows.in_batches(source)]
    prepared = time.perf_counter() - begun
    count = sum(len(batch) for batch in batches)

    def ours() -> None:
        name = index.begin()
        for batch in batches:
            index.write(name, source, batch, version=1)
        connection.writing(lambda client: client.indices.refresh(index=name))
        connection.writing(lambda client: client.indices.delete(index=name))

    def bare() -> None:
        name = index.begin()
        for batch in batches:
            lines: list[Any] = []
            for item in batch:
                lines += [{"index": {"_id": f"{source.kind}:{item.object_id}"}}, item.content]
            connection.writing(partial(Elasticsearch.bulk, index=name, operations=lines))
        connection.writing(lambda client: client.indices.refresh(index=name))
        connection.writing(lambda client: client.indices.delete(index=name))

    ours()
    ratios, seconds = [], []
    for number in range(5):
        times = {}
        for name, work in [("ours", ours), ("bare", bare)][:: 1 if number % 2 else -1]:
            begun = time.perf_counter()
            work()
            times[name] = time.perf_counter() - begun
        ratios.append(times["bare"] / times["ours"])
        seconds.append(times["ours"])
    yield _row(
        "P10",
        f"writing {count:,} rows with their versions, by the speed of the bare bulk "
        f"({count / statistics.median(seconds):.0f} rows a second)",
        f"≥ {P10:.0%}",
        f"{statistics.median(ratios):.0%}",
        f"{min(ratios):.0%}–{max(ratios):.0%}",
    )
    yield _row(
        "P10", "reading these rows and their texts before", "", f"{count / prepared:.0f} rows a second", ""
    )


def _freshness() -> Iterator[str]:
    from people.models import User

    found, gone = [], []
    person = User.objects.get(email=READER)
    for number in range(7):
        word = f"quicksilver{chr(97 + number)}"
        person.about = word
        person.save()
        found.append(_until(partial(_is_found, word)))
        person.about = ""
        person.save()
        gone.append(_until(partial(_is_gone, word)))
    yield _row(
        "P10",
        "an edit is found, from the commit on",
        "≤ 5 s",
        f"{statistics.median(found):.2f} s",
        _spread(found),
    )
    yield _row("P10", "what is withdrawn is gone", "≤ 2 s", f"{statistics.median(gone):.2f} s", _spread(gone))


def _is_found(word: str) -> bool:
    from people.access import ANY_EMPLOYEE
    from search import engine

    return bool(engine.search(word, ANY_EMPLOYEE).hits)


def _is_gone(word: str) -> bool:
    from people.access import ANY_EMPLOYEE
    from search import engine

    return not engine.search(word, ANY_EMPLOYEE).total


def _until(is_so: Callable[[], bool]) -> float:
    from search import indexing

    begun = time.perf_counter()
    indexing.drain()
    indexing.drain_elasticsearch()
    while not is_so():
        time.sleep(0.05)
    return time.perf_counter() - begun


def _spread(seconds: list[float]) -> str:
    return f"{min(seconds):.2f}–{max(seconds):.2f}"


def _r2(changes: int) -> Iterator[str]:
    from django.conf import settings

    from people.access import ANY_EMPLOYEE
    from people.models import User
    from search import engine, indexing
    from search.backends.elasticsearch.connection import rest

    server, settings.ELASTICSEARCH_URL = settings.ELASTICSEARCH_URL, NOWHERE
    people = list(User.objects.active().order_by("pk")[:2000])
    failed = 0
    for number in range(changes):
        person = people[number % len(people)]
        person.about = f"changed {number}"
        try:
            person.save(update_fields=["about"])
        except Exception:  # noqa: BLE001 - whatever fails is what is counted
            failed += 1
    results = engine.search("changed", ANY_EMPLOYEE)
    assert results.stands_in
    settings.ELASTICSEARCH_URL = server
    rest.end()
    begun = time.perf_counter()
    indexing.drain()
    indexing.drain_elasticsearch()
    seconds = time.perf_counter() - begun
    difference = indexing.followers()["elasticsearch"].compare()
    wrong = [sum(part.values()) for part in (difference.missing, difference.stale, difference.deleted)]
    yield _row("R2", f"writes that failed of {changes:,} while it was away", "0", str(failed), "")
    yield _row(
        "R2", "missing, stale, deleted but found after its return", "0, 0, 0", ", ".join(map(str, wrong)), ""
    )
    yield _row("R2", "all of it taken in", "≤ 300 s", f"{seconds:.0f} s", "")


def _memory() -> Iterator[str]:
    """Every person changed again and again, taken in by this process as a worker would."""
    import psutil
    from django.db import transaction
    from django.db.models import Value

    from core import outbox
    from people.models import User
    from people.search_sources import person_things
    from search import indexing

    process, taken = psutil.Process(), 0
    sizes: list[int] = []
    while taken < DOCUMENTS:
        User.objects.update(about=Value(f"changed for the {len(sizes)}th time"))
        people = User.objects.active().order_by("pk")
        for start in range(0, people.count(), 1000):
            with transaction.atomic():
                outbox.record(
                    *(thing for user in people[start : start + 1000] for thing in person_things(user))
                )
        gc.collect()
        most = _Most(process)
        with most:
            indexing.drain_elasticsearch()
        taken += people.count()
        sizes.append(most.size)
    yield _row(
        "",
        f"memory of the worker that takes in {taken:,} changed documents: the most in the first "
        f"{taken // len(sizes):,} and in all of them",
        "bounded",
        f"{sizes[0] / 2**20:.0f} → {max(sizes) / 2**20:.0f} MB",
        "",
    )


class _Most:
    """The most memory that a process holds meanwhile, looked at every twentieth of a second; in bytes."""

    def __init__(self, process: Any) -> None:
        self.process = process
        self.size = 0
        self.ended = threading.Event()
        self.watching = threading.Thread(target=self._watch)

    def __enter__(self) -> None:
        self.watching.start()

    def __exit__(self, *_error: object) -> None:
        self.ended.set()
        self.watching.join()

    def _watch(self) -> None:
        while not self.ended.wait(0.05):
            self.size = max(self.size, self.process.memory_info().rss)


def _row(bar: str, what: str, asked: str, measured: str, spread: str) -> str:
    return f"| {bar} | {what} | {asked} | {measured} | {spread} |"


if __name__ == "__main__":
    main()
