"""Rows held in the running transaction by those who only refer to them."""

from collections.abc import Iterable
from typing import Any

from django.db import connection


def hold(model: Any, keys: Iterable[int]) -> set[int]:
    """Keep these rows of `model` from being deleted until the transaction ends; returns the keys of those there are.

    Whoever deletes one has taken it with `select_for_update` first, and is waited for. Any number may hold a row at
    the same time, which is why this is not `select_for_update`: pages that have a tag in common would wait for each
    other. Foreign keys alone would be checked at the end of the transaction, too late to choose another row.
    """
    wanted = set(keys)
    if not wanted:
        return wanted
    sql, parameters = (
        model._base_manager.filter(pk__in=wanted).order_by("pk").values("pk").query.sql_with_params()
    )
    if connection.vendor == "postgresql":
        sql += " FOR KEY SHARE"
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return {key for (key,) in cursor.fetchall()}
