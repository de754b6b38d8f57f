"""What of an entry a file that comes with it can use: its tables, its steps, its warnings, as plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any, Final

from cms.demonstration import markdown, source

TAG: Final = re.compile(r"<[^>]+>")
END_OF_LINE: Final = re.compile(r"</(p|li)>|<br/>")


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Steps:
    title: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Callout:
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Outline:
    """The file's own title, and what its entry gives it to say."""

    name: str
    title: str
    entry: source.Entry
    enterprise: str
    tables: tuple[Table, ...]
    steps: tuple[Steps, ...]
    callouts: tuple[Callout, ...]

    @property
    def language(self) -> str:
        return self.entry.language

    @property
    def is_right_to_left(self) -> bool:
        return self.language == "he"

    @property
    def checklist(self) -> Steps:
        """The longest list of steps; where an entry has none, its points are the rows of its first table."""
        if self.steps:
            return max(self.steps, key=lambda steps: len(steps.items))
        if self.tables:
            table = self.tables[0]
            return Steps(table.title, tuple(": ".join(filter(None, row[:2])) for row in table.rows))
        return Steps(
            self.entry.title, tuple(effect.measure for effect in self.entry.effects) or (self.entry.summary,)
        )


def outline(
    attachment: source.Attachment,
    entry: source.Entry,
    *,
    enterprise: str,
    person_name: Callable[[str], str],
) -> Outline:
    links = markdown.Links(
        entry=lambda slug: None,
        person=lambda person_id: markdown.PersonLink(name=person_name(person_id), url=""),
    )
    tables: list[Table] = []
    steps: list[Steps] = []
    callouts: list[Callout] = []
    heading = entry.title
    for block in markdown.blocks(entry.body, links):
        value: Any = block["value"]
        match block["type"]:
            case "heading":
                heading = value["text"]
            case "table":
                tables.append(_table(heading, value["table"]))
            case "steps":
                steps.append(Steps(heading, tuple(_steps(value["items"]))))
            case "callout":
                callouts.append(Callout(value["kind"], _joined(value["title"], value["text"])))
    return Outline(
        name=attachment.name,
        title=attachment.description,
        entry=entry,
        enterprise=enterprise,
        tables=tuple(tables),
        steps=tuple(steps),
        callouts=tuple(callouts),
    )


def _table(title: str, value: dict[str, Any]) -> Table:
    return Table(
        title=title,
        columns=tuple(column["heading"] for column in value["columns"]),
        rows=tuple(tuple(plain(cell) for cell in row["values"]) for row in value["rows"]),
    )


def _steps(items: list[dict[str, str]]) -> Iterator[str]:
    for item in items:
        yield _joined(item["title"], item["text"])


def _joined(title: str, text: str) -> str:
    return f"{title}. {plain(text)}" if title else plain(text)


def plain(html: str) -> str:
    """The words of rich text on one line."""
    return " ".join(unescape(TAG.sub("", END_OF_LINE.sub(" ", html))).split())
