"""What enterprises give to one another and take, among some records of the ledger."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Flow:
    """How many entries of the giver are in use at the taker; some entries belong to no enterprise."""

    giver: str
    giver_slug: str
    taker: str
    taker_slug: str
    number: int


@dataclass(frozen=True)
class Exchange:
    """How much an enterprise gave to others, and took from them."""

    name: str
    slug: str
    given: int
    received: int


def of(flows: Iterable[Flow]) -> list[Exchange]:
    """By enterprise; those that gave most come first."""
    given: Counter[tuple[str, str]] = Counter()
    received: Counter[tuple[str, str]] = Counter()
    for flow in flows:
        received[flow.taker, flow.taker_slug] += flow.number
        if flow.giver_slug:
            given[flow.giver, flow.giver_slug] += flow.number
    rows = [Exchange(*unit, given[unit], received[unit]) for unit in {*given, *received}]
    return sorted(rows, key=lambda row: (-row.given, -row.received, row.name))
