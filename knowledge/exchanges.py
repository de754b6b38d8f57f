"""What enterprises give to one another and take, among some records of the ledger."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from knowledge.choices import IN_USE


@dataclass(frozen=True)
class Exchange:
    """How much an enterprise gave to others, and took from them."""

    name: str
    slug: str
    given: int
    received: int


def of(replications: Any) -> Sequence[Exchange]:
    """What is in use, by enterprise; those that gave most come first. One query."""
    names = ("entry__enterprise__name", "entry__enterprise__slug", "enterprise__name", "enterprise__slug")
    flows = replications.filter(status__in=IN_USE).order_by().values_list(*names).annotate(Count("pk"))
    given: Counter[tuple[str, str]] = Counter()
    received: Counter[tuple[str, str]] = Counter()
    for giver, giver_slug, taker, taker_slug, number in flows:
        received[taker, taker_slug] += number
        if giver_slug:
            given[giver, giver_slug] += number
    rows = [Exchange(*unit, given[unit], received[unit]) for unit in {*given, *received}]
    return sorted(rows, key=lambda row: (-row.given, -row.received, row.name))
