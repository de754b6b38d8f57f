"""Pieces of texts in which what was asked for stands marked, made safe to show."""

from collections.abc import Iterable, Mapping

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from core.declarations import Hit
from search import analysis
from search.backends.asking import MARK, MARK_END

AROUND = 90


def of(hit: Hit, found: Mapping[str, str]) -> SafeString:
    """The piece that an engine has marked in a hit, by its id among all that were found."""
    # What has no language is a card of names in all of them: a piece of it tells nothing.
    return html(found.get(hit.id, "") if hit.language else "", hit.summary)


def html(fragment: str, summary: str) -> SafeString:
    """A piece that an engine has marked, with `<mark>`; empty where nothing is, or the summary says the same."""
    if MARK not in fragment:
        return SafeString("")
    bare = fragment.replace(MARK, "").replace(MARK_END, "")
    if bare.strip() in summary:
        return SafeString("")
    escaped = conditional_escape(" ".join(fragment.split()))
    return SafeString(escaped.replace(MARK, "<mark>").replace(MARK_END, "</mark>"))


def around(text: str, words: Iterable[str]) -> SafeString:
    """The piece of a text around the first of these words, in whatever form, with `<mark>`; empty without any."""
    place = analysis.first_place(text, words)
    if place is None:
        return SafeString("")
    start, end = max(0, place[0] - AROUND), place[1] + AROUND
    # Not from the middle of a word to the middle of another.
    start = (start and text.find(" ", start, place[0]) + 1) or start
    end = text.rfind(" ", place[1], end) if end < len(text) and " " in text[place[1] : end] else end
    return analysis.mark(" ".join(text[start:end].split()), words)
