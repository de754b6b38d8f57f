"""Rich text taken apart into what may stand on a slide of its own, and put together again slide by slide."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby, zip_longest

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

from knowledge.rich_text import cleaned

# Characters on one slide: some eight lines that are read from the back of a room.
ROOM = 520
# What a point of a list takes beside its words.
POINT = 24
LISTS = frozenset({"ul", "ol"})
SENTENCE_END = re.compile(r"(?<=[.!?…։。])[\"'”’»)]*\s+")


@dataclass(frozen=True)
class Fragment:
    """A paragraph, a sentence of one, or a point of a list, as HTML; `weight` in characters.

    `tag` is what stands around it: p, ul, ol, blockquote or nothing. `group` tells one list from the next, `number` is
    that of the point in an ordered list. What follows a fragment that `leads` belongs on the same slide.
    """

    html: str
    weight: int
    tag: str
    group: int
    number: int = 0
    leads: bool = False


def fragments(source: str, room: int = ROOM) -> list[Fragment]:
    """The pieces of rich text in their order; a paragraph that would fill more than a slide comes by sentences."""
    found: list[Fragment] = []
    for group, element in enumerate(BeautifulSoup(cleaned(source), "html.parser").children):
        text = element.get_text() if isinstance(element, Tag) else str(element)
        if not text.strip():
            continue
        if not isinstance(element, Tag):
            found.append(Fragment(str(element), len(text), "", group))
        elif element.name in LISTS:
            found += _points(element, group)
        elif element.name in {"h2", "h3", "h4"}:
            found.append(Fragment(str(element), len(text), "", group, leads=True))
        elif element.name in {"p", "blockquote"} and len(text) > room:
            found += _sentences(element, group, room)
        elif element.name == "p":
            found.append(Fragment(element.decode_contents(), len(text), "p", group))
        else:
            found.append(Fragment(str(element), len(text), "", group))
    return [
        replace(each, leads=True) if _introduces(each, after) else each
        for each, after in zip_longest(found, found[1:])
    ]


def slides(found: Iterable[Fragment], room: int = ROOM) -> Iterator[list[Fragment]]:
    """As many fragments on each slide as there is room for, at least one."""
    at_hand: list[Fragment] = []
    for each in found:
        if at_hand and sum(fragment.weight for fragment in at_hand) + each.weight > room:
            whole = len(at_hand)
            while whole and at_hand[whole - 1].leads:
                whole -= 1
            if whole:
                yield at_hand[:whole]
                at_hand = at_hand[whole:]
        at_hand.append(each)
    if at_hand:
        yield at_hand


def together(found: Sequence[Fragment]) -> str:
    """The fragments of one slide as HTML again: points within their list, sentences within their paragraph."""
    html = []
    for (tag, _group), run in groupby(found, key=lambda each: (each.tag, each.group)):
        each = list(run)
        inside = ("" if tag in LISTS else " ").join(fragment.html for fragment in each)
        html.append(f"<{tag}>{inside}</{tag}>" if tag else inside)
    return "".join(html)


def first_numbers(found: Sequence[Fragment]) -> list[int]:
    """The number that each ordered list on the slide begins with."""
    lists = groupby(found, key=lambda each: (each.tag, each.group))
    return [next(run).number for (tag, _group), run in lists if tag == "ol"]


def _points(element: Tag, group: int) -> Iterator[Fragment]:
    points = element.find_all("li", recursive=False)
    for number, point in enumerate(points, start=1):
        weight = len(point.get_text()) + POINT
        yield Fragment(str(point), weight, element.name, group, number)


def _sentences(element: Tag, group: int, room: int) -> Iterator[Fragment]:
    """Cut where a sentence ends outside of any other tag; a sentence is never cut."""
    sentence: list[str] = []
    weight = 0
    for part, is_end in _parts(element.children):
        sentence.append(part)
        weight += len(BeautifulSoup(part, "html.parser").get_text())
        if is_end and weight >= room / 3:
            yield Fragment("".join(sentence).strip(), weight, element.name, group)
            sentence, weight = [], 0
    if "".join(sentence).strip():
        yield Fragment("".join(sentence).strip(), weight, element.name, group)


def _parts(children: Iterable[PageElement]) -> Iterator[tuple[str, bool]]:
    for child in children:
        if isinstance(child, NavigableString):
            *ended, rest = _cut(str(child))
            yield from ((escape(part, quote=False), True) for part in ended)
            yield escape(rest, quote=False), False
        else:
            yield str(child), False


def _cut(text: str) -> list[str]:
    pieces, start = [], 0
    for end in SENTENCE_END.finditer(text):
        pieces.append(text[start : end.end()])
        start = end.end()
    return [*pieces, text[start:]]


def _introduces(each: Fragment, after: Fragment | None) -> bool:
    """“Three things matter:” stands where the three things stand."""
    if each.leads:
        return after is not None
    ends = BeautifulSoup(each.html, "html.parser").get_text().rstrip().endswith(":")
    return ends and after is not None and after.group != each.group
