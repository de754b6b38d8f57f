"""Paging: numbered pages for people, keysets for programs."""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import Q, QuerySet

LARGEST_NUMBER = 2**63 - 1


def numbered(queryset: Any, number: Any, size: int = 24, *, count: int | None = None) -> Page:
    """The asked page; nonsense means the first, beyond the end means the last. A `count` at hand saves a query."""
    paginator = Paginator(queryset, size)
    if count is not None:
        paginator.__dict__["count"] = count
    try:
        return paginator.page(max(1, int(number or 1)))
    except (ValueError, TypeError, OverflowError):
        return paginator.page(1)
    except EmptyPage:
        return paginator.page(paginator.num_pages)


class InvalidCursor(ValueError):
    """The text given as cursor was not made by `keyset`."""


@dataclass(frozen=True)
class Slice:
    """Some items of a longer list and the opaque cursor of what follows (None at the end)."""

    items: list[Any]
    next: str | None


def keyset(queryset: QuerySet[Any], *, order: tuple[str, str], cursor: str | None, limit: int) -> Slice:
    """The next `limit` rows after `cursor`, ordered by two fields of which the second is unique; "-" means descending.

    Costs the same however far one has paged, and neither repeats nor skips rows while others are added.
    Raises InvalidCursor.
    """
    first, second = (field.lstrip("-") for field in order)
    rows = queryset.order_by(*order)
    if cursor:
        a, b = _decode(cursor)
        beyond = [
            f"{name}__{'lt' if field.startswith('-') else 'gt'}"
            for name, field in zip((first, second), order, strict=True)
        ]
        try:
            # Said once more without an "or", for an index to begin there.
            rows = rows.filter(**{f"{beyond[0]}e": a})
            rows = rows.filter(Q(**{beyond[0]: a}) | Q(**{first: a, beyond[1]: b}))
        except (ValueError, TypeError, ValidationError) as error:
            raise InvalidCursor(cursor) from error
    items = list(rows[: limit + 1])
    if len(items) <= limit:
        return Slice(items, None)
    last = items[limit - 1]
    return Slice(items[:limit], _encode([_value(last, first), _value(last, second)]))


def _value(row: Any, field: str) -> Any:
    if isinstance(row, tuple):
        return getattr(row, field)
    for name in field.split("__"):
        row = getattr(row, name)
    return row


def _encode(values: list[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(values, default=str).encode()).decode().rstrip("=")


def _decode(cursor: str) -> list[Any]:
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error) as error:
        raise InvalidCursor(cursor) from error
    if not isinstance(values, list) or len(values) != 2 or not all(map(_is_storable, values)):
        raise InvalidCursor(cursor)
    return values


def _is_storable(value: Any) -> bool:
    """Whether a database takes the value at all: JSON knows larger numbers, and halves of characters."""
    if isinstance(value, str):
        return "\x00" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)
    return isinstance(value, int) and abs(value) <= LARGEST_NUMBER
