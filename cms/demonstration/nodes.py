"""Mappings of YAML files that know where they stand, so that a mistake in them is told with its file and key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import yaml

LANGUAGES: Final = ("en", "ru", "uk", "bg", "he")


class ContentError(ValueError):
    """A content file says something that cannot be understood."""

    def __init__(self, place: str, key: str, fault: str) -> None:
        super().__init__(f"{place}: {key}: {fault}")


def parse(place: str, text: str) -> dict[str, Any]:
    try:
        value = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise ContentError(place, f"line {line}", error.problem or "not YAML") from error
    if not isinstance(value, dict):
        raise ContentError(place, "document", "expected keys and values")
    return value


def mapping(path: Path) -> Node:
    return Node(path.name, "", parse(path.name, path.read_text(encoding="utf-8")))


class Node:
    """One mapping of a file that knows where it stands."""

    def __init__(self, place: str, path: str, values: Mapping[str, Any]) -> None:
        self.place = place
        self.path = path
        self.values = values

    def _key(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def fault(self, key: str, fault: str) -> ContentError:
        return ContentError(self.place, self._key(key), fault)

    def _get(self, key: str, kind: type | tuple[type, ...], expected: str) -> Any:
        value = self.values.get(key)
        # YAML's true and false are ints in Python, and never meant where a number is asked for.
        if not isinstance(value, kind) or isinstance(value, bool):
            raise self.fault(key, f"expected {expected}, found {value!r}")
        return value

    def text(self, key: str) -> str:
        value = self._get(key, str, "text").strip()
        if not value:
            raise self.fault(key, "is empty")
        return value

    def optional_text(self, key: str) -> str | None:
        return None if self.values.get(key) is None else self.text(key)

    def one_of(self, key: str, choices: Iterable[str]) -> str:
        value = self.text(key)
        if value not in choices:
            raise self.fault(key, f"{value!r} is none of {', '.join(choices)}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        values = self._get(key, list, "a list of texts")
        for index, value in enumerate(values):
            if not isinstance(value, str):
                raise self.fault(f"{key}[{index}]", f"expected text, found {value!r}")
        return tuple(values)

    def date(self, key: str) -> dt.date:
        return self._get(key, dt.date, "a day as YYYY-MM-DD")

    def optional_date(self, key: str) -> dt.date | None:
        return None if self.values.get(key) is None else self.date(key)

    def moment(self, key: str) -> dt.datetime:
        moment: dt.datetime = self._get(key, dt.datetime, "a moment as YYYY-MM-DDTHH:MM:SSZ")
        return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)

    def truth(self, key: str) -> bool:
        value = self.values.get(key)
        if not isinstance(value, bool):
            raise self.fault(key, f"expected true or false, found {value!r}")
        return value

    def number(self, key: str) -> Decimal:
        return Decimal(str(self._get(key, (int, float), "a number")))

    def node(self, key: str) -> Node:
        return Node(self.place, self._key(key), self._get(key, dict, "keys and values"))

    def optional_node(self, key: str) -> Node | None:
        return None if self.values.get(key) is None else self.node(key)

    def nodes(self, key: str, *, optional: bool = False) -> list[Node]:
        if optional and self.values.get(key) is None:
            return []
        values = self._get(key, list, "a list")
        for index, value in enumerate(values):
            if not isinstance(value, dict):
                raise self.fault(f"{key}[{index}]", f"expected keys and values, found {value!r}")
        return [
            Node(self.place, f"{self._key(key)}[{value.get('id', index)}]", value)
            for index, value in enumerate(values)
        ]

    def named_nodes(self) -> Iterator[tuple[str, Node]]:
        for key in self.values:
            yield key, self.node(key)

    def by_language(self) -> dict[str, str]:
        for language in self.values:
            if language not in LANGUAGES:
                raise self.fault(language, f"is none of the languages {', '.join(LANGUAGES)}")
        return {language: self.text(language) for language in self.values}

    def names(self) -> dict[str, str]:
        return {language: self.text(language) for language in LANGUAGES}
