"""Facets of the catalogue: statements of a page with every choice, alone, together and with words."""

from collections.abc import Iterator
from itertools import combinations
from urllib.parse import urlencode

from django.http import QueryDict

from benchmarks.measure import Requests
from benchmarks.report import Row
from knowledge.catalogue import SORTS, Catalogue
from people import access
from people.models import User

MOST = 10
# Of each facet: the commonest choices are the ones that leave most to count.
CHOICES = 3


def measure(reader: User) -> list[Row]:
    """The most statements of any page, asked for the second time."""
    requests = Requests(reader)
    counts = [requests.statements(f"/catalogue/?{urlencode(query)}") for query in _queries(reader)]
    return [
        Row(
            "P6",
            f"statements, catalogue with facets, {len(counts)} ways to choose among them",
            f"≤ {MOST}",
            f"{max(counts)}",
            f"{min(counts)}–{max(counts)}",
            max(counts) <= MOST,
        )
    ]


def _queries(reader: User) -> Iterator[list[tuple[str, str]]]:
    facets = Catalogue(access.viewer_of(reader), QueryDict("")).facets
    choices = {
        group.name: [(group.name, str(option.value)) for option in group.options[:CHOICES]]
        for group in facets
    }
    for each in choices.values():
        yield from ([choice] for choice in each)
        yield each
    for first, second in combinations(choices.values(), 2):
        yield [first[0], second[0]]
    everything = [choice for each in choices.values() for choice in each]
    yield everything
    for sort in SORTS:
        yield [*everything[:1], ("q", "pump"), ("sort", sort)]
    yield [("tag", "no-such-tag"), ("kind", "no-such-kind")]
