"""A browser that has a page is told so without drawing it, and never when anything on it is another."""

import re
from typing import Any
from unittest.mock import Mock

import pytest
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core import outbox
from knowledge import addresses, page_pieces, page_views
from knowledge.models import Entry, EntryPage
from knowledge.services import pins, readings
from people.models import Community, User
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


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.get(ADDRESS)
    return client


def publish_with_tag(page: EntryPage) -> None:
    page.tags.add("pump")
    page.save_revision().publish()


def test_it_is_not_drawn_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    known = mark(client)
    monkeypatch.delattr(page_pieces, "drawn")
    for most in (5, 4):
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(ADDRESS, headers={"If-None-Match": known})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["ETag"] == known
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert len(queries) <= most


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


def test_the_second_time_it_is_not_even_looked_for(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    known = mark(client)
    assert ask(client, known) == 304
    outbox.record(outbox.Thing("entry", "00000000-0000-7000-8000-000000000000", []))
    monkeypatch.delattr(page_views, "find_page")
    assert ask(client, known) == 304
    assert ask(client, known) == 304


def test_one_copy_among_several_is_as_it_was(client: Client) -> None:
    known = mark(client)
    for _time in range(3):
        answer = client.get(ADDRESS, headers={"If-None-Match": f'W/"other", {known}'})
        assert (answer.status_code, answer.headers["ETag"]) == (304, known)


def test_what_is_sent_is_no_question_after_a_copy(client: Client) -> None:
    known = mark(client)
    assert [ask(client, known), ask(client, known)] == [304, 304]
    assert client.post(ADDRESS, headers={"If-None-Match": known}).status_code == 412


def test_another_condition_is_looked_at_first(client: Client) -> None:
    """RFC 9110, 13.2.2: If-Match goes before If-None-Match, and no weak mark matches it."""
    known = mark(client)
    assert [ask(client, known), ask(client, known)] == [304, 304]
    assert ask(client, known, **{"If-Match": known}) == 412


def test_an_address_that_leads_elsewhere_now_is_looked_at(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = mark(client)
    assert [ask(client, known), ask(client, known)] == [304, 304]
    monkeypatch.setattr(addresses, "root_paths", lambda: {"en": "/elsewhere/"})
    assert ask(client, known) == 404


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: Entry.objects.filter(pk=entry.pk).update(near=[entry.pk + 1]),
        lambda entry: Entry.objects.filter(pk=entry.pk).update(review_date="2031-01-01"),
        lambda entry: EntryPage.objects.filter(entry=entry).update(live=False),
        lambda entry: Community.objects.filter(pk=entry.community_id).update(state="closed"),
        lambda entry: Community.objects.filter(pk=entry.community_id).update(access="classified"),
        lambda entry: publish_with_tag(entry.pages.get().specific),
        lambda entry: entry.pages.get().delete(),
    ],
    ids=["near", "review", "withdrawn", "closed", "classified", "tag", "gone"],
)
def test_what_the_outbox_tells_and_what_it_does_not_makes_it_be_looked_for(
    client: Client, world: worlds.World, change: Any
) -> None:
    known = mark(client)
    assert [ask(client, known), ask(client, known)] == [304, 304]
    change(world.entries["workshop-open"])
    assert ask(client, known) != 304


def test_a_lead_sees_at_once_what_is_pinned(world: worlds.World) -> None:
    client = browser_of(world.lead)
    known = mark(client)
    assert [ask(client, known), ask(client, known)] == [304, 304]
    pins.pin(entry=world.entries["workshop-open"], by=world.lead)
    assert ask(client, known) == 200


def test_nothing_is_remembered_of_a_page_that_is_not_for_all(
    world: worlds.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = browser_of(world.member)
    address = "/en/communities/workshop/workshop-closed/"
    known = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": known}).status_code == 304
    monkeypatch.setattr(page_views, "find_page", Mock(side_effect=Http404))
    assert client.get(address, headers={"If-None-Match": known}).status_code == 404


def test_who_signed_out_is_asked_who_they_are(client: Client) -> None:
    known = mark(client)
    assert [ask(client, known), ask(client, known)] == [304, 304]
    client.logout()
    assert ask(client, known) == 302
