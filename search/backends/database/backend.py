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
        found = ranking.ranked(
            statements.answering(wanted.question, needed=wanted.words_needed),
            _scopes(wanted),
            offset=wanted.offset,
            limit=wanted.limit,
            sort=wanted.sort,
            facets=wanted.facets if wanted.counted else None,
        )
        has_all = found.words >= wanted.question.words
        return Answer(found.places, has_all, found.answered, found.counts.pop(KIND, {}), found.counts)

    def beginning(self, words: Sequence[str], wanted: Wanted) -> list[Place]:
        matched = statements.beginning(tuple(words))
        return ranking.ranked(matched, _scopes(wanted), limit=wanted.limit).places


def _scopes(wanted: Wanted) -> list[Scope]:
    return [
        Scope(source, source.visible(wanted.viewer), wanted.languages, _conditions(source, wanted))
        for source in wanted.sources
        # Whoever wants no counts need not look where nothing can answer.
        if wanted.counted or _is_of(source, wanted.kind)
    ]


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
