from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.journeys.walk import Walk


@pytest.fixture
def walk(live_server: LiveServer, page: Page) -> Iterator[Walk]:
    """A browser that nobody is signed in with; at the end it must have had nothing to complain of."""
    walking = Walk(page, live_server)
    yield walking
    assert walking.complaints == []


@pytest.fixture
def second_walk(live_server: LiveServer, new_context: Callable[..., Any]) -> Iterator[Walk]:
    """Another browser, for a second person at the same time."""
    walking = Walk(new_context().new_page(), live_server)
    yield walking
    assert walking.complaints == []


@pytest.fixture
def phone(live_server: LiveServer, new_context: Callable[..., Any]) -> Iterator[Walk]:
    """A screen that is touched."""
    context = new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    walking = Walk(context.new_page(), live_server)
    walking.page.set_viewport_size({"width": 390, "height": 844})
    yield walking
    assert walking.complaints == []
