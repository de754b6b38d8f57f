"""Where nothing is found, the page says what else to try."""

from html import unescape
from typing import Any

import pytest
from django.test import Client

from core import clock
from search import engine, tries
from search.models import QuerySummary
from tests import world as worlds
from tests.search.contract import Indexed
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def offered(text: str, world: World, viewer: str = "employee") -> list[tuple[str, int]]:
    found = tries.less_strict(text, world.viewer(viewer), languages=("en",))
    return [(each.question, each.count) for each in found]


def ask(client: Client, text: str) -> str:
    return unescape(client.get("/search/", {"q": text}).content.decode())


class TestLessStrict(Indexed):
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("author:nobody gearbox", ["gearbox"]),
            ('"seal gearbox"', ["seal gearbox"]),
            ("gearbox -seal", ["gearbox"]),
            # The words alone, where each of several is too much.
            ('author:nobody "seal gearbox"', ["seal gearbox"]),
            ('author:nobody gearbox -"grease"', ["gearbox", 'gearbox -"grease"']),
        ],
    )
    def test_without_what_is_too_much(self, world: World, text: str, expected: list[str]) -> None:
        self.entry(world, "seal", title="Gearbox seal")
        self.index()
        assert offered(text, world) == [(question, 1) for question in expected]

    def test_counts_what_its_page_shows(self, world: World) -> None:
        self.entry(world, "one", title="Gearbox seal")
        self.entry(world, "two", title="Gearbox of Emil Employee")
        self.index()
        found = offered('kind:person "employee emil" gearbox', world)
        assert "gearbox employee emil" in dict(found)
        for question, count in found:
            assert engine.search(question, world.viewer("employee")).answered == count

    def test_a_word_in_quotation_marks_stays_what_it_was(self, world: World) -> None:
        self.entry(world, "seal", title="Gearbox weld")
        self.index()
        assert offered('gearbox "-weld" author:nobody', world) == [("gearbox weld", 1)]

    def test_nothing_is_offered_that_the_reader_would_not_find(self, world: World) -> None:
        worlds.entry("secret", world.closed, world.lead, title="Zeppelin hangar")
        self.index()
        assert offered('"hangar zeppelin"', world) == []
        assert offered('"hangar zeppelin"', world, "member") == [("hangar zeppelin", 1)]

    @pytest.mark.parametrize(
        "text", ["", "-", '""', "author:", "-pump", "author:x", '-"', "\x00", "zeppelin"]
    )
    def test_what_has_nothing_to_loosen(self, world: World, text: str) -> None:
        self.entry(world, "all", title="Pump zeppelin author x")
        self.index()
        assert offered(text, world) == []


class TestPage(Indexed):
    def test_leads_to_what_has_answers(self, world: World, client: Client) -> None:
        self.entry(world, "seal", title="Gearbox seal")
        self.index()
        client.force_login(world.employee)
        page = ask(client, '"seal gearbox"')
        assert "Did you try" in page
        assert 'href="/search/?q=seal+gearbox"' in page
        assert "<bdi>the words in any order</bdi> · 1 result" in page
        assert "Did you try" not in ask(client, "gearbox")

    def test_says_what_others_search_for(self, world: World, client: Client) -> None:
        common = {"times": 9, "unanswered": 0, "opened": 0, "last_asked_at": clock.now()}
        for text, people, is_popular in (("pump seal", 5, True), ("takeover", 2, False)):
            QuerySummary.objects.create(
                folded=text, text=text, people=people, is_popular=is_popular, **common
            )
        client.force_login(world.employee)
        page = ask(client, "zeppelin")
        assert "Others search for" in page
        assert 'href="/search/?q=pump+seal"' in page
        assert "takeover" not in page

    def test_where_other_kinds_answer_the_kind_is_what_is_too_much(
        self, world: World, client: Client
    ) -> None:
        self.entry(world, "seal", title="Gearbox seal")
        self.index()
        client.force_login(world.employee)
        page = ask(client, "kind:person gearbox")
        assert "Nothing of this kind" in page
        assert 'href="/search/?q=gearbox"' in page

    def test_costs_no_more_than_a_page_may(
        self, world: World, client: Client, django_assert_max_num_queries: Any
    ) -> None:
        self.entry(world, "seal", title="Gearbox seal")
        self.index()
        client.force_login(world.employee)
        ask(client, 'author:nobody "seal gearbox" -seal')
        with django_assert_max_num_queries(14):
            ask(client, 'author:nobody "seal gearbox" -seal')
