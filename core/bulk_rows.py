"""Many new rows at once, the fastest way that the database has.

`bulk_create` builds statements with a parameter for every value, and refuses tables that have a parent. PostgreSQL
takes rows as a stream instead (COPY), which costs both sides a fraction; SQLite gets one insert a batch. As with
`bulk_create` no row's `save` is called and no signal is sent: who calls this sees to what would follow from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db import connections, router, transaction
from django.db.models import Field, Model
from django.db.models.expressions import DatabaseDefault

Streams = Mapping[str, Sequence[str]]
NONE: Final[Streams] = {}
NO_CHANGES: Final[Mapping[str, str]] = {}
# SQLite takes 32 766 values in one statement; the widest table has some forty columns.
BATCH: Final = 400


def insert(rows: Sequence[Model], *, streams: Streams = NONE) -> None:
    """Write new rows of one model, into each of its tables; the rows know their keys afterwards.

    `streams` names StreamFields whose values are at hand as JSON, one a row: a body that is stored as it stands need
    not be built up only to be taken apart again.
    """
    if not rows:
        return
    model = type(rows[0])
    if any(type(row) is not model for row in rows):
        raise TypeError("rows of one type at a time")
    using = router.db_for_write(model)
    with transaction.atomic(using=using, savepoint=False):
        if connections[using].vendor == "postgresql":
            _number(rows, using)
            for table in _tables(model):
                _copy(table, rows, streams, using)
        else:
            for name, values in streams.items():
                for row, value in zip(rows, values, strict=True):
                    setattr(row, name, value)
            for start in range(0, len(rows), BATCH):
                _insert(rows[start : start + BATCH], using)
    for row in rows:
        row._state.adding = False
        row._state.db = using


def append(rows: Iterable[Model]) -> None:
    """Write new rows of one model whose keys nobody asks for: the database numbers them as it writes them."""
    found = list(rows)
    if not found:
        return
    model = type(found[0])
    using = router.db_for_write(model)
    if connections[using].vendor == "postgresql":
        own = model._meta.auto_field
        _copy(model, found, NONE, using, leave_out=own)
    else:
        model._base_manager.bulk_create(found, batch_size=BATCH)


def write_over(
    model: Any,
    columns: Mapping[str, Sequence[Any]],
    *,
    unique: Sequence[str],
    changes: Mapping[str, str] = NO_CHANGES,
) -> None:
    """Write rows of a model without parents, each over the one with the same `unique` values if it is there.

    `columns` are the values by the field's attribute, one a row; no two rows have the same `unique` values. A row that
    is there takes the new value of every other column that is given, or what `changes` says in SQL, where the new one
    is `excluded`; one that is not has the defaults of its fields elsewhere.
    """
    quoted = connections[router.db_for_write(model)].ops.quote_name
    settings = {
        field.column: changes.get(field.attname, f"excluded.{quoted(field.column)}")
        for field in _written(model)
        if field.attname in columns and field.attname not in unique
    }
    set_anew = ", ".join(f"{quoted(column)} = {value}" for column, value in settings.items())
    _write(model, columns, unique, f"UPDATE SET {set_anew}")


def write_missing(model: Any, columns: Mapping[str, Sequence[Any]], *, unique: Sequence[str]) -> None:
    """Like `write_over`, but a row with the same `unique` values that is there stays as it is."""
    _write(model, columns, unique, "NOTHING")


def _written(model: Any) -> list[Any]:
    return [
        field
        for field in model._meta.local_concrete_fields
        if field is not model._meta.auto_field and not field.generated and not field.has_db_default()
    ]


def _write(model: Any, columns: Mapping[str, Sequence[Any]], unique: Sequence[str], conflict: str) -> None:
    connection = connections[router.db_for_write(model)]
    quoted = connection.ops.quote_name
    number = len(columns[unique[0]])
    if not number:
        return
    fields = _written(model)
    prepared = [
        [field.get_db_prep_save(value, connection) for value in columns[field.attname]]
        if field.attname in columns
        else [field.get_db_prep_save(field.get_default(), connection)] * number
        for field in fields
    ]
    names = ", ".join(quoted(field.column) for field in fields)
    same = ", ".join(quoted(field.column) for field in fields if field.attname in unique)
    statement = f"INSERT INTO {quoted(model._meta.db_table)} ({names}) %s ON CONFLICT ({same}) DO {conflict}"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # A parameter a column, however many rows: a statement with one a value takes longer to read than to do.
            arrays = ", ".join(f"%s::{field.cast_db_type(connection)}[]" for field in fields)
            cursor.execute(statement % f"SELECT * FROM unnest({arrays})", prepared)  # noqa: S608 - our own names
            return
        rows = list(zip(*prepared, strict=True))
        for start in range(0, number, BATCH):
            some = rows[start : start + BATCH]
            places = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * len(some))
            cursor.execute(statement % f"VALUES {places}", [value for row in some for value in row])


def _tables(model: Any) -> list[Any]:
    """The models with a table of their own that a row of `model` stands in, the topmost first."""
    return [
        table
        for table in reversed(model.__mro__)
        if issubclass(table, Model)
        and table is not Model
        and not table._meta.abstract
        and not table._meta.proxy
    ]


def _number(rows: Sequence[Any], using: str) -> None:
    """Take as many keys from the sequence of the topmost table as there are rows."""
    top = _tables(type(rows[0]))[0]
    own = top._meta.auto_field
    if own is None:
        return
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [f'"{top._meta.db_table}"', own.column, len(rows)],
        )
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            _identify(row, own, key)


def _identify(row: Any, own: Field[Any, Any], key: Any) -> None:
    """The key of the topmost table's row is that of the row in each table below it."""
    setattr(row, own.attname, key)
    for table in _tables(type(row))[1:]:
        for link in table._meta.parents.values():
            if link is not None:
                setattr(row, link.attname, key)


def _copy(
    table: Any, rows: Sequence[Any], streams: Streams, using: str, *, leave_out: Field[Any, Any] | None = None
) -> None:
    connection = connections[using]
    first = rows[0]
    fields = [
        field
        for field in table._meta.local_concrete_fields
        if field is not leave_out
        and not field.generated
        and not isinstance(getattr(first, field.attname), DatabaseDefault)
    ]
    columns = [
        streams[field.attname] if field.attname in streams else _values(field, rows, connection)
        for field in fields
    ]
    quoted = connection.ops.quote_name
    names = ", ".join(quoted(field.column) for field in fields)
    statement = f"COPY {quoted(table._meta.db_table)} ({names}) FROM STDIN"
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,  # Django hands COPY on to psycopg and would let its errors through
        cursor.copy(statement) as stream,
    ):
        for values in zip(*columns, strict=True):
            stream.write_row(values)


def _values(field: Any, rows: Sequence[Any], connection: Any) -> list[Any]:
    return [field.get_db_prep_save(field.pre_save(row, True), connection) for row in rows]


def _insert(rows: Sequence[Any], using: str) -> None:
    """One insert for each table, from the topmost down."""
    for table in _tables(type(rows[0])):
        own = table._meta.auto_field
        returned = table._base_manager._insert(
            rows,
            fields=[field for field in table._meta.local_concrete_fields if field is not own],
            returning_fields=[own] if own else None,
            using=using,
        )
        if own:
            for row, (key,) in zip(rows, returned, strict=True):
                _identify(row, own, key)
