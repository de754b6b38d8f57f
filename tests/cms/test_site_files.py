"""What browsers ask for at the root."""

import json
import re

import pytest
from django.test import Client
from pytest_django import Settings

from tests import world as worlds

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("he", "rtl")])
def test_it_can_be_put_on_a_home_screen(client: Client, language: str, direction: str) -> None:
    answer = client.get("/manifest.webmanifest", headers={"Accept-Language": language})
    told = json.loads(answer.content)
    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert (told["id"], told["start_url"], told["scope"]) == ("/", "/", "/")
    assert (told["lang"], told["dir"]) == (language, direction)
    assert {icon["sizes"] for icon in told["icons"]} == {"192x192", "512x512"}


class TestServiceWorker:
    def told(self, client: Client) -> dict[str, object]:
        answer = client.get("/sw.js")
        assert answer.headers["Content-Type"] == "text/javascript"
        words = re.match(
            r"self\.guildhall = (.*);\nimportScripts\(\"/static/dist/worker\.js\"\);", answer.text
        )
        assert words is not None
        found: dict[str, object] = json.loads(words[1])
        return found

    def test_knows_what_a_page_needs(self, client: Client, settings: Settings) -> None:
        settings.OFFLINE_READING = True
        told = self.told(client)
        assert told["isOn"] is True
        assert "/static/dist/app.rtl.css" in told["shell"]  # type: ignore[operator]

    def test_tidies_up_where_nothing_is_to_be_kept(self, client: Client, settings: Settings) -> None:
        settings.OFFLINE_READING = False
        assert self.told(client)["isOn"] is False

    def test_comes_anew_within_an_hour(self, client: Client) -> None:
        assert client.get("/sw.js").headers["Cache-Control"] == "public, max-age=3600"


def test_the_page_without_a_connection_names_nobody(sign_in: object, world: worlds.World) -> None:
    client: Client = sign_in(world.employee)  # type: ignore[operator]
    words = client.get("/offline/").text
    assert "No connection" in words
    assert world.employee.name not in words
    assert "Title of" not in words


def test_workers_and_manifests_come_from_here_alone(client: Client) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "worker-src 'self'" in policy
    assert "manifest-src 'self'" in policy
