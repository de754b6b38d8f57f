"""What stands beside a list to narrow it: groups of choices, as templates/components/facet_group.html shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Option:
    """One choice; `count` where it is known, `lang` where the label is in a language of its own."""

    value: str
    label: Any
    count: int | None = None
    selected: bool = False
    lang: str = ""


@dataclass(frozen=True)
class FacetGroup:
    name: str
    legend: Any
    options: Sequence[Option]
