"""Many entries at once in the admin: chosen one by one or as a list finds them, asked, done, followed, undone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.fields import uuid7
from knowledge.choices import BulkState
from knowledge.models import BulkChange, Entry
from knowledge.services import bulk_changes
from people.models import User
from tests import world as worlds
from tests.knowledge.reports import crowd

SignIn = Callable[[User | None], Client]


def address(action: str, *entries: Entry, where: str = "", query: str = "") -> str:
    chosen = "&".join(f"id={entry.pk}" for entry in entries) or "id=all"
    listed = reverse(where or "entry:index") + query
    return f"{reverse('wagtail_bulk_action', args=['knowledge', 'entry', action])}?{chosen}&next={listed}"


def post(client: Client, place: str, **data: Any) -> Any:
    return client.post(place, {"token": str(uuid7()), **data})


@pytest.fixture
def curator(sign_in: SignIn, world: worlds.World) -> Client:
    return sign_in(world.curator)


class TestChoosing:
    def test_all_means_what_the_list_finds(self, curator: Client, world: worlds.World) -> None:
        crowd.entries(world.open, world.lead, 3)
        where = {"where": "catalogue_reports:freshness", "query": "%3Fstate%3Dpast"}
        asked = curator.get(address("hand_over", **where)).content.decode()
        assert "This is done to 3 entries" in asked
        assert post(curator, address("hand_over", **where), owner=world.member.pk).status_code == 302
        assert Entry.objects.filter(owner=world.member).count() == 3

    def test_what_a_person_looks_after_is_asked_once(self, curator: Client, world: worlds.World) -> None:
        """Joined with itself it took PostgreSQL minutes, where it did not know yet how many entries there are."""
        with CaptureQueriesContext(connection) as listed:
            curator.get(reverse("catalogue_reports:freshness"))
        once = max(query["sql"].count("people_membership") for query in listed.captured_queries)
        with CaptureQueriesContext(connection) as asked:
            post(curator, address("hand_over", where="catalogue_reports:freshness"), owner=world.member.pk)
        times = [
            query["sql"].count("people_membership")
            for query in asked.captured_queries
            if 'FROM "knowledge_entry"' in query["sql"]
        ]
        assert 0 < max(times) <= once

    def test_of_a_list_of_something_else_nothing_is_chosen(
        self, curator: Client, world: worlds.World
    ) -> None:
        for listed in ("catalogue_reports:heavy", "tag:index", "home"):
            assert curator.get(address("publish", where=listed)).status_code == 404

    def test_what_one_may_not_see_is_neither_there_nor_counted(
        self, sign_in: SignIn, world: worlds.World
    ) -> None:
        secret = world.entries["workshop-classified"]
        client = sign_in(world.curator)
        assert client.get(address("publish", secret)).status_code == 404
        assert post(client, address("publish", secret)).status_code == 404
        everything = client.get(address("publish")).content.decode()
        assert "vault" not in everything
        assert "workshop-classified" not in everything
        assert BulkChange.objects.count() == 0

    def test_is_not_for_those_outside(self, sign_in: SignIn, world: worlds.World) -> None:
        entry = world.entries["workshop-open"]
        for name in ("employee", "expert", "member"):
            assert post(sign_in(world.people[name]), address("publish", entry)).status_code == 403


class TestAsking:
    def test_says_before_what_cannot_be_undone(self, curator: Client, world: worlds.World) -> None:
        entry = world.entries["workshop-open"]
        assert "cannot be undone" in curator.get(address("archive", entry)).content.decode()
        assert "can be undone afterwards" in curator.get(address("move", entry)).content.decode()

    def test_a_wrong_answer_keeps_the_others(self, curator: Client, world: worlds.World) -> None:
        place = address("hand_over", world.entries["workshop-open"])
        shown = post(curator, place, owner="", note="You know it best").content.decode()
        assert "You know it best" in shown
        assert "This field is required" in shown
        past = post(curator, address("review_date", world.entries["workshop-open"]), review_date="2020-01-01")
        assert "This day is over." in past.content.decode()

    def test_tags_are_made_by_adding_and_never_by_removing(
        self, curator: Client, world: worlds.World
    ) -> None:
        entry = world.entries["workshop-open"]
        assert "There is no tag" in post(curator, address("remove_tags", entry), tags="pump").content.decode()
        assert post(curator, address("add_tags", entry), tags="pump").status_code == 302
        assert entry.pages.get().specific.tags.get().name == "pump"

    def test_it_asks_the_same_however_many_are_chosen(self, curator: Client, world: worlds.World) -> None:
        asked = []
        crowd.entries(world.open, world.lead, 30)
        curator.get(address("publish"))
        for query in ("%3Fkind%3Dwiki", "%3Fq%3Dworkshop", ""):
            with CaptureQueriesContext(connection) as captured:
                curator.get(address("publish", query=query))
            asked.append(len(captured))
        assert max(asked) - min(asked) <= 1, asked


class TestFollowing:
    @pytest.fixture
    def change(self, curator: Client, world: worlds.World, monkeypatch: pytest.MonkeyPatch) -> BulkChange:
        monkeypatch.setattr(bulk_changes, "AT_ONCE", 2)
        crowd.entries(world.open, world.lead, 5)
        where = {"where": "catalogue_reports:freshness", "query": "%3Fstate%3Dpast"}
        answer = post(curator, address("review_date", **where), review_date="2099-01-01")
        change = BulkChange.objects.get()
        assert answer.url == reverse("bulk_change:one", args=[change.public_id])
        return change

    def test_many_have_a_page_where_they_are_stopped_and_undone(
        self, curator: Client, world: worlds.World, change: BulkChange
    ) -> None:
        place = reverse("bulk_change:one", args=[change.public_id])
        bulk_changes.go_on(change.pk, most=2)
        shown = curator.get(place).content.decode()
        assert "2 of 5" in shown
        assert "data-refresh" in shown
        assert curator.post(reverse("bulk_change:cancel", args=[change.public_id])).status_code == 302
        assert "data-refresh" not in curator.get(place).content.decode()
        curator.post(reverse("bulk_change:undo", args=[change.public_id]))
        bulk_changes.go_on(change.pk)
        change.refresh_from_db()
        assert change.state == BulkState.UNDONE
        assert not Entry.objects.filter(review_date="2099-01-01").exists()
        assert (
            "That is not possible any more."
            in curator.post(
                reverse("bulk_change:undo", args=[change.public_id]), follow=True
            ).content.decode()
        )
        assert re.search(r"Set the review date", curator.get(reverse("bulk_change:index")).content.decode())

    def test_it_is_theirs_who_asked(self, sign_in: SignIn, world: worlds.World, change: BulkChange) -> None:
        client = sign_in(world.moderator)
        assert client.get(reverse("bulk_change:one", args=[change.public_id])).status_code == 404
        for name in ("cancel", "undo", "resume"):
            assert client.post(reverse(f"bulk_change:{name}", args=[change.public_id])).status_code == 404
        assert "Set the review date" not in client.get(reverse("bulk_change:index")).content.decode()

    def test_an_entry_that_was_closed_meanwhile_is_not_named(
        self, curator: Client, world: worlds.World, change: BulkChange
    ) -> None:
        Entry.objects.filter(slug="crowd-1").update(access="classified")
        shown = curator.get(reverse("bulk_change:one", args=[change.public_id])).content.decode()
        assert "An entry that is not open to you" in shown
        assert "crowd-1" not in shown


def test_what_was_archived_is_found_with_its_reason(curator: Client, world: worlds.World) -> None:
    entry = world.entries["workshop-open"]
    post(curator, address("archive", entry), reason="The line was sold.")
    found = curator.get(reverse("entry:index") + "?archived=true")
    assert [row.slug for row in found.context["object_list"]] == ["workshop-open"]
    assert "The line was sold." in curator.get(reverse("entry:edit", args=[entry.pk])).content.decode()
