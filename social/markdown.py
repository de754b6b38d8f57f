"""What people write, made into HTML: Markdown without raw HTML or pictures, its people found, cleaned once more.

A person is named as `[@Name](person:<public id>)`, everybody here as `[@…](group:here)`: links, so that one parser
knows both. A name that stands for nobody stays as its text.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

import nh3
from django.urls import reverse
from markdown_it import MarkdownIt
from markdown_it.token import Token

PERSON = "person:"
GROUP = "group:"
HERE = "here"
TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h3", "h4", "hr", "li", "ol", "p", "pre", "s", "span", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "class"}, "span": {"class"}, "ol": {"start"}, "code": {"class"}}
SCHEMES = {"http", "https", "mailto", "tel"}
# Marks that turn the order of what follows them, so that a text pretends to say something else.
OVERRIDES = dict.fromkeys(map(ord, "\u202d\u202e"))
INVISIBLE = re.compile(r"[\u200b-\u200f\u2060-\u2064\u2066-\u2069\u202a-\u202e\ufeff\u00ad\s]+")


@dataclass(frozen=True)
class Named:
    """Whom a text names: people by their public ids, groups by their words."""

    people: tuple[UUID, ...]
    groups: tuple[str, ...]


def cleaned(text: str) -> str:
    """The text as it is kept: composed, without what no keyboard writes and without marks that turn it round."""
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").translate(OVERRIDES)
    kept = (letter for letter in composed if letter in "\n\t" or unicodedata.category(letter) != "Cc")
    return "".join(kept).strip()


def is_blank(text: str) -> bool:
    """Whether nothing of it can be seen."""
    return not INVISIBLE.sub("", text)


def named_in(text: str) -> Named:
    """Whom the text names, each once, in the order of the text."""
    people: dict[UUID, None] = {}
    groups: dict[str, None] = {}
    for href in _links(_parser().parse(text)):
        if href.startswith(PERSON) and (key := _key(href)):
            people[key] = None
        elif href.startswith(GROUP):
            groups[href.removeprefix(GROUP)] = None
    return Named(tuple(people), tuple(groups))


def to_html(text: str, people: Mapping[UUID, str]) -> str:
    """The HTML of a text; `people` are those it may name, with their names: nobody is called what a writer likes."""
    parser = _parser()
    tokens = parser.parse(text)
    for token in tokens:
        if token.children:
            token.children = list(_with_people(token.children, people))
        elif token.type in ("heading_open", "heading_close"):
            token.tag = "h3" if token.tag in ("h1", "h2", "h3") else "h4"
    html = parser.renderer.render(tokens, parser.options, {})
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="nofollow noopener noreferrer",
    )


def excerpt(text: str, length: int = 140) -> str:
    """Its first words without marks, for a quote, a list or a mail."""
    plain = " ".join(word for token in _parser().parse(text) for word in _words(token))
    plain = " ".join(plain.split())
    return plain if len(plain) <= length else plain[: length - 1].rstrip() + "…"


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": True, "breaks": True})
    parser.enable(["linkify", "strikethrough", "table"])
    # A picture from elsewhere tells its server who reads; those of messages are files.
    return parser.disable("image")


def _links(tokens: list[Token]) -> list[str]:
    found = []
    for token in tokens:
        if token.type == "link_open":
            found.append(str(token.attrGet("href") or ""))
        found.extend(_links(token.children or []))
    return found


def _key(href: str) -> UUID | None:
    try:
        return UUID(href.removeprefix(PERSON))
    except ValueError:
        return None


def _with_people(tokens: list[Token], people: Mapping[UUID, str]) -> list[Token]:
    kept: list[Token] = []
    closing: list[Token | None] = []
    skipped = False
    for token in tokens:
        if token.type == "link_open":
            opened, closed, name = _opened(token, people)
            kept.extend([opened] if opened else [])
            closing.append(closed)
            if name:
                kept.append(Token("text", "", 0, content=f"@{name}"))
                skipped = True
        elif token.type == "link_close":
            closed = closing.pop()
            kept.extend([closed] if closed else [])
            skipped = False
        elif not skipped:
            kept.append(token)
    return kept


def _opened(token: Token, people: Mapping[UUID, str]) -> tuple[Token | None, Token | None, str]:
    """What opens and closes a link, nothing where it leads nowhere, and the name that takes the place of its text."""
    href = str(token.attrGet("href") or "")
    if href.startswith(GROUP):
        span = Token("html_inline", "", 0, content='<span class="mention">')
        return span, Token("html_inline", "", 0, content="</span>"), ""
    if not href.startswith(PERSON):
        return token, Token("link_close", "a", -1), ""
    key = _key(href)
    if key is None or key not in people:
        return None, None, ""
    token.attrSet("href", reverse("person", args=[key]))
    token.attrSet("class", "mention")
    return token, Token("link_close", "a", -1), people[key]


def _words(token: Token) -> list[str]:
    if token.children:
        return [word for child in token.children for word in _words(child)]
    if token.type in ("text", "code_inline", "code_block", "fence"):
        return [token.content]
    return [" "] if token.type in ("softbreak", "hardbreak") else []
