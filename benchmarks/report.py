"""docs/benchmarks.md."""

import datetime
import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import django
import psutil
import wagtail
from django.db import connection

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"


@dataclass(frozen=True)
class Row:
    """One figure: the bar it belongs to, what was measured, the figure, its spread, and whether the bar is met."""

    bar: str
    what: str
    asked: str
    measured: str
    spread: str
    is_met: bool | None


def write(rows: Iterable[Row], *, rounds: int, seed: str, notes: Iterable[str]) -> None:
    """Write the page anew."""
    head = (
        f"Written by `make bench` on {datetime.datetime.now(datetime.UTC):%Y-%m-%d}: {os.cpu_count()} cores "
        f"({platform.machine()}), {psutil.virtual_memory().total / 2**30:.0f} GiB, "
        f"Python {platform.python_version()}, Django {django.get_version()}, Wagtail {wagtail.__version__}, "
        f"{_database()}. Seed: {seed}."
    )
    method = (
        "**Method.** CPU milliseconds per request of application and database together, in one process through "
        "the WSGI handler with all middleware; the things compared take turns of a tenth of a second "
        f"({rounds} rounds after one to warm up, alternating order); figures are medians of the rounds' ratios, the "
        "spread is the smallest and the largest round. The machine is shared: absolute times say little, ratios and "
        "counted statements hold. Timings never fail a test; counted statements do."
    )
    lines = [
        "# Benchmarks",
        "",
        head,
        "",
        method,
        "",
        "| Bar | What | Asked | Measured | Spread | |",
        "|---|---|---|---|---|---|",
    ]
    lines += [_line(row) for row in rows]
    lines += ["", *(f"- {note}" for note in notes)]
    PAGE.write_text("\n".join(lines).rstrip() + "\n")


def renew(rows: Iterable[Row]) -> None:
    """Put rows in the place of those of the page that measure the same; raises KeyError where there are none."""
    lines = PAGE.read_text().splitlines()
    places = {_measuring(line): number for number, line in enumerate(lines)}
    for row in rows:
        lines[places[_measuring(_line(row))]] = _line(row)
    PAGE.write_text("\n".join(lines) + "\n")


def _measuring(line: str) -> str:
    """What a line measures, without the figures that stand there in brackets."""
    return " ".join(cell.split(" (")[0] for cell in line.split(" | ")[:2])


def _line(row: Row) -> str:
    mark = {True: "met", False: "**missed**", None: ""}[row.is_met]
    return f"| {row.bar} | {row.what} | {row.asked} | {row.measured} | {row.spread} | {mark} |"


def _database() -> str:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            return f"PostgreSQL {cursor.fetchone()[0].split()[0]}"
    return connection.vendor
