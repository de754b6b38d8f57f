"""A migrated database, kept for whoever needs one next: migrating an empty one takes half a minute of a processor.

On SQLite it is a file in pytest's cache, there for the next run too; on PostgreSQL a template on the same server, there
for the other workers. Django still migrates what it gets, so that nothing can be missing but a changed migration: a
digest of all migrations stands in the name.

Tests with real commits put back the rows that they changed, whatever comes after them. Django's way, to empty every
table and write each row again from JSON before the next such test, takes seconds, and others must not come in between.
"""

import contextlib
import fcntl
import functools
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.creation import DatabaseCreation as PostgreSQLCreation
from django.db.backends.sqlite3.creation import DatabaseCreation as SQLiteCreation
from django.test import TransactionTestCase

from tests import replay


def use(connection: BaseDatabaseWrapper, folder: Path) -> None:
    """Let the test database of this connection be made from a kept one in `folder`, and kept if none is."""
    kept: Any = {"sqlite": KeptSQLite, "postgresql": KeptPostgreSQL}[connection.vendor]
    # Not Django's proxy: within Playwright's loop that would stand for another connection, which is made later.
    type(connection).creation_class = functools.partial(kept, folder=folder)  # type: ignore[assignment]  # called like one
    connection.creation = kept(connection, folder)


def file_in(folder: Path) -> Path:
    """Where a database of today's migrations is kept, or would be."""
    return folder / f"{digest()}.sqlite3"


def put_rows_back() -> None:
    """Let every test with real commits leave the rows that are there now."""
    rows = replay.database()

    def put_back(case: TransactionTestCase) -> None:
        replay.restore(rows)

    TransactionTestCase._fixture_teardown = put_back  # type: ignore[attr-defined]  # Django's own hook


class KeptSQLite(SQLiteCreation):
    """Copies the file into the memory that is the test database."""

    def __init__(self, connection: Any, folder: Path) -> None:
        super().__init__(connection)
        self.folder = folder
        self.file = file_in(folder)

    def create_test_db(self, *args: Any, **kwargs: Any) -> str:
        name = super()._get_test_db_name()  # type: ignore[misc]  # not in the stubs
        with alone(self.folder, "sqlite"), contextlib.closing(sqlite3.connect(name, uri=True)) as memory:
            if self.file.exists():
                with contextlib.closing(sqlite3.connect(self.file)) as kept:
                    kept.backup(memory)
                return str(super().create_test_db(*args, **kwargs))
            created: str = super().create_test_db(*args, **kwargs)
            self._keep(memory)
            return created

    def _keep(self, memory: sqlite3.Connection) -> None:
        for old in self.folder.glob("*.sqlite3*"):
            old.unlink()
        unfinished = self.file.with_suffix(f".sqlite3-{os.getpid()}")
        with contextlib.closing(sqlite3.connect(unfinished)) as copy:
            memory.backup(copy)
        unfinished.rename(self.file)


class KeptPostgreSQL(PostgreSQLCreation):
    """Lets the server copy a template, for as long as the server lasts."""

    def __init__(self, connection: Any, folder: Path) -> None:
        super().__init__(connection)
        self.folder = folder
        self.template = f"guildhall_kept_{digest()}"

    def create_test_db(self, *args: Any, **kwargs: Any) -> str:
        with alone(self.folder, "postgresql"):
            if self._is_kept():
                self.connection.settings_dict["TEST"]["TEMPLATE"] = self.template
                return str(super().create_test_db(*args, **kwargs))
            created: str = super().create_test_db(*args, **kwargs)
            self.connection.close()  # a template is copied while nobody is connected to it
            quoted = self.connection.ops.quote_name
            with self.connection._nodb_cursor() as cursor:
                cursor.execute(f"CREATE DATABASE {quoted(self.template)} TEMPLATE {quoted(created)}")
            return created

    def _is_kept(self) -> bool:
        with self.connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.template])
            return cursor.fetchone() is not None


@contextlib.contextmanager
def alone(folder: Path, vendor: str) -> Iterator[None]:
    """One worker at a time for each vendor: the others wait, and then copy what it has made."""
    with (folder / f"lock-{vendor}").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def digest() -> str:
    """Changes when a migration of any installed app does."""
    found = hashlib.sha256()
    for app in sorted(apps.get_app_configs(), key=lambda each: each.name):
        for file in sorted(Path(app.path).glob("migrations/*.py")):
            found.update(f"{app.name}/{file.name}\0".encode() + file.read_bytes())
    return found.hexdigest()[:16]
