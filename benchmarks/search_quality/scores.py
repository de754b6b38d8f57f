"""What a list of answers is worth."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

FIRST = 10
FURTHER = 20


@dataclass(frozen=True)
class Score:
    """Of one question: nDCG of the first ten answers, recall among the first twenty, and whether there was any."""

    ndcg: float
    recall: float
    is_empty: bool


@dataclass(frozen=True)
class Mean:
    """Of many questions: the same, with the share of those that were answered by nothing."""

    count: int
    ndcg: float
    recall: float
    empty: float


def score(found: Sequence[str], relevant: Mapping[str, int]) -> Score:
    """Of the answers in their order, each thing once. A grade gains 2^grade - 1, discounted by the place's logarithm
    (Järvelin & Kekäläinen 2002; gains as in Burges et al. 2005)."""
    best = sorted(relevant.values(), reverse=True)
    reached = sum(relevant.get(slug, 0) > 0 for slug in found[:FURTHER])
    return Score(
        ndcg=_gain(relevant.get(slug, 0) for slug in found[:FIRST]) / _gain(best[:FIRST]),
        recall=reached / len(relevant),
        is_empty=not found,
    )


def mean(scores: Sequence[Score]) -> Mean:
    return Mean(
        count=len(scores),
        ndcg=fmean(each.ndcg for each in scores),
        recall=fmean(each.recall for each in scores),
        empty=fmean(each.is_empty for each in scores),
    )


def _gain(grades: Iterable[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))
