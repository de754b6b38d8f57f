import threading
from typing import Any

import pytest
from django.db import connection, transaction

from core import outbox
from core.models import OutboxEntry
from core.outbox import Thing
from knowledge.models import Entry
from people.models import User
from people.roles import Role
from tests import world as worlds


def last(kind: str, key: str) -> OutboxEntry:
    return OutboxEntry.objects.filter(kind=kind, key=key).latest("sequence")


class TestRecord:
    def test_remembers_the_audience_before(self, db: None) -> None:
        outbox.record(Thing("note", "1", ["employees"]))
        outbox.record(Thing("note", "1", ["community:7"]))
        assert last("note", "1").audience_before == ["employees"]
        assert last("note", "1").audience_after == ["community:7"]

    def test_a_removal_is_a_tombstone_that_names_who_could_see(self, db: None) -> None:
        outbox.record(Thing("note", "1", ["employees"]))
        outbox.remove(Thing("note", "1", ["employees"]))
        entry = last("note", "1")
        assert (entry.verb, entry.audience_before, entry.audience_after) == ("removed", ["employees"], [])

    def test_many_at_once_cost_no_more_than_few(self, db: None, django_assert_num_queries: Any) -> None:
        few = [Thing("note", str(number), ["employees"]) for number in range(2)]
        many = [Thing("note", str(number), ["community:7"]) for number in range(100)]
        with django_assert_num_queries(2):
            outbox.record(*few)
        with django_assert_num_queries(2):
            outbox.record(*many)
        assert last("note", "1").audience_before == ["employees"]
        assert last("note", "99").audience_before == []

    def test_of_new_things_no_earlier_audience_is_looked_for(
        self, db: None, django_assert_max_num_queries: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        heard: list[bool] = []
        outbox.follow(lambda: heard.append(True))
        try:
            with django_capture_on_commit_callbacks(execute=True), django_assert_max_num_queries(1):
                outbox.record_new(Thing("note", str(number), ["employees"]) for number in range(100))
        finally:
            outbox._followers.pop()
        assert heard
        assert OutboxEntry.objects.filter(kind="note").count() == 100
        assert last("note", "99").audience_after == ["employees"]
        outbox.record(Thing("note", "99", []))
        assert last("note", "99").audience_before == ["employees"]

    def test_is_undone_with_the_change(self, db: None) -> None:
        with pytest.raises(ValueError, match="half way"), transaction.atomic():
            outbox.record(Thing("note", "1", ["employees"]))
            raise ValueError("half way")
        assert not OutboxEntry.objects.filter(kind="note").exists()

    def test_followers_hear_of_it_after_the_commit(
        self, db: None, django_capture_on_commit_callbacks
    ) -> None:
        heard: list[bool] = []
        outbox.follow(lambda: heard.append(True))
        try:
            with django_capture_on_commit_callbacks(execute=True):
                outbox.record(Thing("note", "1", []))
                assert not heard
            assert heard
        finally:
            outbox._followers.pop()


class TestTracked:
    def test_publishing_withdrawing_and_sharing_an_entry(self, world: worlds.World) -> None:
        entry = world.entries["workshop-open"]
        assert last("entry", str(entry.key)).audience_after == ["employees"]
        entry.pages.get().specific.unpublish()
        assert last("entry", str(entry.key)).audience_after == []
        assert last("entry", str(entry.key)).audience_before == ["employees"]

    def test_competences_of_an_entry(self, world: worlds.World) -> None:
        from people.models import Competence

        entry = world.entries["workshop-open"]
        before = last("entry", str(entry.key)).sequence
        entry.competences.add(Competence.add_root(slug="smed", name_en="SMED"))
        entry.save()
        assert last("entry", str(entry.key)).sequence > before

    def test_signing_in_changes_nobody(self, world: worlds.World, client) -> None:
        before = OutboxEntry.objects.count()
        client.force_login(world.employee, backend="django.contrib.auth.backends.ModelBackend")
        assert OutboxEntry.objects.count() == before
        assert User.objects.get(pk=world.employee.pk).access_version == world.employee.access_version

    def test_somebody_who_left(self, world: worlds.World) -> None:
        user = world.employee
        user.is_active = False
        user.save()
        assert last("person", str(user.public_id)).audience_after == []


@pytest.mark.django_db(transaction=True)
def test_a_reader_never_passes_over_a_slower_transaction() -> None:
    """Two writers: the one with the smaller number commits last, and the reader waits for it."""
    if connection.vendor != "postgresql":
        outbox.record(Thing("note", "only", []))
        assert OutboxEntry.objects.after(0).filter(kind="note").count() == 1
        return
    written, may_commit = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            outbox.record(Thing("note", "slow", []))
            written.set()
            may_commit.wait(20)
        connection.close()

    writer = threading.Thread(target=slow)
    writer.start()
    assert written.wait(20)
    outbox.record(Thing("note", "quick", []))
    seen = list(OutboxEntry.objects.after(0).filter(kind="note").values_list("key", flat=True))
    may_commit.set()
    writer.join()
    assert seen == []
    after = list(OutboxEntry.objects.after(0).filter(kind="note").values_list("key", flat=True))
    assert after == ["slow", "quick"]


def test_people_and_entries_are_things(world: worlds.World) -> None:
    kinds = set(OutboxEntry.objects.values_list("kind", flat=True))
    assert kinds >= {"person", "community", "entry"}
    assert Entry.objects.exists()
    assert User.objects.filter(groups__name=Role.EXPERT.label).exists()
