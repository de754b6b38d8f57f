"""Two versions of a text side by side: what was taken out, what came in, what stayed.

Compared is what a reader sees, line by line: a paragraph, heading, item, row of a table, caption. So whatever block a
text is made of, nothing shows raw, and what is not for the reader is in neither version.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html.parser import HTMLParser
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from knowledge import rendering
from people.access import Viewer

# So many unchanged lines around a change show where it stands.
AROUND = 2
# Two lines that share less than this were not made from one another.
ALIKE = 0.4
LINES = {
    "p",
    "h2",
    "h3",
    "h4",
    "li",
    "tr",
    "figcaption",
    "blockquote",
    "dt",
    "dd",
    "summary",
    "caption",
    "div",
}
UNSEEN = {"script", "style", "svg", "template", "button"}
# The sign beside a heading, and the way from a note to its place.
UNSEEN_LINKS = {"anchor", "footnote-back"}
WORDS = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True)
class Row:
    """A line in both versions; `kind` is same, added, removed, changed, or gap for unchanged lines left out."""

    kind: str
    before: str = ""
    after: str = ""
    inline: str = ""
    left_out: int = 0


def compare(before: Sequence[str], after: Sequence[str]) -> list[Row]:
    """The rows of two texts given as lines; empty where they are the same."""
    rows: list[Row] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for step, a1, a2, b1, b2 in matcher.get_opcodes():
        if step == "equal":
            rows += [_same(line) for line in before[a1:a2]]
        else:
            rows += _pair(before[a1:a2], after[b1:b2])
    return list(_shortened(rows)) if any(row.kind != "same" for row in rows) else []


def body_lines(body: Any, language: str, viewer: Viewer, *, with_links: bool = False) -> list[str]:
    """The body of a page as lines, as the viewer reads it; `with_links` says where links lead, for who edits them."""
    return lines_of(rendering.text_html(body, language, viewer), with_links=with_links)


def lines_of(html: str, *, with_links: bool = False) -> list[str]:
    """The text of HTML, a line for each element that stands on one; pictures by their descriptions."""
    reader = _Reader(with_links)
    reader.feed(html)
    reader.close()
    return list(reader.lines())


class _Reader(HTMLParser):
    def __init__(self, with_links: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.with_links = with_links
        self.leads_to = ""
        self.found: list[str] = [""]
        # Elements that nobody reads as text, the innermost last.
        self.hiding: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN or (tag == "a" and dict(attrs).get("class") in UNSEEN_LINKS):
            self.hiding.append(tag)
        elif tag == "sup" and "data-footnote" in dict(attrs):
            # Not its number, which changes with every note before it.
            self.found[-1] += "[*]"
            self.hiding.append(tag)
        elif tag == "a":
            self.leads_to = dict(attrs).get("href") or ""
        elif tag in LINES:
            self.found.append("")
        elif tag in {"td", "th"} and self.found[-1].strip():
            self.found[-1] += " | "
        elif tag == "br":
            self.found[-1] += " "
        elif tag == "img":
            alt = dict(attrs).get("alt") or ""
            self.found.append(_("Picture: %(words)s") % {"words": alt} if alt else _("Picture"))
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        if self.hiding and self.hiding[-1] == tag:
            self.hiding.pop()
        elif tag == "a" and self.with_links and self.leads_to:
            self.found[-1] += f" ({self.leads_to})"
        elif tag in LINES:
            self.found.append("")

    def handle_data(self, data: str) -> None:
        if not self.hiding:
            self.found[-1] += data

    def lines(self) -> Iterator[str]:
        for line in self.found:
            clean = " ".join(line.split())
            if clean:
                yield clean


def _same(line: str) -> Row:
    text = format_html("{}", line)
    return Row("same", text, text, text)


def _pair(before: Sequence[str], after: Sequence[str]) -> Iterator[Row]:
    """Lines that were replaced: those made from one another beside each other, the others alone."""
    waiting = list(after)
    for line in before:
        match = next((at for at, other in enumerate(waiting[:8]) if _ratio(line, other) >= ALIKE), None)
        if match is None:
            yield Row("removed", before=_marked("del", line), inline=_marked("del", line))
            continue
        for other in waiting[:match]:
            yield Row("added", after=_marked("ins", other), inline=_marked("ins", other))
        yield _changed(line, waiting[match])
        waiting = waiting[match + 1 :]
    for other in waiting:
        yield Row("added", after=_marked("ins", other), inline=_marked("ins", other))


def _ratio(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, WORDS.findall(one), WORDS.findall(other), autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE else 0


def _changed(before: str, after: str) -> Row:
    a, b = WORDS.findall(before), WORDS.findall(after)
    left: list[tuple[str, str]] = []
    right: list[tuple[str, str]] = []
    both: list[tuple[str, str]] = []
    for step, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        old, new = "".join(a[a1:a2]), "".join(b[b1:b2])
        if step == "equal":
            for side in (left, right, both):
                side.append(("", old))
            continue
        for tag, text, side in (("del", old, left), ("ins", new, right)):
            if text:
                side.append((tag, text))
                both.append((tag, text))
    return Row("changed", _joined(left), _joined(right), _joined(both))


def _joined(parts: Iterable[tuple[str, str]]) -> SafeString:
    return format_html_join("", "{}", ((_marked(tag, text) if tag else text,) for tag, text in parts))


def _marked(tag: str, text: str) -> SafeString:
    return format_html("<del>{}</del>" if tag == "del" else "<ins>{}</ins>", text)


def _shortened(rows: Sequence[Row]) -> Iterator[Row]:
    """Without unchanged lines far from every change; how many were left out is said in their place."""
    changed = [at for at, row in enumerate(rows) if row.kind != "same"]
    near = {at + step for at in changed for step in range(-AROUND, AROUND + 1)}
    left_out = 0
    for at, row in enumerate(rows):
        if row.kind == "same" and at not in near:
            left_out += 1
            continue
        if left_out:
            yield Row("gap", left_out=left_out)
            left_out = 0
        yield row
    if left_out:
        yield Row("gap", left_out=left_out)
