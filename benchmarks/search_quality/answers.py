"""Asks the judged questions of the engine that the environment configures, as an employee asks them."""

from dataclasses import asdict
from typing import Any

from benchmarks.search_quality import scores
from benchmarks.search_quality.judgements import Answered, Judgement
from people import access
from people.models import User
from search import engine

READER = "employee@aurora.example"


def ask(judgements: list[Judgement]) -> list[Answered]:
    """The slugs of the entries found for each, best first; translations of one entry are one."""
    viewer = access.viewer_of(User.objects.get(email=READER))
    return [Answered(each, _found(each, viewer)) for each in judgements]


def _found(judgement: Judgement, viewer: Any) -> list[str]:
    results = engine.search(
        judgement.query,
        viewer,
        kind="entry",
        languages=(judgement.language,),
        limit=scores.FURTHER,
        counted=False,
    )
    return list(dict.fromkeys(hit.slug for hit in results.hits))


def as_row(answered: Answered) -> dict[str, Any]:
    """For another process to read, with `judgements.from_row`."""
    return asdict(answered)
