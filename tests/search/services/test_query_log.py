from datetime import timedelta
from typing import Any

import pytest
import time_machine

from core import clock
from people.models import User
from search import indexing
from search.models import LoggedQuery, QuerySummary
from search.services import query_log
from tests import world as worlds
from tests.world import World

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db]


def ask(text: str, user: User | None, *, found: int = 3, **more: Any) -> LoggedQuery:
    logged = query_log.record(text, user=user, language="en", found=found, by_some_words=False)
    assert logged is not None
    if more:
        LoggedQuery.objects.filter(pk=logged.pk).update(**more)
        logged.refresh_from_db()
    return logged


def summary(folded: str) -> QuerySummary:
    query_log.summarise()
    return QuerySummary.objects.get(folded=folded)


class TestRecord:
    def test_keeps_what_was_asked_by_whom(self, world: World) -> None:
        logged = ask("Насос  К-204!", world.employee)
        assert (logged.text, logged.folded, logged.user) == ("Насос  К-204!", "насос к 204", world.employee)

    @pytest.mark.parametrize("text", ["", "  ", "!!!", "🙂"])
    def test_keeps_nothing_without_words(self, world: World, text: str) -> None:
        assert (
            query_log.record(text, user=world.employee, language="en", found=0, by_some_words=False) is None
        )
        assert not LoggedQuery.objects.exists()


class TestOpened:
    def test_the_first_answer_that_was_opened_counts(self, world: World) -> None:
        logged = ask("pump", world.employee)
        assert query_log.opened(str(logged.public_id), user=world.employee, rank=4)
        assert query_log.opened(str(logged.public_id), user=world.employee, rank=1)
        logged.refresh_from_db()
        assert logged.opened_rank == 4

    def test_nobody_tells_for_another(self, world: World) -> None:
        logged = ask("pump", world.employee)
        assert not query_log.opened(str(logged.public_id), user=world.colleague, rank=1)
        logged.refresh_from_db()
        assert logged.opened_rank is None


class TestForget:
    def test_names_after_thirty_days_and_all_after_thirteen_months(self, world: World) -> None:
        now = clock.now()
        young = ask("young", world.employee, asked_at=now - timedelta(days=29))
        old = ask("old", world.employee, asked_at=now - timedelta(days=31))
        ask("ancient", world.employee, asked_at=now - timedelta(days=401))
        assert query_log.forget_names() == 1
        young.refresh_from_db()
        old.refresh_from_db()
        assert (young.user, old.user) == (world.employee, None)
        assert not LoggedQuery.objects.filter(text="ancient").exists()


class TestSummarise:
    def test_counts_each_question_however_it_was_written(self, world: World) -> None:
        ask("Pump seal", world.employee, opened_rank=1, opened_at=clock.now())
        ask("pump  SEAL", world.colleague, opened_rank=3, opened_at=clock.now())
        ask("Pump seal", world.colleague, found=0)
        row = summary("pump seal")
        assert (row.text, row.times, row.people, row.unanswered) == ("Pump seal", 3, 2, 1)
        assert (row.opened, row.mean_rank) == (2, 2.0)

    def test_what_is_older_than_ninety_days_is_not_counted(self, world: World) -> None:
        ask("pump", world.employee)
        with time_machine.travel(clock.now() + timedelta(days=91), tick=False):
            assert query_log.summarise() == 0
        assert not QuerySummary.objects.exists()

    def test_twice_is_once(self, world: World) -> None:
        ask("pump", world.employee)
        assert [query_log.summarise(), query_log.summarise()] == [1, 1]
        assert QuerySummary.objects.count() == 1


class TestPopular:
    def test_is_what_three_people_found(self, world: World) -> None:
        worlds.entry("seals", world.open, world.lead, title="Pump seal")
        indexing.rebuild()
        for user in (world.employee, world.colleague, world.expert):
            ask("pump seal", user)
            ask("seal pump", user, found=0)
        ask("pump", world.employee)
        ask("pump", world.colleague)
        assert summary("pump seal").is_popular
        assert not summary("seal pump").is_popular, "nobody found anything"
        assert not summary("pump").is_popular, "two people"

    def test_one_person_many_times_is_nobody_else(self, world: World) -> None:
        worlds.entry("seals", world.open, world.lead, title="Pump seal")
        indexing.rebuild()
        for _time in range(5):
            ask("pump", world.employee)
        assert not summary("pump").is_popular

    def test_what_a_closed_place_alone_answers_is_not_told(self, world: World) -> None:
        """Though each of the words stands somewhere that everybody reads."""
        worlds.entry("north", world.open, world.lead, title="Aurora over the harbour")
        worlds.entry("deal", world.open, world.lead, title="Merger of two warehouses")
        worlds.entry("secret", world.closed, world.lead, title="Merger with Aurora")
        indexing.rebuild()
        for user in (world.lead, world.member, world.moderator):
            ask("merger aurora", user)
        assert not summary("merger aurora").is_popular
