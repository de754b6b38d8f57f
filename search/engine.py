"""One search over everything a person may see. What can be found, apps declare; who may see it, `people.access` says.

Nothing here knows an app: results are hits, counts are by kind and facet, and neither ever includes what the viewer may
not see. Elasticsearch answers where there is one, the database where there is none or it is away.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from core.declarations import (
    Hit,
    SearchFacet,
    SearchSource,
    Viewer,
    search_facets,
    search_sources,
)
from search import analysis, seen
from search.backends import elasticsearch
from search.backends.asking import BEST, NEWEST, Answer, Backend, Place, Wanted
from search.backends.database.backend import DatabaseBackend
from search.backends.elasticsearch.backend import ElasticsearchBackend
from search.query import fields, telling
from search.query.expansion import Alternative, Question, Term, expand
from search.query.parsing import parse

logger = logging.getLogger("guildhall.search")

PAGE_SIZE = 20
SUGGESTIONS = 8
# Nobody reads further; whoever wants everything narrows the question.
DEEPEST = 1000
# The share of a question's words that an answer has to have.
ALL, HALF, ANY = 1.0, 0.5, 0.0
# The share of its telling words that what is similar to a text has.
SIMILAR = 0.25


@dataclass(frozen=True)
class Results:
    """A page of what was found.

    `answered` is how many there are of what was asked for, on all pages. `by_some_words` says that nothing on it has
    all of them; `corrected` is the question without its slips, if it had any; `words` are all that were looked for,
    those that stand for others with them. `stands_in` says that the database has answered for an engine that is away.
    """

    hits: list[Hit] = field(default_factory=list)
    totals: dict[str, int] = field(default_factory=dict)
    answered: int = 0
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    fragments: dict[str, str] = field(default_factory=dict)
    by_some_words: bool = False
    corrected: str = ""
    words: frozenset[str] = frozenset()
    stands_in: bool = False

    @property
    def total(self) -> int:
        return sum(self.totals.values())


def kinds() -> list[SearchSource]:
    """What can be searched, in the order in which it is shown."""
    return sorted((source for source in search_sources if source.listed), key=lambda source: source.order)


def kind_names() -> list[str]:
    """Every name by which a search may be narrowed: kinds, and kinds within kinds."""
    return [name for source in kinds() for name in (source.kind, *source.parts)]


def source_of(kind: str) -> SearchSource:
    """The source of a kind or of a part of one."""
    return next(source for source in search_sources if kind == source.kind or kind in source.parts)


def facet_names() -> list[str]:
    """Every facet by which a search may be narrowed beside the kind."""
    there = {name for source in kinds() for name in source.facets}
    return [facet.name for facet in listed_facets() if facet.name in there]


def listed_facets() -> list[SearchFacet]:
    """Those that are shown to be chosen from, in order."""
    return sorted((facet for facet in search_facets if facet.listed), key=lambda facet: facet.order)


def search(
    text: str,
    viewer: Viewer,
    *,
    kind: str | None = None,
    languages: Sequence[str] = ("en",),
    chosen: Mapping[str, Sequence[str]] | None = None,
    sort: str = BEST,
    offset: int = 0,
    limit: int = PAGE_SIZE,
    counted: bool = True,
    marked: bool = False,
) -> Results:
    """What answers a text, best first; of one kind or of all. Totals are always of all kinds, if `counted`.

    What has half of the words is given too, after what has more; where nothing has, whatever has any. `chosen` narrows
    by facets; `marked` asks for pieces of the texts as well.
    """
    sources = seen.sources(viewer)
    asked = parse(text, fields.names())
    question = expand(asked)
    meant_kind, meant = fields.meant(asked.fields, viewer, sources)
    chosen = {**meant, **{name: values for name, values in (chosen or {}).items() if values}}
    kind = kind or meant_kind
    if offset >= DEEPEST or (question.is_nothing and not asked.fields):
        return Results()
    wanted = Wanted(
        question,
        viewer,
        sources,
        kind=kind,
        languages=languages,
        chosen=chosen,
        facets=facet_names(),
        sort=NEWEST if question.is_nothing else sort,
        offset=offset,
        limit=limit,
        counted=counted,
        marked=marked,
    )
    stands_in = False
    for backend in _backends():
        try:
            return _results(backend, wanted, stands_in=stands_in)
        except elasticsearch.Behind:
            continue
        except elasticsearch.Unavailable:
            stands_in = True
    raise AssertionError("the database always answers")


def suggest(
    text: str, viewer: Viewer, *, languages: Sequence[str] = ("en",), limit: int = SUGGESTIONS
) -> list[Hit]:
    """Names that contain words beginning as those typed so far."""
    words = tuple(analysis.asked(text))
    if not words:
        return []
    wanted = Wanted(Question(), viewer, seen.sources(viewer), languages=languages, limit=limit)
    return _in_order(_first_answer(lambda backend: backend.beginning(words, wanted)), viewer)


def matching(text: str, viewer: Viewer, *, kind: str) -> list[int]:
    """Primary keys of the rows of one kind that answer a text, best first, for lists that narrow by other means too.

    One row a thing, with all the words; empty where the text holds none.
    """
    question = expand(parse(text))
    if question.is_nothing:
        return []
    sources = seen.sources(viewer)
    wanted = Wanted(question, viewer, sources, kind=kind, limit=DEEPEST, least=ALL, counted=False)
    return [place.pk for place in _first_answer(lambda backend: backend.answer(wanted).places)]


def similar(
    text: str,
    viewer: Viewer,
    *,
    kinds: Sequence[str] = (),
    languages: Sequence[str] = ("en",),
    limit: int = SUGGESTIONS,
) -> list[Hit]:
    """What is about the same as a text: has some of the words by which it differs most from everything else.

    `kinds` are names of sources; none means all. The thing that the text is of, if it is one, is the first to be found.
    """
    question = telling.question(text)
    if question.is_nothing:
        return []
    sources = [source for source in seen.sources(viewer) if not kinds or source.kind in kinds]
    wanted = Wanted(question, viewer, sources, languages=languages, limit=limit, least=SIMILAR, counted=False)
    return _in_order(_first_answer(lambda backend: backend.answer(wanted).places), viewer)


def _in_order(found: Sequence[Place], viewer: Viewer) -> list[Hit]:
    by_place = _hits(found, viewer)
    return [by_place[place.kind, place.pk] for place in found if (place.kind, place.pk) in by_place]


def _backends() -> Iterator[Backend]:
    if elasticsearch.is_configured():
        yield ElasticsearchBackend()
    yield DatabaseBackend()


def _first_answer(ask: Any) -> Any:
    for backend in _backends():
        try:
            return ask(backend)
        except elasticsearch.Unavailable:
            continue
    raise AssertionError("the database always answers")


def _results(backend: Backend, wanted: Wanted, *, stands_in: bool) -> Results:
    answer = _by_enough_words(backend, wanted)
    if answer is None:
        return Results(stands_in=stands_in)
    by_place = _hits(answer.places, wanted.viewer)
    if len(by_place) < len(answer.places) and not isinstance(backend, DatabaseBackend):
        raise elasticsearch.Behind
    found = [place for place in answer.places if (place.kind, place.pk) in by_place]
    hits = [by_place[place.kind, place.pk] for place in found]
    fragments = {hit.id: place.fragment for hit, place in zip(hits, found, strict=True) if place.fragment}
    shown = "\n".join([*(f"{hit.title}\n{hit.summary}" for hit in hits), *fragments.values()])
    question = wanted.question
    return Results(
        hits=hits,
        totals=answer.totals,
        answered=answer.answered if found else 0,
        facets=answer.facets,
        fragments=fragments,
        by_some_words=bool(found) and not answer.has_all,
        corrected=question.corrected if _are_seen(backend, wanted, shown) else "",
        words=question.looked_for,
        stands_in=stands_in,
    )


def _by_enough_words(backend: Backend, wanted: Wanted) -> Answer | None:
    """What has half of the words; where nothing has, whatever has any."""
    asked: set[int] = set()
    for share in (HALF, ANY):
        attempt = replace(wanted, least=share)
        needed = attempt.words_needed
        if needed in asked:
            continue
        asked.add(needed)
        answer = backend.answer(attempt)
        if not answer.is_empty:
            return answer
        first = replace(attempt, offset=0, limit=1, counted=False)
        if wanted.offset and not backend.answer(first).is_empty:
            return answer  # behind the last page
    return None


def _are_seen(backend: Backend, wanted: Wanted, shown: str) -> bool:
    """Whether the viewer may read each corrected word: the vocabulary remembers what has been closed since.

    Mostly it stands in what is `shown` to them anyway; for what does not the engine is asked once more.
    """
    for word in wanted.question.corrections:
        if analysis.first_place(shown, [word]) is not None:
            continue
        question = Question((Term(word, (Alternative((word,)),)),))
        alone = replace(wanted, question=question, chosen={}, offset=0, limit=1, least=ALL, counted=False)
        if not _hits(backend.answer(alone).places, wanted.viewer):
            return False
    return True


def _hits(found: Sequence[Place], viewer: Viewer) -> dict[tuple[str, int], Hit]:
    """The rows behind what was found, asked once more whether the viewer may see them; one query a kind."""
    by_place: dict[tuple[str, int], Hit] = {}
    for kind in dict.fromkeys(place.kind for place in found):
        pks = [place.pk for place in found if place.kind == kind]
        by_place |= {(kind, pk): hit for pk, hit in seen.hits(kind, pks, viewer).items()}
    return by_place
