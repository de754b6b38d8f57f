"""What is offered while somebody types: what they and others have searched for, and names that begin so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from core.declarations import Viewer, suggesters
from search import analysis, engine
from search.models import LoggedQuery, QuerySummary

MOST_RECENT, MOST_POPULAR, MOST_NAMED = 3, 3, 2
LOOKED_AT = 50


@dataclass(frozen=True)
class Suggestion:
    """One line; `kind` is "query" for what leads to a search, else what the line leads to."""

    kind: str
    title: str
    url: str
    label: Any
    icon: str
    context: str = ""
    language: str = ""


def suggestions(
    text: str, viewer: Viewer, *, languages: Sequence[str], recalls: bool = True
) -> list[Suggestion]:
    """For what was typed so far; where nothing was yet, what the person searched for last.

    What one has searched for is recalled to oneself alone, not to a program that acts for one.
    """
    words = analysis.asked(text)
    recent = [] if not recalls else _recent(viewer, words, MOST_RECENT if words else engine.SUGGESTIONS)
    if not words:
        return recent
    mine = {analysis.fold(each.title) for each in recent}
    popular = [each for each in _popular(words, viewer) if analysis.fold(each.title) not in mine]
    named = [
        Suggestion(suggester.kind, each.title, each.url, suggester.label, suggester.icon)
        for suggester in suggesters
        for each in suggester.find(words, viewer, MOST_NAMED)
    ]
    found = [
        Suggestion(
            hit.kind,
            hit.title,
            hit.url,
            hit.label,
            engine.source_of(hit.kind).icon,
            hit.context,
            hit.language,
        )
        for hit in engine.suggest(text, viewer, languages=languages)
    ]
    return [*recent, *popular, *named, *found]


def _recent(viewer: Any, words: list[str], most: int) -> list[Suggestion]:
    """What the person has searched for that begins so."""
    if viewer.user_id is None:
        return []
    begun = " ".join(words)
    mine = LoggedQuery.objects.filter(user=viewer.user_id).order_by("-asked_at")
    asked: dict[str, str] = {}
    for folded, text in mine.values_list("folded", "text")[:LOOKED_AT]:
        if folded.startswith(begun) and folded != begun:
            asked.setdefault(folded, text)
    return [_query(text, _("You searched for this"), "history") for text in list(asked.values())[:most]]


def _popular(words: list[str], viewer: Any) -> list[Suggestion]:
    begun = " ".join(words)
    rows = (
        QuerySummary.objects.popular(viewer)
        .filter(folded__startswith=begun)
        .exclude(folded=begun)
        .order_by("-people", "folded")
    )
    texts = rows.values_list("text", flat=True)[:MOST_POPULAR]
    return [_query(text, _("Others searched for this"), "trending-up") for text in texts]


def search_url(text: str) -> str:
    """The page of what answers a question."""
    query = QueryDict(mutable=True)
    query["q"] = text
    return f"{reverse('search')}?{query.urlencode()}"


def _query(text: str, label: Any, icon: str) -> Suggestion:
    return Suggestion("query", text, search_url(text), label, icon)
