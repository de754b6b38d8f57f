"""Questions with the entries that answer them, graded by reading: tests/search/judgements/*.yaml."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.search_quality import scores

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "search" / "judgements"
# One question in so many is kept aside: nobody looks at its answers while the search is being made better.
ASIDE = 3


@dataclass(frozen=True)
class Judgement:
    """One question; `relevant` names entries by slug with a grade: 3 answers it, 2 helps a good deal, 1 touches it."""

    query: str
    language: str
    kind: str
    relevant: Mapping[str, int]

    @property
    def is_aside(self) -> bool:
        """Chosen by the question itself, so that nobody chooses."""
        return hashlib.sha256(self.query.encode()).digest()[0] % ASIDE == 0


@dataclass(frozen=True)
class Answered:
    """One question with the slugs of the entries that were found for it, best first."""

    judgement: Judgement
    found: list[str]

    @property
    def score(self) -> scores.Score:
        return scores.score(self.found, self.judgement.relevant)


def from_row(row: Mapping[str, Any]) -> Answered:
    """From what another process wrote."""
    return Answered(Judgement(**row["judgement"]), row["found"])


def read() -> list[Judgement]:
    """All of them, by language and in the order in which they are written."""
    return [
        Judgement(row["query"], file.stem, row["kind"], row["relevant"])
        for file in sorted(FOLDER.glob("*.yaml"))
        for row in yaml.safe_load(file.read_text())
    ]
