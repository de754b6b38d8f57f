"""What stands in a row, as its `search_fields` declare: for every engine the same texts with the same weight."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.conf import settings
from django.db.models import Manager
from modelsearch.index import AutocompleteField, RelatedFields, SearchField

TITLE, SUMMARY, BODY, BESIDE = PARTS = "title", "summary", "body", "beside"
# A field of this weight or more names the thing, one of the other describes it in short; one of less than 1 stands
# beside it: what is in its files, what it is about.
TITLE_BOOST = 3
SUMMARY_BOOST = 2
BODY_BOOST = 1
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
ANY_LANGUAGE = "any"


@dataclass(frozen=True)
class Texts:
    """The texts of one row, each under its part and language, and its names as suggestions complete them."""

    parts: dict[tuple[str, str], str]
    names: str = ""

    def of(self, *parts: str) -> str:
        """The texts of these parts in all languages."""
        return "\n".join(text for (part, _language), text in self.parts.items() if part in parts)

    @cached_property
    def digest(self) -> str:
        """Changes when any of the texts does."""
        written = "\x00".join((*map(str, sorted(self.parts.items())), self.names))
        return hashlib.blake2b(written.encode(), digest_size=16).hexdigest()


def texts_of(row: Any, language: str = ANY_LANGUAGE) -> Texts:
    """What the index keeps of a row that is written in `language`; fields named after a language are in that one."""
    found: dict[tuple[str, str], list[str]] = {}
    names: list[str] = []
    for field, text in _values(row, _fields(row.__class__)):
        if isinstance(field, AutocompleteField):
            names.append(text)
        elif text:
            place = _part_of(field), _language_of(field) or language
            found.setdefault(place, []).append(text)
    return Texts({place: "\n".join(texts) for place, texts in found.items()}, "\n".join(names))


@cache
def _fields(model: Any) -> list[Any]:
    """Put together anew each time that a model is asked for them."""
    return list(model.get_search_fields())


def _part_of(field: Any) -> str:
    boost = field.boost or 1
    if field.field_name == "title" or boost >= TITLE_BOOST:
        return TITLE
    if boost >= SUMMARY_BOOST:
        return SUMMARY
    return BODY if boost >= BODY_BOOST else BESIDE


def _language_of(field: Any) -> str:
    ending = field.field_name.rpartition("_")[2]
    return ending if ending in LANGUAGES else ""


def _values(row: Any, fields: Iterable[Any]) -> Iterator[tuple[Any, str]]:
    for field in fields:
        if isinstance(field, SearchField | AutocompleteField):
            yield field, _plain(field.get_value(row))
        elif isinstance(field, RelatedFields):
            related = field.get_value(row)
            for other in related.all() if isinstance(related, Manager) else [related] if related else []:
                yield from _values(other, field.fields)


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return "\n".join(_plain(part) for part in value)
    return "" if value is None else str(value)
