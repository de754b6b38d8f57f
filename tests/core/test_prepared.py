from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.prepared import Statement

pytestmark = [pytest.mark.django_db]

postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="only PostgreSQL keeps plans by name"
)


def statement(name: str) -> Statement:
    return Statement(name, "SELECT %s || '%%', %s + 1", ["text", "bigint"])


def said(name: str, *rows: tuple[Any, ...]) -> list[str]:
    """The first word of each statement that asking for these rows took."""
    with CaptureQueriesContext(connection) as asked:
        assert [statement(name).first(row) for row in rows] == [(f"{a}%", b + 1) for a, b in rows]
    return [query["sql"].split()[0] for query in asked]


@postgresql
def test_is_planned_once_a_connection() -> None:
    assert said("once_tested", ("a", 1), ("'; --", 2)) == ["PREPARE", "EXECUTE", "EXECUTE"]
    connection.ensure_connection()
    with mock.patch.object(
        connection, "connection", connection.get_new_connection(connection.get_connection_params())
    ):
        other = connection.connection
        assert said("once_tested", ("b", 3)) == ["PREPARE", "EXECUTE"]
        other.close()
    assert said("once_tested", ("c", 4)) == ["EXECUTE"]


def test_is_asked_as_it_stands_where_transactions_share_connections() -> None:
    with mock.patch.dict(connection.settings_dict, DISABLE_SERVER_SIDE_CURSORS=True):
        assert said("shared_tested", ("a", 1), ("%s", 2)) == ["SELECT", "SELECT"]


def test_nothing_found_is_none() -> None:
    nothing = Statement("nothing_tested", "SELECT 1 WHERE 1 = CAST(%s AS INT)", ["int"])
    assert nothing.first([2]) is None
    assert nothing.first([1]) == (1,)
