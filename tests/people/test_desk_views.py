"""A lead's day on one page, sections on and off, and the welcome of new members."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from core import clock
from core.declarations import community_sections
from knowledge.models import Correction, Entry
from knowledge.services import corrections
from people.models import Community, Membership, User
from people.services import communities, invitations, memberships
from tests import world as worlds
from tests.world import World

SignIn = Callable[[User | None], Client]


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


class TestToDo:
    def test_names_what_waits(self, world: World, sign_in: SignIn) -> None:
        memberships.join(user=world.employee, community=world.closed, message="I keep the minutes")
        invitations.invite(community=world.closed, by=world.lead, email="guest@example.org")
        entry = world.entries["boardroom-open"]
        Entry.objects.filter(pk=entry.pk).update(
            owner=world.member, review_date=clock.today() - timedelta(days=4)
        )
        html = sign_in(world.lead).get("/communities/boardroom/to-do/").content.decode()
        for shown in ("I keep the minutes", "guest@example.org", "Title of boardroom-open", "Max Member"):
            assert shown in html
        assert "Nothing waits for you" not in html

    def test_corrections_wait_for_leads_too_where_they_may_see_the_entry(
        self, world: World, sign_in: SignIn
    ) -> None:
        for slug in ("boardroom-open", "workshop-open"):
            Entry.objects.filter(pk=world.entries[slug].pk).update(owner=world.curator)
            corrections.suggest(
                entry=world.entries[slug],
                language="en",
                by=fresh(world.member),
                quoted="",
                proposed=f"In {slug}",
            )
        html = sign_in(world.lead).get("/communities/boardroom/to-do/").content.decode()
        assert "In boardroom-open" in html
        assert "In workshop-open" not in html
        made = Correction.objects.get(proposed="In boardroom-open")
        corrections.decline(correction=made, by=fresh(world.lead), answer="It is right.")
        html = sign_in(world.lead).get("/communities/boardroom/to-do/").content.decode()
        assert "In boardroom-open" not in html

    def test_nobody_hears_there_of_an_entry_that_is_not_for_them(self, world: World, sign_in: SignIn) -> None:
        secret = world.entries["workshop-classified"]
        Entry.objects.filter(pk=secret.pk).update(owner=world.employee)
        corrections.suggest(
            entry=Entry.objects.get(pk=secret.pk),
            language="en",
            by=fresh(world.lead),
            quoted="",
            proposed="Secret",
        )
        assert "Secret" in sign_in(world.lead).get("/communities/workshop/to-do/").content.decode()
        assert "Secret" not in sign_in(world.curator).get("/communities/workshop/to-do/").content.decode()

    def test_says_so_when_nothing_waits(self, world: World, sign_in: SignIn) -> None:
        html = sign_in(world.lead).get("/communities/boardroom/to-do/").content.decode()
        assert "Nothing waits for you" in html

    def test_drafts_are_named_to_those_who_may_see_them(self, world: World, sign_in: SignIn) -> None:
        worlds.entry("secret-draft", world.open, world.lead, access="classified", publish=False)
        assert (
            "Title of secret-draft"
            in sign_in(world.lead).get("/communities/workshop/to-do/").content.decode()
        )
        html = sign_in(world.curator).get("/communities/workshop/to-do/").content.decode()
        assert "Title of draft" in html
        assert "secret-draft" not in html

    @pytest.mark.slow
    def test_costs_the_same_for_few_and_many(self, world: World, sign_in: SignIn) -> None:
        client = sign_in(world.lead)

        def fill(number: int) -> None:
            for at in range(number):
                person = worlds.person(f"p{number}-{at}@example.org")
                memberships.join(user=person, community=world.closed)
                invitations.invite(
                    community=world.closed, by=fresh(world.lead), email=f"i{number}-{at}@a.org"
                )
                entry = worlds.entry(f"e{number}-{at}", world.closed, world.member)
                Entry.objects.filter(pk=entry.pk).update(review_date=clock.today() - timedelta(days=4))
                worlds.entry(f"d{number}-{at}", world.closed, world.member, publish=False)
                corrections.suggest(
                    entry=entry,
                    language="en",
                    by=fresh(world.lead),
                    quoted="",
                    proposed=f"Word {number} {at}",
                )

        def cost() -> int:
            client.get("/communities/boardroom/to-do/")
            with CaptureQueriesContext(connection) as queries:
                client.get("/communities/boardroom/to-do/")
            return len(queries)

        fill(1)
        few = cost()
        fill(3)
        assert few == cost() <= 8


class TestSections:
    def hide(self, world: World, *slugs: str) -> None:
        communities.arrange_sections(community=world.open, by=fresh(world.lead), order=[], hidden=list(slugs))

    def test_a_hidden_section_is_gone_for_readers_and_marked_for_leads(
        self, world: World, sign_in: SignIn
    ) -> None:
        self.hide(world, "best-practices", "members", "statistics")
        paths = ("entries/best-practices/", "members/", "statistics/", "statistics/export/")
        for path in paths:
            assert sign_in(world.member).get(f"/communities/workshop/{path}").status_code == 404
            assert sign_in(world.lead).get(f"/communities/workshop/{path}").status_code == 200
        assert "switched off" in sign_in(world.lead).get("/communities/workshop/members/").content.decode()
        html = sign_in(world.member).get("/communities/workshop/").content.decode()
        assert "/communities/workshop/members/" not in html
        assert "Title of workshop-open" in sign_in(world.member).get("/catalogue/").content.decode()

    def test_an_entry_does_not_lead_into_a_hidden_section(self, world: World, sign_in: SignIn) -> None:
        url = world.entries["workshop-open"].pages.get().get_url()
        assert "/entries/best-practices/" in sign_in(world.member).get(url).content.decode()
        self.hide(world, "best-practices")
        assert "/entries/best-practices/" not in sign_in(world.member).get(url).content.decode()

    def test_are_moved_and_switched_by_buttons(self, world: World, sign_in: SignIn) -> None:
        client = sign_in(world.lead)
        shown = [slug for slug in community_sections.names() if slug not in {"blog", "overview"}]
        client.post("/communities/workshop/manage/sections/", {"shown": shown, "up": "statistics"})
        stored = Community.objects.get(pk=world.open.pk)
        assert stored.hidden_sections == ["blog"]
        assert stored.section_order[0] == "overview"
        assert stored.section_order[-2:] == ["statistics", "members"]
        client.post("/communities/workshop/manage/sections/", {"shown": shown, "up": "best-practices"})
        assert Community.objects.get(pk=world.open.pk).section_order[:2] == ["overview", "best-practices"]


class TestGreeting:
    def test_is_shown_to_new_members_until_they_put_it_away(self, world: World, sign_in: SignIn) -> None:
        Community.objects.filter(pk=world.open.pk).update(greeting={"en": "Begin <b>here</b>"})
        client = sign_in(world.employee)
        shown = escape("Begin <b>here</b>")
        assert shown not in client.get("/communities/workshop/").content.decode()
        memberships.join(user=world.employee, community=world.open)
        assert shown in client.get("/communities/workshop/").content.decode()
        client.post("/communities/workshop/welcome/")
        assert shown not in client.get("/communities/workshop/").content.decode()
        memberships.leave(user=world.employee, community=world.open)
        memberships.join(user=fresh(world.employee), community=world.open)
        assert shown in client.get("/communities/workshop/").content.decode()

    def test_is_not_for_leads_or_for_who_came_long_ago(self, world: World, sign_in: SignIn) -> None:
        Community.objects.filter(pk=world.open.pk).update(greeting={"en": "Begin here"})
        Membership.objects.filter(user=world.member).update(since=clock.now() - timedelta(days=40))
        for user in (world.lead, world.member):
            assert "Begin here" not in sign_in(user).get("/communities/workshop/").content.decode()

    def test_changing_the_access_keeps_it(self, world: World) -> None:
        Community.objects.filter(pk=world.open.pk).update(greeting={"en": "Begin here"})
        communities.change_access(community=world.open, by=fresh(world.lead), to="closed")
        assert Community.objects.get(pk=world.open.pk).greeting == {"en": "Begin here"}
