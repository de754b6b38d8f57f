"""What stands beside a list to narrow it: groups of choices, as templates/components/facet_group.html shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Option:
    """One choice; `lang` where its label is in a language of its own."""

    value: str
    label: str
    count: int
    selected: bool
    lang: str = ""


@dataclass(frozen=True)
class FacetGroup:
    name: str
    legend: Any
    options: Sequence[Option]
