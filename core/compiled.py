"""Querysets whose SQL is made once and asked many times: of seven tables Django makes it for longer than they are read.

The rows of a queryset that have certain primary keys, as tuples. What tables say is asked of them each time. All else
that the answer depends on is written into the statement: whoever keeps one keeps it by all of that.
"""

import hashlib
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Expression, QuerySet
from django.db.models.expressions import RawSQL

from core.prepared import Statement

# Stands among the parameters where the keys will.
_KEYS: Any = object()
# The place of a column, and how its values become Python's.
_Conversion = tuple[int, Sequence[Callable[..., Any]], Expression]


@dataclass(frozen=True)
class Compiled:
    """What `made` makes."""

    statement: Statement | None = None
    parameters: Sequence[Any] = ()
    conversions: Sequence[_Conversion] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether the queryset holds no row, whatever stands in the tables."""
        return self.statement is None

    def rows(self, keys: Sequence[int]) -> list[tuple[Any, ...]]:
        """The values of the rows that have one of these primary keys, in no order; one query."""
        if self.statement is None or not keys:
            return []
        given = list(keys) if connection.vendor == "postgresql" else json.dumps(list(keys))
        found = self.statement.all([given if each is _KEYS else each for each in self.parameters])
        return [self._converted(row) for row in found] if self.conversions else found

    def _converted(self, row: Sequence[Any]) -> tuple[Any, ...]:
        values = list(row)
        for place, converters, expression in self.conversions:
            for converter in converters:
                values[place] = converter(values[place], expression, connection)
        return tuple(values)


def made(rows: QuerySet[Any], fields: Sequence[str]) -> Compiled:
    """The statement that gives these fields of rows of the queryset; asks the database nothing."""
    given = "unnest(%s::bigint[])" if connection.vendor == "postgresql" else "value FROM json_each(%s)"
    among = RawSQL(f"SELECT {given}", [_KEYS])  # noqa: S611 - one of two texts of our own
    query = rows.order_by().filter(pk__in=among).values_list(*fields).query
    compiler = query.get_compiler(connection=connection)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return Compiled()
    columns = [expression for expression, _sql, _alias in compiler.select]
    return Compiled(
        _statement(sql, len(parameters)),
        tuple(parameters),
        tuple(
            (place, converters, expression)
            for place, (converters, expression) in compiler.get_converters(columns).items()
        ),
    )


def _statement(sql: str, parameters: int) -> Statement:
    """Named by what it says, so that all who differ in parameters alone share one text and one plan.

    PostgreSQL sees by itself of what type each parameter is, as it does where they stand in the text.
    """
    name = f"compiled_{hashlib.sha256(sql.encode()).hexdigest()[:32]}"
    return Statement(name, sys.intern(sql), ("unknown",) * parameters)
