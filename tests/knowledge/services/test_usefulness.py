"""Readers say whether an entry helped them: once each, counted without drift, heard by who answers for it."""

from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from knowledge.models import Entry, EntryUsefulness, UsefulnessAnswer
from knowledge.services import usefulness
from knowledge.services.usefulness import Figures, OwnEntry
from people.choices import Access
from people.models import User
from people.services import memberships, people
from tests import world as worlds
from tests.world import World

Capture = Callable[..., Any]


@pytest.fixture
def entry(world: World) -> Entry:
    return world.entries["workshop-open"]


def counted(entry: Entry) -> tuple[int, int]:
    return EntryUsefulness.objects.values_list("useful", "not_useful").get(entry=entry)


def say(entry: Entry, user: User, is_useful: bool, missing: str = "") -> UsefulnessAnswer:
    return usefulness.answer(entry=entry, user=user, is_useful=is_useful, missing=missing)


@pytest.mark.django_db
class TestAnswer:
    def test_one_each_and_changed_at_will(self, world: World, entry: Entry) -> None:
        say(entry, world.employee, True)
        say(entry, world.member, True)
        assert counted(entry) == (2, 0)
        say(entry, world.employee, True)
        assert counted(entry) == (2, 0)
        say(entry, world.employee, False)
        assert counted(entry) == (1, 1)
        assert UsefulnessAnswer.objects.count() == 2

    def test_what_is_missing_is_said_by_those_whom_it_did_not_help(self, world: World, entry: Entry) -> None:
        assert say(entry, world.employee, False, "  The torque.  ").missing == "The torque."
        assert say(entry, world.employee, True, "The torque.").missing == ""

    def test_taken_back(self, world: World, entry: Entry) -> None:
        say(entry, world.employee, False)
        for _time in range(2):
            usefulness.withdraw(entry=entry, user=world.employee)
        assert counted(entry) == (0, 0)
        assert not UsefulnessAnswer.objects.exists()

    def test_a_counter_that_is_lacking_begins_with_what_was_said(self, world: World, entry: Entry) -> None:
        say(entry, world.employee, True)
        EntryUsefulness.objects.all().delete()
        say(entry, world.member, False)
        assert counted(entry) == (1, 1)

    def test_nobody_judges_their_own(self, world: World, entry: Entry) -> None:
        with pytest.raises(OwnEntry):
            say(entry, world.lead, True)


@pytest.mark.django_db
class TestFigures:
    def test_for_those_who_answer_for_the_entry(self, world: World, entry: Entry) -> None:
        say(entry, world.employee, True)
        say(entry, world.member, False)
        for user in (world.lead, world.curator):
            assert usefulness.figures(entry=entry, by=user) == Figures(1, 1)
        for user in (world.employee, world.member, world.expert):
            assert usefulness.figures(entry=entry, by=user) is None

    def test_of_an_entry_that_nobody_has_judged(self, world: World, entry: Entry) -> None:
        assert usefulness.figures(entry=entry, by=world.lead) == Figures()


@pytest.mark.django_db
class TestTold:
    def test_the_owner_in_their_language(
        self, world: World, entry: Entry, django_capture_on_commit_callbacks: Capture
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            say(entry, world.employee, False, "The torque <b>of the bolts</b>")
        (letter,) = mail.outbox
        assert letter.to == [world.lead.email]
        assert "A reader misses something in “Title of workshop-open”" in letter.subject
        assert "The torque <b>of the bolts</b>" in letter.body
        assert f"/entries/{entry.key}/feedback/" in letter.body

    def test_the_same_words_once(
        self, world: World, entry: Entry, django_capture_on_commit_callbacks: Capture
    ) -> None:
        for _time in range(2):
            with django_capture_on_commit_callbacks(execute=True):
                say(entry, world.employee, False, "The torque")
        assert len(mail.outbox) == 1

    def test_the_leads_where_the_owner_has_left(
        self, world: World, entry: Entry, django_capture_on_commit_callbacks: Capture
    ) -> None:
        memberships.make_lead(user=world.member, community=world.open, by=None)
        people.deactivate(user=world.lead, by=world.moderator)
        entry = Entry.objects.get(pk=entry.pk)
        with django_capture_on_commit_callbacks(execute=True):
            say(entry, world.employee, False, "The torque")
        assert [letter.to for letter in mail.outbox] == [[world.member.email]]

    def test_nobody_of_what_was_withdrawn_or_closed_to_them(
        self, world: World, entry: Entry, django_capture_on_commit_callbacks: Capture
    ) -> None:
        with django_capture_on_commit_callbacks() as callbacks:
            say(entry, world.employee, False, "The torque")
            entry.pages.get().specific.unpublish()
        for callback in callbacks:
            callback()
        assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_counted_as_they_are() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")
    lead = worlds.person("lead@example.org", "employee")
    entry = worlds.entry("counted", worlds.community("forge", lead, access=Access.OPEN), lead)
    readers = [worlds.person(f"reader-{number}@example.org", "employee") for number in range(6)]

    def change_mind(reader: User, first: bool) -> None:
        try:
            for step in range(20):
                say(entry, reader, first if step % 2 else not first)
                if step % 7 == 0:
                    usefulness.withdraw(entry=entry, user=reader)
        finally:
            connection.close()

    # Each of them at two windows.
    threads = [
        Thread(target=change_mind, args=(reader, first)) for reader in readers for first in (True, False)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers = UsefulnessAnswer.objects.filter(entry=entry)
    assert counted(entry) == (
        answers.filter(is_useful=True).count(),
        answers.filter(is_useful=False).count(),
    )
    assert answers.count() == len(readers)
