"""A browser that has a page is told so without drawing it, and never when anything on it is another."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from knowledge import page_pieces
from knowledge.services import readings
from people.models import User
from people.services import memberships
from tests import world as worlds

pytestmark = pytest.mark.django_db
ADDRESS = "/en/communities/workshop/workshop-open/"


@pytest.fixture
def client(sign_in: Any, world: worlds.World) -> Client:
    """The employee, whose browser has had the page."""
    client: Client = sign_in(world.employee)
    client.get(ADDRESS)
    return client


def mark(client: Client) -> str:
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    return str(answer.headers["ETag"])


def ask(client: Client, mark: str, **headers: str) -> int:
    return client.get(ADDRESS, headers={"If-None-Match": mark, **headers}).status_code


def test_it_is_not_drawn_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    known = mark(client)
    monkeypatch.delattr(page_pieces, "drawn")
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(ADDRESS, headers={"If-None-Match": known})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["ETag"] == known
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert len(queries) <= 4


@pytest.mark.parametrize(
    "change",
    [
        lambda world: world.entries["workshop-open"].pages.update(title="Another title"),
        lambda world: readings.keep(user=world.employee, entry=world.entries["workshop-open"]),
        lambda world: User.objects.filter(pk=world.employee.pk).update(name="Another name"),
        lambda world: User.objects.filter(pk=world.employee.pk).update(language="he"),
        lambda world: User.objects.filter(pk=world.employee.pk).update(theme="dark"),
        lambda world: memberships.make_lead(user=world.employee, community=world.open, by=None),
    ],
    ids=["title", "reading list", "name", "language", "theme", "lead"],
)
def test_what_is_another_is_drawn(client: Client, world: worlds.World, change: Any) -> None:
    known = mark(client)
    assert ask(client, known) == 304
    change(world)
    assert ask(client, known) == 200


def test_who_may_not_see_it_any_more_is_not_told_that_it_is_as_it_was(
    client: Client, world: worlds.World
) -> None:
    known = mark(client)
    entry = world.entries["workshop-open"]
    entry.access = "classified"
    entry.save()
    assert ask(client, known) == 404


def test_another_person_at_the_same_browser_gets_their_own(
    client: Client, sign_in: Any, world: worlds.World
) -> None:
    known = mark(client)
    assert ask(sign_in(world.colleague), known) == 200


def test_a_message_is_shown_and_not_kept(client: Client, world: worlds.World) -> None:
    known = mark(client)
    client.post("/communities/workshop/join/")
    answer = client.get(ADDRESS, headers={"If-None-Match": known})
    assert answer.status_code == 200
    assert "You are a member now." in answer.content.decode()
    assert "ETag" not in answer.headers


def test_forms_of_a_page_that_was_kept_work(world: worlds.World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.employee, backend="django.contrib.auth.backends.ModelBackend")
    html = client.get(ADDRESS).content.decode()
    known = mark(client)
    assert ask(client, known) == 304
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', html)
    assert token is not None
    key = world.entries["workshop-open"].key
    kept = client.post(f"/entries/{key}/keep/", {"csrfmiddlewaretoken": token[1]})
    assert kept.status_code in {200, 302}
