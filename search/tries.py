"""What to try where a question finds nothing: the same less strictly, and what others ask."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from core.declarations import Viewer
from search import engine
from search.models import QuerySummary
from search.query import fields
from search.query.parsing import Asked, parse
from search.suggestions import search_url

MOST_POPULAR = 5
# Each is a search of its own.
MOST_TRIED = 2


@dataclass(frozen=True)
class Try:
    """Another question; `label` says in what it differs, `count` how many answers it has."""

    question: str
    url: str
    label: str = ""
    count: int = 0


def less_strict(text: str, viewer: Viewer, *, languages: Sequence[str]) -> list[Try]:
    """The question without one of what narrows it, or without all of that: those that have answers."""
    tries: list[Try] = []
    for question, label in islice(_loosened(parse(text, fields.names())), MOST_TRIED):
        count = engine.search(question, viewer, languages=languages, limit=1, counted=False).answered
        if count:
            tries.append(Try(question, search_url(question), label, count))
    return tries


def popular(viewer: Viewer) -> list[Try]:
    """What most people searched for, where everybody finds something."""
    rows = QuerySummary.objects.popular(viewer).order_by("-people", "folded")
    return [Try(text, search_url(text)) for text in rows.values_list("text", flat=True)[:MOST_POPULAR]]


def _loosened(asked: Asked) -> Iterator[tuple[str, str]]:
    """Questions with what they leave out; where it is several things, first without all of them."""
    words = [" ".join(token.words) or token.typed for token in asked.tokens]
    phrases = [f'"{" ".join(phrase)}"' for phrase in asked.phrases]
    without = [f'-"{" ".join(phrase)}"' for phrase in asked.without]
    narrowed = [f'{name}:"{value}"' for name, value in asked.fields]
    bare = [*words, *(" ".join(phrase) for phrase in asked.phrases)]
    ways = []
    if narrowed:
        left_out = " ".join(f"{name}:{value}" for name, value in asked.fields)
        ways.append(([*words, *phrases, *without], _("without “%s”") % left_out))
    if phrases:
        ways.append(([*bare, *without, *narrowed], _("the words in any order")))
    if without:
        ways.append(([*words, *phrases, *narrowed], _("with what was left out")))
    if len(ways) > 1:
        ways.insert(0, (bare, _("the words alone")))
    for pieces, label in ways:
        if pieces:
            yield " ".join(pieces), label
