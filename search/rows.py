"""The rows that sources declare, read for an index: under which key, with which texts, who may read them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from core.declarations import SearchSource
from people.access import ANY_EMPLOYEE
from search.texts import ANY_LANGUAGE, Texts, texts_of

BATCH = 200


@dataclass(frozen=True)
class Row:
    """One row. `is_readable` says that every employee may see it, which is when its words may be learned."""

    key: str
    pk: Any
    instance: Any
    language: str
    texts: Texts
    is_readable: bool


def read(source: SearchSource, queryset: Any) -> list[Row]:
    """Rows, each read as what it is: a page's own fields are in the table of its type."""
    pages = issubclass(source.model, Page)
    languages = [source.language] if source.language else []
    told = {pk: more for pk, *more in queryset.order_by().values_list("pk", source.key, *languages)}
    rows = list(queryset.order_by("pk").specific() if pages else queryset.order_by("pk"))
    source.prepare(rows)
    readable = _readable(source, list(told))
    found = []
    for row in rows:
        key, language = (*told.get(row.pk, [""]), ANY_LANGUAGE)[:2]
        texts = texts_of(row, language)
        found.append(Row(str(key), row.pk, row, language, texts, row.pk in readable))
    return found


def in_batches(source: SearchSource) -> Iterator[list[Row]]:
    """Every row of a source, some at a time."""
    last: Any = None
    while True:
        queryset = source.indexable().order_by("pk")
        if last is not None:
            queryset = queryset.filter(pk__gt=last)
        pks = list(queryset.values_list("pk", flat=True)[:BATCH])
        if not pks:
            return
        yield read(source, source.indexable().filter(pk__in=pks))
        last = pks[-1]


def of_keys(source: SearchSource, keys: list[str]) -> list[Row]:
    """The rows behind keys of the outbox."""
    return read(source, source.rows_of(sorted(set(keys))))


def _readable(source: SearchSource, pks: list[Any]) -> set[Any]:
    """Those of the rows that every employee may see."""
    if not pks or not source.listed:
        return set()
    return set(source.visible(ANY_EMPLOYEE).filter(pk__in=pks).order_by().values_list("pk", flat=True))
