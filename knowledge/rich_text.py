"""Rich text as it leaves the database: cleaned, its links left to be decided for each reader."""

import re
from html import escape, unescape
from typing import Any

import nh3
from django.urls import reverse
from django.utils.safestring import mark_safe
from wagtail.rich_text import LinkHandler

from knowledge import footnotes
from knowledge.marks import Recorder
from knowledge.models import EntryPage

TAGS = {
    "a", "b", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "i", "li", "ol", "p", "strong", "sub", "sup",
    "ul", footnotes.TAG,
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "linktype", "id"}}
SCHEMES = {"http", "https", "mailto", "tel"}
ANCHOR = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL)
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
PERSON = re.compile(r"^/people/([0-9a-f-]{36})/?$")
# An empty element where a note stood; no author can write one, for attributes do not survive the cleaning.
NOTE_PLACE = re.compile(r'<sup data-footnote="(\d+)"></sup>')
OUTSIDE = re.compile(r"^(?:[a-z]+:|//)", re.IGNORECASE)


def cleaned(source: str) -> str:
    """Only what an editor can make: no script, no style, no foreign tag survives, whoever wrote the row."""
    return nh3.clean(
        source, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None, strip_comments=True
    )


def recorded(source: str, recorder: Recorder) -> str:
    """Clean HTML in which links to pages, documents and people are marks, and notes are numbers (`recorder.notes`)."""

    def link(match: re.Match[str]) -> str:
        attributes = {name: unescape(value) for name, value in ATTRIBUTE.findall(match[1])}
        text = match[2]
        kind, key = attributes.get("linktype"), attributes.get("id", "")
        if kind in {"page", "document"} and key.isdecimal():
            return f"{recorder.open(f'{kind}-link', int(key))}{text}{recorder.close()}"
        href = attributes.get("href", "")
        if person := PERSON.match(href):
            return f"{recorder.open('person-link', person[1])}{text}{recorder.close()}"
        if kind or not href:
            return text
        rel = ' rel="noopener noreferrer"' if OUTSIDE.match(href) else ""
        return f'<a href="{escape(href)}"{rel}>{text}</a>'

    html = cleaned(source)
    if f"<{footnotes.TAG}" not in html:
        return ANCHOR.sub(link, html)
    marks: list[str] = []

    def place(note: str) -> str:
        written = mark_safe(ANCHOR.sub(link, note))  # noqa: S308 - cleaned above
        marks.append(recorder.notes.add(note, written))
        return str(len(marks) - 1)

    placed = ANCHOR.sub(link, footnotes.lifted(html, place))
    return NOTE_PLACE.sub(lambda match: marks[int(match[1])], placed)


class PageLink(LinkHandler):
    """Links to pages where Wagtail itself expands rich text, and the reader is not known.

    They lead to an address that asks who may see the entry and tells nothing of it.
    """

    identifier = "page"

    @staticmethod
    def get_model() -> Any:
        return EntryPage

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        ids = {int(attrs["id"]) for attrs in attrs_list if str(attrs.get("id", "")).isdecimal()}
        keys = dict(EntryPage.objects.live().filter(pk__in=ids).values_list("pk", "entry__key"))
        tags = []
        for attrs in attrs_list:
            key = keys.get(int(attrs["id"])) if str(attrs.get("id", "")).isdecimal() else None
            tags.append(f'<a href="{reverse("entry", args=[key])}">' if key else "<a>")
        return tags

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, Any]) -> str:
        return cls.expand_db_attributes_many([attrs])[0]


class DocumentLink(LinkHandler):
    """Links to documents where the reader is not known: without the document's name."""

    identifier = "document"

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, Any]) -> str:
        key = str(attrs.get("id", ""))
        if not key.isdecimal():
            return "<a>"
        return f'<a href="{reverse("wagtaildocs_serve", args=[int(key), "file"])}">'

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        return [cls.expand_db_attributes(attrs) for attrs in attrs_list]
