from typing import Any
from unittest import mock

import pytest
from django.db import OperationalError
from django.test import Client
from kombu import Connection

from cms import health
from search.backends.elasticsearch.connection import rest

pytestmark = pytest.mark.django_db


def test_says_that_each_part_answers() -> None:
    answer = Client().get("/readyz")
    assert answer.status_code == 200
    parts = ("status", "database", "search", "search_engine", "cache", "broker")
    assert answer.json() == dict.fromkeys(parts, "ok")


def test_an_engine_that_is_away_is_told_and_people_are_served(settings: Any) -> None:
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    answer = Client().get("/readyz")
    rest.end()
    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["search_engine"]) == ("ok", "unavailable")


@pytest.mark.parametrize("part", ["database", "search", "cache", "broker"])
def test_says_which_part_does_not(part: str) -> None:
    def away() -> None:
        raise OperationalError("secret host name")

    with mock.patch.dict(health.CHECKS, {part: away}):
        answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json()[part] == "unavailable"
    assert "secret" not in answer.content.decode()


@pytest.mark.slow
def test_a_broker_that_is_away_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(**options: Any) -> Connection:
        return Connection("redis://127.0.0.1:1", **options)

    monkeypatch.setattr(health.app, "connection_for_write", nowhere)
    assert Client().get("/readyz").status_code == 503
