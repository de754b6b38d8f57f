import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.test import Client
from django.utils import timezone, translation
from pytest_django.plugin import DjangoDbBlocker

from core import rates
from core.models import AuditEntry
from people.models import User
from tests import kept_database, replay
from tests import world as worlds
from tests.elasticsearch_server import elasticsearch, follower

__all__ = ["elasticsearch", "follower"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, pytestconfig: pytest.Config) -> None:
    if pytestconfig.pluginmanager.has_plugin("cacheprovider"):
        kept_database.use(connections[DEFAULT_DB_ALIAS], Path(pytestconfig.cache.mkdir("databases")))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database, which nobody uses any more when it is dropped.

    While Playwright's event loop runs in this thread, asgiref gives Django another set of connections than before and
    after. One that a test has opened in between stays open, and cannot be reached from here but by the server.
    """
    with django_db_blocker.unblock():
        kept_database.put_rows_back()
    replay.watch_beginnings()
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    """Nobody has done anything yet: the counts are kept in the process, not in the database."""
    rates.forget()


@pytest.fixture(autouse=True)
def everyday_settings() -> None:
    """English and UTC, whatever the person of the test before spoke."""
    translation.activate(settings.LANGUAGE_CODE)
    timezone.deactivate()


@pytest.fixture(autouse=True)
def committed_audit(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let tests with real commits clean up after themselves although the audit log gives no row back."""
    mark = request.node.get_closest_marker("django_db")
    if "transactional_db" in request.fixturenames or (mark and mark.kwargs.get("transaction")):
        request.getfixturevalue("transactional_db")
        yield
        _empty_audit()
    else:
        yield


def _empty_audit() -> None:
    """Past the triggers that make the table append-only."""
    table = AuditEntry._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            within = (f"ALTER TABLE {table} {verb} TRIGGER USER" for verb in ("DISABLE", "ENABLE"))
            cursor.execute(f"; DELETE FROM {table}; ".join(within))
            return
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
            [table],
        )
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(f"DELETE FROM {table}")
        for _name, sql in triggers:
            cursor.execute(sql)


@pytest.fixture
def world(db: None) -> worlds.World:
    """A small organisation; see tests.world."""
    return worlds.build()


@pytest.fixture
def sign_in(client: Client) -> Callable[[User | None], Client]:
    """The test client as that person, or as a visitor."""

    def as_person(user: User | None) -> Client:
        client.logout()
        if user is not None:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_person


@pytest.fixture
def run_command() -> Callable[..., str]:
    """Run a management command and return what it printed."""

    def run(name: str, *args: Any, **options: Any) -> str:
        out = io.StringIO()
        call_command(name, *args, stdout=out, **options)
        return out.getvalue()

    return run
