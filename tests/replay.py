"""What a costly fixture wrote into the database, kept as rows and written again where the same stood before."""

import hashlib
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, ParamSpec, TypeVar

from django.apps import apps
from django.db import connection, transaction
from django.test import TestCase

from tests.upkeep import settle

Given = ParamSpec("Given")
Result = TypeVar("Result")
Row = tuple[Any, ...]
Rows = dict[Any, Row]
WRITTEN_BY_TRIGGERS = {"wagtailsearch_indexentry_fts"}


@dataclass(frozen=True)
class Table:
    """The columns of a table that can be written, with the place of the primary key among them."""

    name: str
    columns: tuple[str, ...]
    key: int

    def rows(self) -> Rows:
        with connection.cursor() as cursor:
            names = ", ".join(connection.ops.quote_name(column) for column in self.columns)
            sql = f"SELECT {names} FROM {connection.ops.quote_name(self.name)}"
            cursor.execute(sql)
            return {row[self.key]: row for row in cursor.fetchall()}

    def delete(self, keys: list[Any]) -> None:
        key = connection.ops.quote_name(self.columns[self.key])
        with connection.cursor() as cursor:
            sql = f"DELETE FROM {connection.ops.quote_name(self.name)} WHERE {key} = %s"
            cursor.executemany(sql, [[each] for each in keys])

    def insert(self, rows: list[Row]) -> None:
        names = ", ".join(connection.ops.quote_name(column) for column in self.columns)
        places = ", ".join(["%s"] * len(self.columns))
        with connection.cursor() as cursor:
            sql = f"INSERT INTO {connection.ops.quote_name(self.name)} ({names}) VALUES ({places})"
            cursor.executemany(sql, rows)


@dataclass(frozen=True)
class Change:
    """What a fixture did to one table; a changed row is taken away and written anew."""

    table: Table
    gone: list[Any]
    written: list[Row]


def restore(rows: dict[Table, Rows]) -> None:
    """Make the tables hold these rows and no others."""
    changes = _changes(database(), rows)
    _play(changes, _script(changes))


@dataclass(frozen=True)
class Recording:
    """All changes of one run of a fixture, with what it returned, pickled: every test gets its own objects.

    `script` makes the changes in one go, where the database takes more than one statement at a time.
    """

    changes: list[Change]
    script: str
    result: bytes


_recordings: dict[tuple[str, bool, str], Recording] = {}
UNTOUCHED = "nothing was written in the test's transaction"


def once(build: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs) -> Result:
    """What `build` returns, its rows in the database: by running it, or from when it ran on the same database.

    What it is given must follow from what is in the database. Files that it writes stay until the process ends. Kept is
    what has come to rest: no test begins with an index that lacks what is there.
    """
    before = None if _is_untouched() else database()
    # Within a test's transaction nothing is done of what waits for its end: without one more is written.
    start = (
        f"{build.__module__}.{build.__qualname__}",
        connection.in_atomic_block,
        _digest(before) if before else UNTOUCHED,
    )
    recording = _recordings.get(start)
    if recording is None:
        before = before or database()
        built = build(*args, **kwargs)
        if not connection.in_atomic_block:
            settle()
        changes = _changes(before, database())
        _recordings[start] = Recording(changes, _script(changes), pickle.dumps(built))
        return built
    _play(recording.changes, recording.script)
    result: Result = pickle.loads(recording.result)
    return result


_beginnings: dict[str, tuple[Any, int]] = {}


def watch_beginnings() -> None:
    """Have it noted where a test's transaction begins: SQLite does not tell whether one has written anything."""
    enter = TestCase._enter_atomics.__func__  # type: ignore[attr-defined]  # Django's own hook

    def noted(case: type[TestCase]) -> Any:
        is_first = not connection.in_atomic_block
        entered = enter(case)
        if is_first and connection.vendor == "sqlite":
            _beginnings["sqlite"] = _rows_changed()
        return entered

    TestCase._enter_atomics = classmethod(noted)  # type: ignore[attr-defined]  # Django's own hook


def _rows_changed() -> tuple[Any, int]:
    """SQLite's own connection, with how many rows it has changed in its life: what is rolled back counts on."""
    own = connection.connection
    return own, own.total_changes


def _is_untouched() -> bool:
    """Whether the tables hold what every test in a transaction begins with, as far as that can be known by asking."""
    if not connection.in_atomic_block:
        return False
    if connection.vendor == "sqlite":
        return _beginnings.get("sqlite") == _rows_changed()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id_if_assigned() IS NULL")
        return bool(cursor.fetchone()[0])


@cache
def _tables() -> tuple[Table, ...]:
    models = {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
    existing = set(connection.introspection.table_names()) - WRITTEN_BY_TRIGGERS
    tables = []
    for name, model in sorted(models.items()):
        if name in existing:
            fields = [field for field in model._meta.local_concrete_fields if not field.generated]
            columns = tuple(str(field.column) for field in fields)
            tables.append(Table(name, columns, columns.index(model._meta.pk.column)))
    return tuple(tables)


def database() -> dict[Table, Rows]:
    """All rows of all tables that models have."""
    return {table: table.rows() for table in _tables()}


def _digest(database: dict[Table, Rows]) -> str:
    content = [(table.name, sorted(rows.items())) for table, rows in database.items()]
    return hashlib.sha256(repr(content).encode()).hexdigest()


def _changes(before: dict[Table, Rows], after: dict[Table, Rows]) -> list[Change]:
    changes = []
    for table, rows in after.items():
        old = before[table]
        gone = [key for key, row in old.items() if rows.get(key) != row]
        written = [row for key, row in rows.items() if old.get(key) != row]
        if gone or written:
            changes.append(Change(table, gone, written))
    return changes


def _play(changes: list[Change], script: str) -> None:
    with transaction.atomic():
        if script:
            with connection.cursor() as cursor:
                cursor.execute(script)
            return
        for change in changes:
            change.table.delete(change.gone)
            change.table.insert(change.written)


def _script(changes: list[Change]) -> str:
    """The same as text, with every value written out."""
    if connection.vendor != "postgresql":
        return ""
    statements = []
    with connection.cursor() as cursor:
        for change in changes:
            table = change.table
            if change.gone:
                key = connection.ops.quote_name(table.columns[table.key])
                places = ", ".join(["%s"] * len(change.gone))
                sql = f"DELETE FROM {connection.ops.quote_name(table.name)} WHERE {key} IN ({places})"
                statements.append(cursor.mogrify(sql, change.gone))
            if change.written:
                names = ", ".join(map(connection.ops.quote_name, table.columns))
                row = f"({', '.join(['%s'] * len(table.columns))})"
                sql = (
                    f"INSERT INTO {connection.ops.quote_name(table.name)} ({names})"
                    f" VALUES {', '.join([row] * len(change.written))}"
                )
                values = [value for written in change.written for value in written]
                statements.append(cursor.mogrify(sql, values))
    return ";\n".join(statements)
