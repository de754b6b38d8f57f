"""What every backend is asked, and what it answers."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from core.declarations import SearchSource
from search.query.expansion import Question

BEST, NEWEST = "best", "newest"
# What everybody uses counts this much more than what nobody does.
POPULARITY = 0.1


@dataclass(frozen=True)
class Wanted:
    """A question of one person.

    `sources` are all that may answer; `kind` narrows the answers, but not the totals, to one of them or to a part of
    one. `chosen` narrows by the values of facets: any of the values of one, something of each; nothing answers where
    one has none. `least` is the share of the words that an answer has to have. Totals, and the counts of `facets`, are
    given where they are `counted`.
    """

    question: Question
    viewer: Any
    sources: Sequence[SearchSource]
    kind: str | None = None
    languages: Sequence[str] = ()
    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)
    facets: Sequence[str] = ()
    sort: str = BEST
    offset: int = 0
    limit: int = 20
    least: float = 0.5
    counted: bool = True
    marked: bool = False

    @property
    def words_needed(self) -> int:
        """How many of the question's words an answer has to have."""
        return max(1, math.ceil(self.question.words * self.least))


@dataclass(frozen=True)
class Place:
    """A row that answers.

    `fragment` is a piece of its text with what was found between `MARK` and `MARK_END`, where the backend gives one.
    """

    kind: str
    pk: int
    fragment: str = ""


# Signs that no text has, for whoever shows a fragment to replace after escaping it.
MARK, MARK_END = "\ue0f0", "\ue0f1"


@dataclass(frozen=True)
class Answer:
    """A page of places, best first; how many things of each kind answer, and how many have each value of each facet.

    `answered` is how many things answer of the kind and by the choices that were asked for, where any is on the page;
    `has_all` says that some answer, on this page or another, has all of the words.
    """

    places: list[Place] = field(default_factory=list)
    has_all: bool = False
    answered: int = 0
    totals: dict[str, int] = field(default_factory=dict)
    facets: dict[str, dict[str, int]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Nothing answers, and nothing would with another choice of one facet."""
        return not self.places and not any(self.totals.values()) and not any(self.facets.values())


class Backend(Protocol):
    """Finds rows. Raises Unavailable where another backend has to answer."""

    def answer(self, wanted: Wanted) -> Answer:
        """What answers a question."""

    def beginning(self, words: Sequence[str], wanted: Wanted) -> list[Place]:
        """Rows whose names have a word that begins as each of these; the question is not looked at."""
