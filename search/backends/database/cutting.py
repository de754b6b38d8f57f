"""Cutting texts into the words of the database's index, which is most of the work of building it.

It needs neither the database nor Django's models, so other processes can do it while this one reads and writes.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain, repeat
from multiprocessing import get_context

from search import analysis

# Starting a process costs as much as cutting some hundred rows: what is soon done is done here.
ROWS_ALONE = 1000
LOST = "a process that cut words has ended before its work was done"
# What PostgreSQL keeps of a word's places in a text (postgresql.org/docs/current/textsearch-limitations.html).
MOST_PLACES = 255
LAST_PLACE = 16383
_PLACES = tuple(str(place) for place in range(1, LAST_PLACE + 1))


class HelperDied(Exception):
    """A process that cut words has ended before its work was done."""


@dataclass(frozen=True)
class Uncut:
    """What stands in a row: what it is called and told in short, all else, and its names."""

    title: str
    body: str
    names: str


@dataclass(frozen=True)
class Cut:
    """A row's three columns of the index, and all the words of its texts, folded."""

    title: str
    body: str
    autocomplete: str
    words: frozenset[str]


# Makes a column's value of words in order; the weight is PostgreSQL's.
Writer = Callable[[Sequence[str], str], str]


def plainly(words: Sequence[str], weight: str) -> str:
    """One after the other, as SQLite takes them."""
    return " ".join(words)


def as_vector(words: Sequence[str], weight: str) -> str:
    """As PostgreSQL writes a vector: its own parser would take some of the words apart once more."""
    places: dict[str, list[str]] = {}
    for word, place in zip(words, chain(_PLACES, repeat(_PLACES[-1])), strict=False):
        places.setdefault(word, []).append(place)
    between = f"{weight},"
    return " ".join(f"'{word}':{between.join(known[:MOST_PLACES])}{weight}" for word, known in places.items())


def cut(texts: Uncut, write: Writer) -> Cut:
    """Searched are stems, and at the end what hyphens join, written as one; suggested are whole words, each once."""
    title, body = analysis.all_words(texts.title), analysis.all_words(texts.body)
    names = list(dict.fromkeys(analysis.words(texts.names)))
    return Cut(
        title=write(analysis.all_stems(title), "A"),
        body=write(analysis.all_stems(body), "D"),
        autocomplete=write(names, "D"),
        words=frozenset(chain(title, body)),
    )


class Alone:
    """Cuts in this process, each row when its words are asked for."""

    def begin(self, rows: Sequence[Uncut], write: Writer) -> list[Callable[[], Cut]]:
        return [cache(partial(cut, texts, write)) for texts in rows]


class Helped(Alone):
    """Cuts in other processes from when it is asked to; the answers are waited for when the words are asked for."""

    def __init__(self, helpers: ProcessPoolExecutor) -> None:
        self._helpers = helpers
        self._rows = 0

    def begin(self, rows: Sequence[Uncut], write: Writer) -> list[Callable[[], Cut]]:
        self._rows += len(rows)
        if self._rows <= ROWS_ALONE:
            return super().begin(rows, write)
        try:
            work = self._helpers.submit(_cut_all, list(rows), write)
        except BrokenProcessPool as error:
            raise HelperDied(LOST) from error
        return [partial(_answer, work, place) for place in range(len(rows))]


@contextmanager
def helped(processes: int) -> Iterator[Alone]:
    """So many processes cut words, if there are rows enough for them to be worth starting."""
    if not processes:
        yield Alone()
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as helpers:
        try:
            yield Helped(helpers)
        finally:
            helpers.shutdown(wait=False, cancel_futures=True)


def _cut_all(rows: Sequence[Uncut], write: Writer) -> list[Cut]:
    found = [cut(texts, write) for texts in rows]
    # The same words stand in many rows: each is sent back once.
    return [
        Cut(each.title, each.body, each.autocomplete, frozenset(map(sys.intern, each.words)))
        for each in found
    ]


def _answer(work: "Future[list[Cut]]", place: int) -> Cut:
    try:
        return work.result()[place]
    except BrokenProcessPool as error:
        raise HelperDied(LOST) from error
