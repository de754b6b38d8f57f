"""A real browser on a real server. The browser is the system's Chromium, named by CHROMIUM or found by itself."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect
from pytest_django.live_server_helper import LiveServer

from people.models import User
from people.roles import Role
from tests import world as worlds

# Playwright's synchronous interface runs an event loop in this thread, which makes Django refuse the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# As long as the browser itself waits for what it is to press: a busy machine draws late.
expect.set_options(timeout=15_000)

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ["--no-sandbox"]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    # Contrast is measured on what is drawn at rest, not half way through a transition.
    return {**browser_context_args, "reduced_motion": "reduce"}


@pytest.fixture
def committed(transactional_db: None) -> None:
    """Rows are committed, so that the server sees them, and all are gone after the test."""


@pytest.fixture
def world(committed: None) -> worlds.World:
    """As the world of other tests."""
    return worlds.build()


@pytest.fixture
def reader(committed: None) -> User:
    """An employee alone, for pages that need no content."""
    return worlds.person("reader@example.org", Role.EMPLOYEE, name="Rita Reader")


@pytest.fixture
def enter(live_server: LiveServer, context: BrowserContext, client: Client) -> Callable[[User], None]:
    """Sign the browser in as that person."""

    def as_person(user: User) -> None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )

    return as_person


@pytest.fixture
def complaints(page: Page) -> Iterator[list[str]]:
    """What the browser says against the page: script errors, refused scripts and styles, missing files."""
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            said.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield said
    assert said == []
