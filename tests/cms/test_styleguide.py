from collections.abc import Callable

import pytest
from django.test import Client

from people.models import User
from tests.world import World

SignIn = Callable[[User | None], Client]


@pytest.fixture
def reader(world: World, sign_in: SignIn) -> Client:
    return sign_in(world.employee)


def test_shows_the_components(reader: Client) -> None:
    page = reader.get("/styleguide/").content.decode()
    for sign in (
        "entry-card",
        "community-card",
        "person-card",
        "call-out",
        "step-list",
        "facet-group",
        "gh-dialog",
        "batch-bar",
        "share-chart",
        "enlarger",
        "enlarges",
    ):
        assert f'"{sign}' in page or f" {sign}" in page


def test_no_template_comment_or_unknown_component_is_left_in_the_page(reader: Client) -> None:
    page = reader.get("/styleguide/").content.decode()
    assert "{#" not in page
    assert "{%" not in page
    assert "<c-" not in page


def test_theme_and_language_may_be_asked_for_in_the_address(reader: Client) -> None:
    page = reader.get("/styleguide/", {"theme": "dark", "lang": "he"}).content.decode()
    assert '<html lang="he" dir="rtl" data-bs-theme="dark">' in page
    assert "app.rtl" in page


@pytest.mark.parametrize("query", [{"theme": "neon", "lang": "xx"}, {"theme": "", "lang": "../etc"}])
def test_nonsense_is_passed_over(reader: Client, query: dict[str, str]) -> None:
    response = reader.get("/styleguide/", query)
    assert response.status_code == 200
    assert '<html lang="en" dir="ltr" data-bs-theme="auto">' in response.content.decode()


def test_passes_the_strict_content_policy(reader: Client) -> None:
    response = reader.get("/styleguide/")
    page = response.content.decode()
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert " style=" not in page
    assert " onclick=" not in page
    assert "<script>" not in page
