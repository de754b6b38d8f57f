"""Somebody's own reading: kept from the page of an entry, found again, and nobody else's to see."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core import clock
from knowledge.models import Entry, Reading
from knowledge.services import readings
from people.models import User
from people.services import memberships
from tests import world as worlds

pytestmark = pytest.mark.django_db
PAGE = "/en/communities/workshop/workshop-open/"


@pytest.fixture
def entry(world: worlds.World) -> Entry:
    return world.entries["workshop-open"]


@pytest.fixture
def employee(world: worlds.World, sign_in: Any) -> Client:
    User.objects.update(welcomed_at=clock.now())
    return sign_in(world.employee)


def page(client: Client, part: str = "") -> str:
    return client.get(f"/reading/{part}").content.decode()


class TestKeep:
    def test_on_the_list_and_off_again(self, employee: Client, entry: Entry) -> None:
        assert "Read later" in employee.get(PAGE).content.decode()
        assert employee.post(f"/entries/{entry.key}/keep/").status_code == 302
        assert "On your list" in employee.get(PAGE).content.decode()
        assert "Title of workshop-open" in page(employee)
        employee.post(f"/entries/{entry.key}/keep/", {"keep": "no"})
        assert "Nothing on your list yet" in page(employee)

    def test_the_button_alone_where_the_page_stays(self, employee: Client, entry: Entry) -> None:
        answer = employee.post(f"/entries/{entry.key}/keep/", headers={"HX-Request": "true"})
        assert "On your list" in answer.content.decode()
        assert "<html" not in answer.content.decode()

    def test_what_may_not_be_seen_cannot_be_kept(self, world: worlds.World, employee: Client) -> None:
        for slug in ("workshop-closed", "vault-open", "draft"):
            assert employee.post(f"/entries/{world.entries[slug].key}/keep/").status_code == 404


class TestNote:
    def test_where_one_stopped_one_goes_on(self, employee: Client, entry: Entry) -> None:
        sent = {"language": "en", "progress": "62"}
        assert employee.post(f"/entries/{entry.key}/reading/", sent).status_code == 204
        assert f'href="{PAGE}#at-62"' in page(employee, "begun/")
        assert f'href="{PAGE}#at-62"' in employee.get("/").content.decode()

    def test_read_to_the_end_it_waits_no_more(self, employee: Client, entry: Entry) -> None:
        employee.post(f"/entries/{entry.key}/reading/", {"language": "en", "progress": "98"})
        assert "Nothing begun" in page(employee, "begun/")
        assert f'href="{PAGE}"' in page(employee, "read/")

    @pytest.mark.parametrize(
        "sent",
        [
            {},
            {"language": "en", "progress": "101"},
            {"language": "en", "progress": "-1"},
            {"language": "xx", "progress": "5"},
            {"language": "en", "progress": "٣"},
            {"language": "en", "progress": "9" * 400},
        ],
    )
    def test_nonsense_is_refused(self, employee: Client, entry: Entry, sent: dict[str, str]) -> None:
        assert employee.post(f"/entries/{entry.key}/reading/", sent).status_code == 400
        assert not Reading.objects.exists()

    def test_too_often(self, employee: Client, entry: Entry, settings: Any) -> None:
        settings.RATE_LIMITS = {**settings.RATE_LIMITS, "reading": "1/hour"}
        sent = {"language": "en", "progress": "6"}
        answers = [employee.post(f"/entries/{entry.key}/reading/", sent).status_code for _time in range(2)]
        assert answers == [204, 429]


class TestPage:
    def test_nobody_sees_anothers(self, world: worlds.World, sign_in: Any, entry: Entry) -> None:
        readings.keep(user=world.employee, entry=entry)
        readings.note(user=world.employee, entry=entry, language="en", progress=50)
        for part in ("", "begun/", "read/"):
            assert "Title of workshop-open" not in page(sign_in(world.moderator), part)

    def test_what_may_be_seen_no_more_stays_away(self, world: worlds.World, sign_in: Any) -> None:
        closed = world.entries["workshop-closed"]
        readings.keep(user=world.member, entry=closed)
        readings.note(user=world.member, entry=closed, language="en", progress=50)
        client = sign_in(world.member)
        assert "Title of workshop-closed" in page(client)
        memberships.remove(membership=world.open.memberships.get(user=world.member), by=world.lead)
        for part in ("", "begun/", "read/"):
            assert "workshop-closed" not in page(client, part)

    def test_a_part_that_does_not_exist(self, employee: Client) -> None:
        assert employee.get("/reading/nonsense/").status_code == 404

    @pytest.mark.slow
    def test_costs_the_same_however_long(self, world: worlds.World, sign_in: Any) -> None:
        client = sign_in(world.employee)

        def asked(number: int) -> list[int]:
            for count in range(number):
                one = worlds.entry(f"more-{number}-{count}", world.open, world.lead)
                readings.keep(user=world.employee, entry=one)
                readings.note(user=world.employee, entry=one, language="en", progress=50)
            costs = []
            for address in ("/reading/", "/reading/begun/", "/reading/read/", "/"):
                client.get(address)
                with CaptureQueriesContext(connection) as queries:
                    client.get(address)
                costs.append(len(queries))
            return costs

        few, many = asked(2), asked(12)
        assert few == many
        assert max(many) <= 10
