"""Corrections on the site: suggested from an entry, listed, decided."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core import clock
from knowledge.models import Correction, Entry
from knowledge.services import corrections
from people.models import User
from tests import world as worlds

pytestmark = pytest.mark.django_db
PAGE = "/en/communities/workshop/workshop-open/"


@pytest.fixture
def entry(world: worlds.World) -> Entry:
    User.objects.update(welcomed_at=clock.now())
    return world.entries["workshop-open"]


@pytest.fixture
def employee(world: worlds.World, sign_in: Any, entry: Entry) -> Client:
    return sign_in(world.employee)


def form_of(entry: Entry, query: str = "") -> str:
    return f"/entries/{entry.key}/corrections/new/{query}"


def suggested(entry: Entry, by: User, proposed: str = "Fifty, not fifteen") -> Correction:
    by = User.objects.get(pk=by.pk)
    return corrections.suggest(entry=entry, language="en", by=by, quoted="fifteen", proposed=proposed)


class TestSuggest:
    def test_from_the_page_and_back_to_it(self, employee: Client, entry: Entry) -> None:
        assert form_of(entry, "?language=en") in employee.get(PAGE).content.decode()
        answer = employee.post(form_of(entry, "?language=en"), {"quoted": "a", "proposed": "b"}, follow=True)
        assert answer.redirect_chain[-1][0] == PAGE
        assert "You get a mail when it is decided" in answer.content.decode()

    def test_the_language_that_was_read(self, world: worlds.World, employee: Client, entry: Entry) -> None:
        worlds.entry("ivrit", world.open, world.lead, language="he", translation_of=entry, title="כותרת")
        employee.post(form_of(entry, "?language=he"), {"proposed": "חמישים"})
        assert Correction.objects.get().language == "he"
        assert employee.get(form_of(entry, "?language=xx")).status_code == 200

    def test_the_owner_changes_it_themselves(self, world: worlds.World, sign_in: Any, entry: Entry) -> None:
        client = sign_in(world.lead)
        assert "Suggest a correction" not in client.get(PAGE).content.decode()
        assert client.get(form_of(entry)).status_code == 404

    @pytest.mark.parametrize(
        ("sent", "said"),
        [
            ({"proposed": " "}, "required"),
            ({"proposed": "x" * 4001}, "at most 4000"),
            ({"quoted": "x" * 2001, "proposed": "y"}, "at most 2000"),
            ({"proposed": "null\x00byte"}, "Null characters"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_lost(
        self, employee: Client, entry: Entry, sent: dict[str, str], said: str
    ) -> None:
        html = employee.post(form_of(entry), {"quoted": "<b>kept</b>", **sent}).content.decode()
        assert said in html
        assert not Correction.objects.exists()
        if "quoted" not in sent:
            assert "&lt;b&gt;kept&lt;/b&gt;" in html

    def test_too_often(self, employee: Client, entry: Entry, settings: Any) -> None:
        settings.RATE_LIMITS = {**settings.RATE_LIMITS, "correction": "1/hour"}
        employee.post(form_of(entry), {"proposed": "one"})
        answer = employee.post(form_of(entry), {"proposed": "two"})
        assert answer.status_code == 429
        assert "two</textarea>" in answer.content.decode()


class TestLists:
    def test_each_finds_theirs(self, world: worlds.World, sign_in: Any, entry: Entry) -> None:
        suggested(entry, world.employee)
        assert "Fifty" in sign_in(world.lead).get("/corrections/").content.decode()
        assert "Fifty" in sign_in(world.employee).get("/corrections/suggested/").content.decode()
        for user, part in ((world.member, ""), (world.member, "suggested/"), (world.employee, "")):
            assert "Fifty" not in sign_in(user).get(f"/corrections/{part}").content.decode()
        assert sign_in(world.lead).get("/corrections/nonsense/").status_code == 404

    def test_of_a_withdrawn_entry_without_its_title(
        self, world: worlds.World, sign_in: Any, entry: Entry
    ) -> None:
        suggested(entry, world.employee)
        entry.pages.get().specific.unpublish()
        html = sign_in(world.employee).get("/corrections/suggested/").content.decode()
        assert "An entry that is not published any more" in html
        assert "Title of" not in html

    def test_costs_the_same_however_many(self, world: worlds.World, sign_in: Any, entry: Entry) -> None:
        client = sign_in(world.lead)
        counts = []
        for number in (2, 12):
            for at in range(number):
                suggested(entry, world.employee, f"{number} {at}")
            client.get("/corrections/")
            with CaptureQueriesContext(connection) as queries:
                client.get("/corrections/")
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 8


class TestDecide:
    def test_the_owner_accepts(self, world: worlds.World, sign_in: Any, entry: Entry) -> None:
        correction = suggested(entry, world.employee, "<script>alert(1)</script>")
        client = sign_in(world.lead)
        html = client.get(correction.get_absolute_url()).content.decode()
        assert "&lt;script&gt;alert(1)" in html
        assert "<script>alert(1)" not in html
        client.post(correction.get_absolute_url(), {"decision": "accept"})
        assert "Fifty" not in client.get("/corrections/").content.decode()
        assert "Accepted" in client.get("/corrections/decided/").content.decode()

    def test_who_declines_says_why(self, world: worlds.World, sign_in: Any, entry: Entry) -> None:
        correction = suggested(entry, world.employee)
        client = sign_in(world.lead)
        html = client.post(correction.get_absolute_url(), {"decision": "decline"}).content.decode()
        assert "Say why you decline" in html
        client.post(correction.get_absolute_url(), {"decision": "decline", "answer": "It is fifteen."})
        html = sign_in(world.employee).get(correction.get_absolute_url()).content.decode()
        assert "It is fifteen." in html
        assert "Declined" in html

    def test_decided_by_somebody_else_meanwhile(
        self, world: worlds.World, sign_in: Any, entry: Entry
    ) -> None:
        correction = suggested(entry, world.employee)
        corrections.accept(correction=correction, by=world.curator)
        answer = sign_in(world.lead).post(
            correction.get_absolute_url(), {"decision": "decline", "answer": "No"}, follow=True
        )
        assert "Somebody has decided this already" in answer.content.decode()
