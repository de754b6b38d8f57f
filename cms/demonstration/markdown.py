"""Turns the Markdown of a demonstration entry into the raw values of an entry's StreamField.

What comes out is what Wagtail stores, but for pictures: those are named by their figure's id, because
drawing and saving them is not this module's business. Rich text is in Wagtail's database form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.container import container_plugin

Block = dict[str, Any]

CALLOUTS: Final = ("note", "tip", "warning")
# Shorter lists without a lead are enumerations in running text rather than something to be done in order.
SHORTEST_PROCEDURE: Final = 5
MENTION: Final = re.compile(r"@(p\d+)\b")
FIGURE: Final = re.compile(r"!\[[^]]*\]\(figure:([\w-]+)\)")
# A note at the foot, in the place where it belongs; looked for where links have been made of their brackets.
NOTE: Final = re.compile(r"\^\[([^]]+)\]")
SPEAKER: Final = re.compile(r"^[—–-]\s*")
SENTENCE_END: Final = ".:?!…׃"


class UnknownMarkdown(ValueError):
    """A body uses something that has no place among an entry's blocks."""


@dataclass(frozen=True, slots=True)
class PersonLink:
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Links:
    """Where the references of a body lead. No page for a slug leaves the text without a link."""

    entry: Callable[[str], int | None]
    person: Callable[[str], PersonLink]


def blocks(body: str, links: Links) -> list[Block]:
    """The StreamField values of a body, in reading order."""
    return list(_Converter(links).blocks(SyntaxTreeNode(_parser().parse(body)).children))


def figures(body: str) -> list[str]:
    """Ids of the figures a body shows, in reading order."""
    return FIGURE.findall(body)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["html_block", "html_inline"])
    for kind in CALLOUTS:
        parser.use(container_plugin, kind)
    # Schemes of ours; the parser would refuse none of them, but says so only by leaving the text as it is. Replacing
    # the method is the library's documented way, which types do not know.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


def _figure_id(node: SyntaxTreeNode) -> str:
    scheme, _, figure_id = str(node.attrs["src"]).partition(":")
    if scheme != "figure" or not figure_id:
        raise UnknownMarkdown(f"a picture that is no figure: {node.attrs['src']}")
    return figure_id


def _inline(node: SyntaxTreeNode) -> list[SyntaxTreeNode]:
    """What a paragraph, heading or cell holds; the parser leaves empty texts beside bold and italic ones."""
    return [child for child in node.children[0].children if child.type != "text" or child.content]


@dataclass(frozen=True, slots=True)
class _Converter:
    links: Links

    def blocks(self, nodes: Sequence[SyntaxTreeNode]) -> Iterator[Block]:
        running: list[str] = []
        for node in nodes:
            if self._is_running_text(node):
                running.append(self._running(node))
                continue
            if running:
                yield {"type": "text", "value": "".join(running)}
                running = []
            yield self._block(node)
        if running:
            yield {"type": "text", "value": "".join(running)}

    def _is_running_text(self, node: SyntaxTreeNode) -> bool:
        if node.type == "paragraph":
            return not self._is_figure(node)
        return node.type == "bullet_list" or (node.type == "ordered_list" and not self._is_procedure(node))

    def _is_figure(self, node: SyntaxTreeNode) -> bool:
        inline = _inline(node)
        return len(inline) == 1 and inline[0].type == "image"

    def _is_procedure(self, node: SyntaxTreeNode) -> bool:
        items = node.children
        leads = sum(self._lead(item.children[0]) is not None for item in items)
        return leads * 2 >= len(items) or len(items) >= SHORTEST_PROCEDURE

    def _block(self, node: SyntaxTreeNode) -> Block:
        match node.type:
            case "heading" if node.tag in {"h2", "h3"}:
                return {
                    "type": "heading",
                    "value": {"text": self._plain(node.children[0]), "level": node.tag},
                }
            case "paragraph":
                return self._image(_inline(node)[0])
            case "ordered_list":
                return {
                    "type": "steps",
                    "value": {"items": [self._titled(item) for item in node.children]},
                }
            case "blockquote":
                return {"type": "quote", "value": self._quote(node)}
            case "fence" if node.info == "series":
                return {"type": "series", "value": self._series(node)}
            case "table":
                return {
                    "type": "table",
                    "value": {"caption": "", "table": self._table(node)},
                }
            case "container_note" | "container_tip" | "container_warning":
                kind = node.type.removeprefix("container_")
                return {
                    "type": "callout",
                    "value": {"kind": kind, **self._titled(node)},
                }
            case other:
                raise UnknownMarkdown(f"{other} at line {(node.map or (0, 0))[0] + 1}")

    def _image(self, node: SyntaxTreeNode) -> Block:
        description = node.content
        return {
            "type": "image",
            "value": {
                "figure": _figure_id(node),
                "alt_text": description,
                "caption": description,
                "credit": "",
            },
        }

    def _titled(self, node: SyntaxTreeNode) -> dict[str, str]:
        """A step or call-out: bold words that close a sentence at its beginning are its title."""
        first, *others = node.children
        title = ""
        if first.type == "paragraph" and (lead := self._lead(first)):
            title = self._plain(lead).rstrip(".: ")
            rest = self._inline(_inline(first)[1:]).lstrip(" .:")
            if not rest and len(node.children) == 1:
                return {"title": "", "text": f"<p>{escape(title, quote=False)}</p>"}
            text = f"<p>{rest}</p>" if rest else ""
        else:
            text = self._running(first)
        return {
            "title": title,
            "text": text + "".join(self._running(other) for other in others),
        }

    def _lead(self, node: SyntaxTreeNode) -> SyntaxTreeNode | None:
        if node.type != "paragraph":
            return None
        first, *rest = _inline(node)
        if first.type != "strong":
            return None
        following = rest[0].content if rest and rest[0].type == "text" else ""
        closes = self._plain(first).rstrip()[-1:] in SENTENCE_END or following[:1] in (
            ".",
            ":",
        )
        return first if closes or not rest else None

    def _quote(self, node: SyntaxTreeNode) -> dict[str, str]:
        lines: list[list[SyntaxTreeNode] | None] = []
        for paragraph in node.children:
            if paragraph.type != "paragraph":
                raise UnknownMarkdown(f"{paragraph.type} in a quote")
            lines.append(None)
            line: list[SyntaxTreeNode] = []
            for child in _inline(paragraph):
                if child.type == "softbreak":
                    lines.append(line)
                    line = []
                else:
                    line.append(child)
            lines.append(line)
        attribution = ""
        last = lines[-1]
        if last and SPEAKER.match(self._plain_of(last)):
            attribution = SPEAKER.sub("", self._plain_of(last))
            lines.pop()
        paragraphs: list[list[str]] = []
        for entry in lines:
            if entry is None:
                paragraphs.append([])
            else:
                paragraphs[-1].append(self._inline(entry))
        text = "".join(f"<p>{' '.join(paragraph)}</p>" for paragraph in paragraphs if paragraph)
        return {"text": text, "attribution": attribution}

    def _series(self, node: SyntaxTreeNode) -> dict[str, str | None]:
        """Lines of keys and values, an empty one, then rows as they stand in a spreadsheet."""
        head, _, points = node.content.strip().partition("\n\n")
        values = dict(line.partition(": ")[::2] for line in head.splitlines())
        if not {"caption"} <= values.keys() <= {"caption", "unit", "target"} or not points:
            raise UnknownMarkdown(f"a series without caption or rows, at line {(node.map or (0, 0))[0] + 1}")
        return {"unit": "", "target": None, **values, "points": points}

    def _table(self, node: SyntaxTreeNode) -> dict[str, Any]:
        head, *bodies = node.children
        columns = [
            {"type": "text", "heading": self._plain(cell.children[0])} for cell in head.children[0].children
        ]
        rows = [
            {"values": [f"<p>{self._inline(_inline(cell))}</p>" for cell in row.children]}
            for body in bodies
            for row in body.children
        ]
        return {"columns": columns, "rows": rows, "caption": ""}

    def _running(self, node: SyntaxTreeNode) -> str:
        match node.type:
            case "paragraph":
                return f"<p>{self._inline(_inline(node))}</p>"
            case "bullet_list" | "ordered_list":
                items = "".join(f"<li>{self._item(item)}</li>" for item in node.children)
                return f"<{node.tag}>{items}</{node.tag}>"
            case other:
                raise UnknownMarkdown(f"{other} within text, at line {(node.map or (0, 0))[0] + 1}")

    def _item(self, item: SyntaxTreeNode) -> str:
        # Wagtail's editor has no paragraphs within a list item, only line breaks.
        paragraphs = [self._inline(_inline(child)) for child in item.children if child.type == "paragraph"]
        lists = [self._running(child) for child in item.children if child.type != "paragraph"]
        return "<br/>".join(paragraphs) + "".join(lists)

    def _inline(self, nodes: Sequence[SyntaxTreeNode]) -> str:
        return NOTE.sub(r"<footnote>\1</footnote>", "".join(self._inline_node(node) for node in nodes))

    def _inline_node(self, node: SyntaxTreeNode) -> str:
        match node.type:
            case "text":
                return self._mentions(node.content)
            case "strong":
                return f"<b>{self._inline(node.children)}</b>"
            case "em":
                return f"<i>{self._inline(node.children)}</i>"
            case "code_inline":
                return f"<code>{escape(node.content, quote=False)}</code>"
            case "softbreak":
                return " "
            case "hardbreak":
                return "<br/>"
            case "link":
                return self._link(node)
            case other:
                raise UnknownMarkdown(f"{other} within a line")

    def _link(self, node: SyntaxTreeNode) -> str:
        text = self._inline(node.children)
        scheme, _, slug = str(node.attrs["href"]).partition(":")
        if scheme != "entry":
            raise UnknownMarkdown(f"a link that leads to no entry: {node.attrs['href']}")
        page_id = self.links.entry(slug)
        return text if page_id is None else f'<a linktype="page" id="{page_id}">{text}</a>'

    def _mentions(self, text: str) -> str:
        def link(match: re.Match[str]) -> str:
            person = self.links.person(match[1])
            return f'<a href="{escape(person.url)}">{escape(person.name, quote=False)}</a>'

        return MENTION.sub(link, escape(text, quote=False))

    def _plain(self, node: SyntaxTreeNode) -> str:
        return self._plain_of(node.children)

    def _plain_of(self, nodes: Sequence[SyntaxTreeNode]) -> str:
        text = "".join(
            leaf.content if leaf.type in {"text", "code_inline"} else " "
            for node in nodes
            for leaf in node.walk()
            if leaf.type in {"text", "code_inline", "softbreak", "hardbreak"}
        )
        return MENTION.sub(lambda match: self.links.person(match[1]).name, text)
