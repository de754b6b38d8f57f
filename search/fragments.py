"""Pieces of texts in which what was asked for stands marked, made safe to show."""

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from search.backends.asking import MARK, MARK_END


def html(fragment: str, summary: str) -> SafeString:
    """The piece with `<mark>`; empty where nothing in it is marked, or the summary says the same."""
    if MARK not in fragment:
        return SafeString("")
    bare = fragment.replace(MARK, "").replace(MARK_END, "")
    if bare.strip() in summary:
        return SafeString("")
    escaped = conditional_escape(" ".join(fragment.split()))
    return SafeString(escaped.replace(MARK, "<mark>").replace(MARK_END, "</mark>"))
