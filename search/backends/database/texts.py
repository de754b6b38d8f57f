"""Which words of a row are stored, and in which of the index's three columns."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Manager
from modelsearch.index import AutocompleteField, RelatedFields, SearchField

from search import analysis

# A field of this weight or more names the thing; the rest describes it.
NAMING_BOOST = 2


@dataclass(frozen=True)
class Texts:
    """The words of one row: of what names it, of what describes it, and for suggestions."""

    title: str
    body: str
    autocomplete: str

    @property
    def digest(self) -> str:
        parts = "\x00".join((self.title, self.body, self.autocomplete))
        return hashlib.blake2b(parts.encode(), digest_size=16).hexdigest()


def texts_of(row: Any) -> Texts:
    """What the index keeps of a row, as its `search_fields` declare."""
    naming: list[str] = []
    describing: list[str] = []
    typed: list[str] = []
    for field, text in _values(row, row.get_search_fields()):
        if isinstance(field, AutocompleteField):
            typed.append(text)
        elif field.field_name == "title" or (field.boost or 1) >= NAMING_BOOST:
            naming.append(text)
        else:
            describing.append(text)
    return Texts(
        title=analysis.stored("\n".join(naming)),
        body=analysis.stored("\n".join(describing)),
        autocomplete=analysis.stored_for_typing("\n".join(typed)),
    )


def _values(row: Any, fields: list[Any]) -> Iterator[tuple[Any, str]]:
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
