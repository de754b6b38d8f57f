"""Words that mean the same, as curators keep them; put into the question, so a change holds at once and everywhere."""

import time
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from uuid import uuid4

from django.core.cache import cache

from search import analysis
from search.models import Synonyms

# Under this key stands a mark that is another as soon as somebody has changed a synonym, or after a while.
KEY = "search-synonyms"
KEPT_SECONDS = 600
AWAY_SECONDS = 10
LONGEST = 4
Words = tuple[str, ...]
_Table = dict[Words, frozenset[Words]]


def of(words: list[str]) -> Iterator[tuple[Words, list[Words]]]:
    """Each run of words that has synonyms, as it was asked, with what else it is called; by stems, in any form."""
    table = _table()
    for length in range(1, LONGEST + 1):
        for start in range(len(words) - length + 1):
            run = tuple(words[start : start + length])
            # What is asked may begin with a letter that Hebrew writes before a word; what curators write does not.
            read = product(*(analysis.stems(word) for word in run))
            others = {other for stems in read for other in table.get(stems, ())}
            if others:
                yield run, sorted(others)


def forget() -> None:
    """After somebody has changed one."""
    cache.delete(KEY)


def _table() -> _Table:
    mark = uuid4().hex
    known = cache.get_or_set(KEY, mark, KEPT_SECONDS)
    if known == mark and cache.get(KEY) != mark:
        # The cache is away: for some seconds nobody hears of a change.
        known = f"away {time.monotonic() // AWAY_SECONDS}"
    return _read(known)


@lru_cache(maxsize=1)
def _read(mark: str) -> _Table:
    """The whole table, by stems.

    Kept by each process, with the mark that it was read under: thousands of groups are too much to be brought from the
    cache for every question. Read after the mark: what is changed meanwhile takes the mark away again.
    """
    table: dict[Words, set[Words]] = {}
    for text in Synonyms.objects.values_list("words", flat=True):
        group = [tuple(analysis.words(line))[:LONGEST] for line in text.splitlines()]
        group = [words for words in group if words]
        for words in group:
            table.setdefault(_written(words), set()).update(other for other in group if other != words)
    return {words: frozenset(others) for words, others in table.items()}


def _written(words: Words) -> Words:
    return tuple(analysis.stems(word)[0] for word in words)
