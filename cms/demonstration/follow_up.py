"""What follows from entries that were written past everybody who would have been told of them."""

from __future__ import annotations

from collections.abc import Callable

from cms.demonstration.loading import upkeep
from knowledge.services import page_facts, popularity
from people.services import popularity as popularity_of_communities
from search import indexing


def load(*, tell: Callable[[str], object] = lambda message: None) -> None:
    """Work out what is known of pages and what is near to each, and index everything."""
    tell("what is known of pages …")
    if not upkeep.load():
        page_facts.refill()
    tell("what is used most …")
    popularity.settle(None)
    popularity_of_communities.settle(None)
    tell("the index …")
    indexing.rebuild(helpers=indexing.helpers_at_hand())
