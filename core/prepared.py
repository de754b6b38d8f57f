"""Statements that PostgreSQL plans once a connection: over four tables it plans for longer than it looks.

Said in SQL (PREPARE and EXECUTE), so that what counts and logs statements sees them as any other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection

# By connection, the names of what it has planned already: they last as long as it does.
_planned: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Statement:
    """A statement with a name of its own, `%s` where a parameter stands, and the type of each parameter."""

    name: str
    sql: str
    types: Sequence[str]

    def first(self, parameters: Sequence[Any]) -> tuple[Any, ...] | None:
        """The first row of its answer."""
        with connection.cursor() as cursor:
            self._execute(cursor, parameters)
            row: tuple[Any, ...] | None = cursor.fetchone()
            return row

    def all(self, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Every row of its answer."""
        with connection.cursor() as cursor:
            self._execute(cursor, parameters)
            return list(cursor.fetchall())

    def _execute(self, cursor: Any, parameters: Sequence[Any]) -> None:
        if _keeps_plans():
            self._plan(cursor)
            places = ", ".join("%s" for _type in self.types)
            cursor.execute(f"EXECUTE {self.name} ({places})", parameters)
        else:
            cursor.execute(self.sql, parameters)

    def _plan(self, cursor: Any) -> None:
        known = _planned.setdefault(connection.connection, set())
        if self.name not in known:
            numbered = self.sql % tuple(f"${number}" for number in range(1, len(self.types) + 1))
            cursor.execute(f"PREPARE {self.name} ({', '.join(self.types)}) AS {numbered}")
            known.add(self.name)


def _keeps_plans() -> bool:
    """Not behind a pool that gives each transaction another connection, which Django is told of by this setting."""
    return connection.vendor == "postgresql" and not connection.settings_dict.get(
        "DISABLE_SERVER_SIDE_CURSORS"
    )
