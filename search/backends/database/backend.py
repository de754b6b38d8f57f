"""Answers from the database's own index: exact about who may see what at any moment."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from core.declarations import SearchSource
from search.backends.asking import Answer, Place, Wanted
from search.backends.database import ranking, statements
from search.backends.database.ranking import KIND, Scope


class DatabaseBackend:
    def answer(self, wanted: Wanted) -> Answer:
        matched = statements.answering(wanted.question, needed=wanted.words_needed)
        counts = ranking.counts(matched, _scopes(wanted), wanted.facets) if wanted.counted else {}
        places, words = ranking.page(
            matched,
            _scopes(wanted, narrowed=True),
            offset=wanted.offset,
            limit=wanted.limit,
            sort=wanted.sort,
        )
        return Answer(places, words >= wanted.question.words, counts.pop(KIND, {}), counts)

    def beginning(self, words: Sequence[str], wanted: Wanted) -> list[Place]:
        matched = statements.beginning(tuple(words))
        return ranking.page(matched, _scopes(wanted, narrowed=True), offset=0, limit=wanted.limit)[0]


def _scopes(wanted: Wanted, *, narrowed: bool = False) -> list[Scope]:
    scopes = []
    for source in wanted.sources:
        if not narrowed or _is_of(source, wanted.kind):
            rows = source.visible(wanted.viewer)
            scopes.append(Scope(source, rows, wanted.languages, _conditions(source, wanted)))
    return scopes


def _is_of(source: SearchSource, kind: str | None) -> bool:
    return kind is None or kind == source.kind or kind in source.parts


def _conditions(source: SearchSource, wanted: Wanted) -> dict[str, Any]:
    """On the rows of a source, by facet; what has no such facet has none of its values."""
    nothing = Q(pk__in=[])
    conditions: dict[str, Any] = {}
    if wanted.kind:
        whole = Q() if wanted.kind == source.kind else nothing
        conditions[KIND] = source.parts.get(wanted.kind, whole)
    for facet, values in wanted.chosen.items():
        path = source.facets.get(facet)
        conditions[facet] = Q(**{f"{path}__in": list(values)}) if path else nothing
    return conditions
