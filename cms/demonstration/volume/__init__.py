"""Generated volume beside the demonstration's content, written in bulk: for measuring, not for reading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from cms.demonstration import source
from cms.demonstration.volume import communities, entries, people

PEOPLE_PER_ENTRY = 1.2
ENTRIES_PER_COMMUNITY = 100


@dataclass(frozen=True)
class Generated:
    people: int
    communities: int
    entries: int


def generate(
    demonstration: source.Demonstration,
    *,
    count: int,
    tell: Callable[[str], object] = lambda message: None,
) -> Generated:
    """Add `count` entries with the people and communities that go with so many.

    50 000 make a holding: 60 000 people and 500 communities. What was generated before stays and is added to.
    """
    random = Random(count)
    sizes = Generated(
        people=max(20, round(count * PEOPLE_PER_ENTRY)),
        communities=max(1, count // ENTRIES_PER_COMMUNITY),
        entries=count,
    )
    tell(f"{sizes.people} people …")
    users = people.generate(sizes.people, random=random)
    tell(f"{sizes.communities} communities …")
    circles = communities.generate(sizes.communities, members=users, random=random)
    tell(f"{sizes.entries} entries …")
    texts = entries.library(demonstration, random=random)
    entries.generate(count, texts=texts, communities=circles, authors=users, random=random)
    return sizes
