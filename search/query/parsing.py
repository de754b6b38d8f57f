"""Reads what somebody typed: words, "exact phrases", -words that must not be there, and author:names of facets."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from search import analysis

_PIECE = re.compile(
    r"""
    (?P<minus>(?<!\S)-(?=[^\W\d]|["«„“״]))?
    (?: (?<!\S) (?P<field>[^\W\d_]{1,20}) : (?=\S) )?
    (?: "(?P<q1>[^"]*)"? | «(?P<q2>[^»]*)»? | „(?P<q3>[^“”"]*)[“”"]? | “(?P<q4>[^”]*)”? | (?P<bare>\S+) )
    """,
    re.VERBOSE,
)
# Control characters, and signs without a width that turn the direction of writing.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True)
class Token:
    """What stood between two spaces: as it was typed, in small letters, and the folded words in it."""

    typed: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """`tokens` may be answered in part, `phrases` have to be there as they stand, `without` must not be there.

    `fields` are what was written before a colon and after it: narrowing by a facet, if it is the name of one.
    """

    tokens: tuple[Token, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    without: tuple[tuple[str, ...], ...] = ()
    fields: tuple[tuple[str, str], ...] = ()


def parse(text: str, fields: Collection[str] = ()) -> Asked:
    """`fields` are the names that may stand before a colon; other colons are signs like any.

    What is beyond any sensible question is left out: text after 200 characters, words after the twelfth."""
    tokens: list[Token] = []
    phrases: list[tuple[str, ...]] = []
    without: list[tuple[str, ...]] = []
    narrowed: list[tuple[str, str]] = []
    room = analysis.MOST_WORDS
    for piece in _PIECE.finditer(_UNSEEN.sub(" ", text[: analysis.LONGEST_TEXT])):
        if not room:
            break
        value, is_quoted = _value(piece)
        field = (piece["field"] or "").lower()
        if field in fields and not piece["minus"]:
            if analysis.words(value):
                narrowed.append((field, value))
            continue
        if field:
            value = value if is_quoted else f"{field}:{value}"
        words = tuple(analysis.words(value))[:room]
        if not words and not (value and not is_quoted and not piece["minus"]):
            continue
        if piece["minus"]:
            without.append(words)
        elif is_quoted and len(words) > 1:
            phrases.append(words)
        elif all(token.words != words for token in tokens):
            tokens.append(Token(value.lower(), words))
        else:
            continue
        room -= len(words)
    return Asked(tuple(_said(tokens)), tuple(phrases), tuple(without), tuple(narrowed[: analysis.MOST_WORDS]))


def _value(piece: re.Match[str]) -> tuple[str, bool]:
    for quoted in ("q1", "q2", "q3", "q4"):
        if piece[quoted] is not None:
            return piece[quoted], True
    return piece["bare"], False


def _said(tokens: list[Token]) -> Iterator[Token]:
    """Signs alone say nothing, unless they are all there is: on another keyboard they are letters."""
    said = [token for token in tokens if token.words]
    yield from said or tokens[: analysis.MOST_WORDS]
