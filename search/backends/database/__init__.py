"""The index kept in the database itself: Wagtail's tables, filled with words that `search.analysis` has cut.

Wagtail's admin searches through `SearchBackend`, the site through `ranking`; both read the same rows.
"""

from typing import Any

from django.db import connection


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 - Wagtail looks for this name
    # The module of the other database cannot even be imported: its tables are not there.
    if connection.vendor == "postgresql":
        from search.backends.database.postgres import PostgresBackend

        return PostgresBackend(params)
    from search.backends.database.sqlite import SQLiteBackend

    return SQLiteBackend(params)
