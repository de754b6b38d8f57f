"""One search over everything a person may see. What can be found, apps declare; who may see it, `people.access` says.

Nothing here knows an app: results are hits, counts are by kind, and neither ever includes what the viewer may not see.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from core.declarations import Hit, SearchSource, Viewer, search_sources
from search import analysis
from search.backends.database import ranking, statements
from search.backends.database.ranking import Place, Scope
from search.query.expansion import Alternative, Question, Term, expand
from search.query.parsing import parse

PAGE_SIZE = 20
SUGGESTIONS = 8
# Nobody reads further; whoever wants everything narrows the question.
DEEPEST = 1000
# The share of a question's words that an answer has to have.
ALL, HALF, ANY = 1.0, 0.5, 0.0


@dataclass(frozen=True)
class Results:
    """A page of what was found.

    `by_some_words` says that nothing on it has all of them; `corrected` is the question without its slips, if it had
    any; `words` are all that were looked for, those that stand for others with them.
    """

    hits: list[Hit] = field(default_factory=list)
    totals: dict[str, int] = field(default_factory=dict)
    by_some_words: bool = False
    corrected: str = ""
    words: frozenset[str] = frozenset()

    @property
    def total(self) -> int:
        return sum(self.totals.values())


def kinds() -> list[SearchSource]:
    """What can be searched, in the order in which it is shown."""
    return sorted((source for source in search_sources if source.listed), key=lambda source: source.order)


def kind_names() -> list[str]:
    """Every name by which a search may be narrowed: kinds, and kinds within kinds."""
    return [name for source in kinds() for name in (source.kind, *source.parts)]


def search(
    text: str,
    viewer: Viewer,
    *,
    kind: str | None = None,
    languages: Sequence[str] = ("en",),
    offset: int = 0,
    limit: int = PAGE_SIZE,
    counted: bool = True,
) -> Results:
    """What answers a text, best first; of one kind or of all. Totals are always of all kinds, if `counted`.

    What has half of the words is given too, after what has more; where nothing has, whatever has any.
    """
    question = expand(parse(text))
    if question.is_nothing or offset >= DEEPEST:
        return Results()
    everywhere = _scopes(viewer, languages)
    scopes = _scopes(viewer, languages, kind) if kind else everywhere
    for least in _shares(question, HALF, ANY):
        matched = statements.answering(question, least=least)
        totals = ranking.totals(matched, everywhere) if counted else {}
        found = ranking.page(matched, scopes, offset=offset, limit=limit)
        if found or any(totals.values()):
            break
        if offset and ranking.page(matched, scopes, offset=0, limit=1):
            break  # behind the last page
    else:
        return Results()
    has_all = any(place.words == question.words for place in found)
    return Results(
        _hits(found, viewer),
        totals,
        by_some_words=bool(found) and not has_all,
        corrected=question.corrected if _are_seen(question.corrections, scopes) else "",
        words=question.looked_for,
    )


def suggest(
    text: str, viewer: Viewer, *, languages: Sequence[str] = ("en",), limit: int = SUGGESTIONS
) -> list[Hit]:
    """Names that contain words beginning as those typed so far."""
    words = tuple(analysis.asked(text))
    if not words:
        return []
    found = ranking.page(statements.beginning(words), _scopes(viewer, languages), offset=0, limit=limit)
    return _hits(found, viewer)


def matching(text: str, viewer: Viewer, *, kind: str) -> list[int]:
    """Primary keys of the rows of one kind that answer a text, best first, for lists that narrow by other means too.

    One row a thing, with all the words; empty where the text holds none.
    """
    question = expand(parse(text))
    if question.is_nothing:
        return []
    matched = statements.answering(question, least=ALL)
    return [place.pk for place in ranking.page(matched, _scopes(viewer, (), kind), offset=0, limit=DEEPEST)]


def _shares(question: Question, *shares: float) -> list[float]:
    """Those of the shares that ask for another number of words than the ones before them."""
    return list({statements.words_needed(question, share): share for share in reversed(shares)}.values())[
        ::-1
    ]


def _are_seen(words: Sequence[str], scopes: list[Scope]) -> bool:
    """Whether the viewer may read each word somewhere: the vocabulary remembers what has been closed since."""
    for word in words:
        matched = statements.answering(Question((Term(word, (Alternative((word,)),)),)), least=ALL)
        if not ranking.page(matched, scopes, offset=0, limit=1):
            return False
    return True


def _scopes(viewer: Viewer, languages: Sequence[str], kind: str | None = None) -> list[Scope]:
    scopes = []
    for source in kinds():
        if kind is None or kind == source.kind:
            scopes.append(Scope(source, source.visible(viewer), languages))
        elif kind in source.parts:
            scopes.append(Scope(source, source.visible(viewer).filter(source.parts[kind]), languages))
    return scopes


def _hits(found: list[Place], viewer: Viewer) -> list[Hit]:
    """The rows behind what was found, asked once more whether the viewer may see them; one query a kind."""
    by_place: dict[tuple[str, int], Hit] = {}
    for kind in dict.fromkeys(place.kind for place in found):
        source = search_sources[kind]
        pks = [place.pk for place in found if place.kind == kind]
        rows: list[Any] = list(source.visible(viewer).filter(pk__in=pks))
        for row, hit in zip(rows, source.hits(rows), strict=True):
            by_place[kind, row.pk] = hit
    return [by_place[place.kind, place.pk] for place in found if (place.kind, place.pk) in by_place]
