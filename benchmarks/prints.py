"""What the server takes to make a PDF of thirty slides: time, and the memory of the process that lays them out."""

import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import psutil

from benchmarks.report import Row
from knowledge.models import EntryPage
from knowledge.slides import deck, pdf
from people import access
from people.models import User

SLIDES = 30
SECONDS = 3
MEGABYTES = 300
TIMES = 10
GLANCE = 0.02


def measure(pages: Sequence[EntryPage], reader: User, *, rounds: int) -> list[Row]:
    """The whole way from the page to the file, in seconds of the clock; memory is watched apart: that takes time."""
    if not pdf.is_possible():
        return []
    context = _context(pages, reader)
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        pdf.made(context)
        taken.append(time.perf_counter() - begun)
    with _watched() as few:
        pdf.made(context)
    many = replace(context["deck"], slides=[*context["deck"].slides] * TIMES)
    with _watched() as peak:
        pdf.made({**context, "deck": many})
    median = statistics.median(taken)
    return [
        Row(
            "PDF",
            f"{SLIDES} slides made into a PDF on the server",
            f"≤ {SECONDS} s",
            f"{median:.1f} s",
            f"{min(taken):.1f}–{max(taken):.1f}",
            median <= SECONDS,
        ),
        Row(
            "PDF",
            f"memory of the process that makes {SLIDES} slides, and ten times as many",
            f"≤ {MEGABYTES} MB",
            f"{few[0]:.0f} MB, {peak[0]:.0f} MB",
            "",
            peak[0] <= MEGABYTES,
        ),
    ]


def _context(pages: Sequence[EntryPage], reader: User) -> dict[str, Any]:
    """A deck of real slides: of the first page, and of as many more as it takes."""
    viewer = access.viewer_of(reader)
    first = deck.of(pages[0], viewer, "https://guildhall.example")
    slides = list(first.slides)
    for page in pages[1:]:
        slides += deck.of(page, viewer, "https://guildhall.example").slides
    own = len(first) - len(first.slides)
    return {
        "page": pages[0],
        "deck": replace(first, slides=slides[: SLIDES - own]),
        "content_language": pages[0].locale.language_code,
    }


@contextmanager
def _watched() -> Iterator[list[float]]:
    """The most megabytes that any process begun meanwhile has had resident; known at the end."""
    peak, over = [0.0], threading.Event()
    watcher = threading.Thread(target=_watch, args=(peak, over))
    watcher.start()
    try:
        yield peak
    finally:
        over.set()
        watcher.join()


def _watch(peak: list[float], over: threading.Event) -> None:
    while not over.wait(GLANCE):
        for child in psutil.Process().children(recursive=True):
            try:
                peak[0] = max(peak[0], child.memory_info().rss / 2**20)
            except psutil.NoSuchProcess:
                continue
