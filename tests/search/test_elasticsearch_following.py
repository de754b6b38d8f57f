"""Elasticsearch takes in what changes, once and in order; filling a new index while the old one answers."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError
from elasticsearch import Elasticsearch

from core import clock, outbox
from core.models import Job
from people.models import User
from search import engine, following, indexing, tasks
from search.backends.elasticsearch import Unavailable, connection
from search.backends.elasticsearch import index as filling
from search.following import BeingBuilt, Follower
from search.models import IndexedRow
from tests.search.followed import PEOPLE, VIEWER, found, fresh_follower, items_of, person, position

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


class TestDrain:
    def test_takes_in_what_was_made_renamed_and_deleted(self, follower: Follower) -> None:
        nadia, goner = person("Nadia Newcomer"), person("Gordon Goner")
        assert follower.drain() == 2
        assert found("goner") == ["Gordon Goner"]
        nadia.name = "Nadia Renamed"
        nadia.save()
        goner.delete()
        assert follower.drain() == 2
        assert follower.drain() == 0
        assert found("newcomer") == []
        assert found("renamed") == ["Nadia Renamed"]
        assert follower.compare().is_none

    def test_who_has_left_is_gone(self, follower: Follower) -> None:
        nadia = person("Nadia Newcomer")
        follower.drain()
        nadia.is_active = False
        nadia.save()
        follower.drain()
        filling.refresh()
        assert engine.search("newcomer", VIEWER) == engine.Results()

    def test_a_commit_brings_it_up_to_date(self, elasticsearch: Elasticsearch) -> None:
        indexing.rebuild()
        person("Nadia Newcomer")
        assert found("nadia") == ["Nadia Newcomer"]

    def test_more_changes_than_a_batch(self, follower: Follower, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(following, "BATCH", 2)
        for number in range(5):
            person(f"Batch{number} Batchwise")
        assert follower.drain() == 5
        assert follower.compare().is_none

    def test_texts_longer_than_one_request_are_sent_in_several(
        self, follower: Follower, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(filling, "LONGEST_REQUEST", 2000)
        for number in range(6):
            User.objects.create_user(
                f"{number}@example.org", name=f"Long Winded {number}", about="word " * 300
            )
        assert follower.drain() == 6
        assert len(found("winded")) == 6
        assert follower.compare().is_none

    def test_somebody_comes_back_to_a_build_that_was_begun(
        self, follower: Follower, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whoever began it may have been killed over it."""

        def is_built_by_another(follower: Follower) -> int:
            raise BeingBuilt

        position().delete()
        monkeypatch.setattr(Follower, "rebuild", is_built_by_another)
        Job.objects.all().delete()
        assert follower.drain() == 0
        job = Job.objects.get(task=tasks.drain_elasticsearch.module_path)
        assert job.due_at > clock.now()

    def test_a_slower_writer_does_not_write_over_a_later_text(self, follower: Follower) -> None:
        nadia = person("Nadia Newcomer")
        before = position()
        changes = list(outbox.OutboxEntry.objects.after(before.sequence))
        former = items_of(follower, nadia)
        nadia.name = "Nadia Renamed"
        nadia.save()
        follower.drain()
        follower.index.write(before.generation, PEOPLE, former, version=changes[-1].sequence)
        assert found("newcomer") == []
        assert found("renamed") == ["Nadia Renamed"]
        assert follower.compare().is_none

    def test_what_was_cut_off_after_the_write_is_written_again(
        self, follower: Follower, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Though by then the row is again what it was before."""
        nadia = person("Nadia Newcomer")
        follower.drain()
        write = filling.ElasticsearchIndex.write

        def write_and_break(index: Any, *args: Any, **options: Any) -> Any:
            write(index, *args, **options)
            raise Unavailable("cut off")

        nadia.name = "Nadia Mistaken"
        nadia.save()
        monkeypatch.setattr(filling.ElasticsearchIndex, "write", write_and_break)
        with pytest.raises(Unavailable):
            follower.drain()
        monkeypatch.undo()
        nadia.name = "Nadia Newcomer"
        nadia.save()
        fresh_follower().drain()
        assert found("mistaken") == []
        assert found("newcomer") == ["Nadia Newcomer"]
        assert follower.compare().is_none

    def test_a_slower_worker_on_the_same_changes_leaves_no_older_text(
        self, follower: Follower, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Both write under one number; the one that loses looks once more."""
        nadia = person("Nadia Newcomer")
        before = position()
        changes = list(outbox.OutboxEntry.objects.after(before.sequence))
        put = Follower._put

        def be_overtaken(slower: Follower, *args: Any) -> Any:
            monkeypatch.setattr(Follower, "_put", put)
            User.objects.filter(pk=nadia.pk).update(name="Nadia Renamed")
            fresh_follower()._take_in(changes, before)
            return put(slower, *args)

        monkeypatch.setattr(Follower, "_put", be_overtaken)
        assert not follower._take_in(changes, before)
        assert found("newcomer") == []
        assert found("renamed") == ["Nadia Renamed"]
        assert follower.compare().is_none

    def test_gives_way_to_a_faster_worker(self, follower: Follower) -> None:
        person("Nadia Newcomer")
        before = position()
        changes = list(outbox.OutboxEntry.objects.after(before.sequence))
        follower.drain()
        assert not fresh_follower()._take_in(changes, before)
        assert follower.compare().is_none


class TestRebuild:
    def test_there_is_always_one_that_answers(
        self, follower: Follower, elasticsearch: Elasticsearch, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        person("Nadia Newcomer")
        indexing.drain_elasticsearch()
        write, answers = filling.ElasticsearchIndex.write, []

        def look_while_it_is_filled(index: Any, *args: Any, **options: Any) -> Any:
            answers.append(found("newcomer"))
            return write(index, *args, **options)

        monkeypatch.setattr(filling.ElasticsearchIndex, "write", look_while_it_is_filled)
        before = position().generation
        fresh_follower().rebuild()
        assert answers
        assert all(answer == ["Nadia Newcomer"] for answer in answers)
        assert position().generation != before
        assert list(elasticsearch.indices.get_alias(name=connection.alias())) == [position().generation]

    def test_what_changes_meanwhile_is_in_the_new_one(
        self, follower: Follower, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        nadia = person("Nadia Newcomer")
        finish = filling.ElasticsearchIndex.finish

        def rename_before(index: Any, generation: str) -> None:
            nadia.name = "Nadia Renamed"
            nadia.save()
            fresh_follower().drain()
            finish(index, generation)

        monkeypatch.setattr(filling.ElasticsearchIndex, "finish", rename_before)
        fresh_follower().rebuild()
        follower.drain()
        assert found("newcomer") == []
        assert found("renamed") == ["Nadia Renamed"]
        assert follower.compare().is_none

    def test_a_second_one_is_told(
        self, follower: Follower, run_command: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        finish, told = filling.ElasticsearchIndex.finish, []

        def try_another_before(index: Any, generation: str) -> None:
            with pytest.raises(BeingBuilt):
                fresh_follower().rebuild()
            with pytest.raises(CommandError, match="by somebody else") as error:
                run_command("search_index", "rebuild", index="elasticsearch")
            told.append(error)
            finish(index, generation)

        monkeypatch.setattr(filling.ElasticsearchIndex, "finish", try_another_before)
        fresh_follower().rebuild()
        assert told

    def test_two_on_machines_that_know_nothing_of_each_other(
        self, follower: Follower, elasticsearch: Elasticsearch, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The lock is in a cache, which may forget it: whoever ends last is the one that answers."""
        one, other = fresh_follower(), fresh_follower()
        begin = one.index.begin
        began: list[str] = []

        def begin_both() -> str:
            began.append(begin())
            other._rebuild()
            return began[0]

        monkeypatch.setattr(one.index, "begin", begin_both)
        one._rebuild()
        assert position().generation == began[0]
        assert list(elasticsearch.indices.get_alias(name=connection.alias())) == began
        assert set(IndexedRow.objects.values_list("generation", flat=True)) == {"database", *began}
        person("Nadia Newcomer")
        follower.drain()
        assert found("newcomer") == ["Nadia Newcomer"]
        assert follower.compare().is_none

    def test_what_nobody_finished_is_removed_after_a_day(
        self, follower: Follower, elasticsearch: Elasticsearch, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        abandoned = fresh_follower().index.begin()
        fresh_follower().rebuild()
        assert elasticsearch.indices.exists(index=abandoned)
        monkeypatch.setattr(filling, "ABANDONED_AFTER", timedelta(0))
        fresh_follower().rebuild()
        assert not elasticsearch.indices.exists(index=abandoned)
