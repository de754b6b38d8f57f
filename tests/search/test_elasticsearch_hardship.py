"""Elasticsearch away, slow, full, emptied, older, refusing a part; changes meanwhile; two at the same time."""

import socket
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError
from elasticsearch import Elasticsearch

from core import background, clock, outbox
from core.declarations import search_sources
from core.models import Job
from people import access
from people.models import User
from search import engine, following, indexing, rows, tasks
from search.backends.elasticsearch import connection, mapping
from search.backends.elasticsearch import index as filling
from search.backends.elasticsearch.connection import Unavailable, rest
from search.backends.index import Item
from search.following import BeingBuilt, Follower
from search.models import IndexedRow, Position

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]

VIEWER = access.Viewer(user_id=0, permissions=frozenset({"people.view_directory"}))
PEOPLE = search_sources["person"]
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is indexed until the test says so."""
    monkeypatch.setattr(outbox, "_followers", [])


@pytest.fixture
def follower(elasticsearch: Elasticsearch, by_hand: None) -> Follower:
    """Of an index that has been built."""
    indexing.rebuild()
    return fresh_follower()


@pytest.fixture
def silent_server() -> Iterator[str]:
    """Takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def fresh_follower() -> Follower:
    return indexing.followers()["elasticsearch"]


def person(name: str) -> User:
    return User.objects.create_user(f"{name.split(maxsplit=1)[0].lower()}@example.org", name=name)


def found(text: str) -> list[str]:
    """What Elasticsearch finds now."""
    filling.refresh()
    results = engine.search(text, VIEWER, kind="person")
    assert not results.stands_in
    return [hit.title for hit in results.hits]


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


class TestAway:
    def test_the_database_answers_and_says_so(self, follower: Follower, settings: Any) -> None:
        person("Nadia Newcomer")
        indexing.drain()
        settings.ELASTICSEARCH_URL = NOWHERE
        results = engine.search("newcomer", VIEWER)
        assert [hit.title for hit in results.hits] == ["Nadia Newcomer"]
        assert results.stands_in
        assert [hit.title for hit in engine.suggest("newc", VIEWER)] == ["Nadia Newcomer"]
        assert len(engine.matching("newcomer", VIEWER, kind="person")) == 1

    def test_what_changes_meanwhile_is_taken_in_afterwards(self, follower: Follower, settings: Any) -> None:
        server = settings.ELASTICSEARCH_URL
        goner = person("Gordon Goner")
        follower.drain()
        settings.ELASTICSEARCH_URL = NOWHERE
        for number in range(20):
            person(f"Meanwhile{number} Colleague")
        goner.delete()
        indexing.drain_elasticsearch()
        job = Job.objects.get(task=tasks.drain_elasticsearch.module_path)
        assert job.state == Job.State.WAITING
        assert job.due_at > clock.now()
        settings.ELASTICSEARCH_URL = server
        Job.objects.filter(pk=job.pk).update(due_at=clock.now())
        background.resend_due()
        assert not Job.objects.filter(task=tasks.drain_elasticsearch.module_path).exists()
        difference = follower.compare()
        assert difference.is_none, difference
        assert found("goner") == []

    def test_who_searches_waits_once(
        self, follower: Follower, settings: Any, silent_server: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(connection, "READING_SECONDS", 0.2)
        settings.ELASTICSEARCH_URL = silent_server
        assert engine.search("nobody", VIEWER).stands_in
        assert rest.is_on
        asked = []
        monkeypatch.setattr(connection, "_client", asked.append)
        assert engine.search("nobody", VIEWER).stands_in
        assert not asked

    def test_is_asked_again_after_a_while(
        self, follower: Follower, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        server = settings.ELASTICSEARCH_URL
        settings.ELASTICSEARCH_URL = NOWHERE
        engine.search("nobody", VIEWER)
        settings.ELASTICSEARCH_URL = server
        assert engine.search("nobody", VIEWER).stands_in
        later = time.monotonic() + connection.LEFT_ALONE_SECONDS
        monkeypatch.setattr(connection.time, "monotonic", lambda: later)
        assert not engine.search("nobody", VIEWER).stands_in


class TestFull:
    def test_is_tried_again_and_nothing_is_lost(
        self, follower: Follower, elasticsearch: Elasticsearch
    ) -> None:
        """What Elasticsearch does where the disk is full, by the setting that it then sets itself."""
        place = position()
        block = "index.blocks.read_only_allow_delete"
        elasticsearch.indices.put_settings(index=place.generation, settings={block: True})
        person("Nadia Newcomer")
        indexing.drain_elasticsearch()
        assert position().sequence == place.sequence
        assert Job.objects.filter(task=tasks.drain_elasticsearch.module_path).count() == 1
        elasticsearch.indices.put_settings(index=place.generation, settings={block: None})
        assert follower.drain() == 1
        assert found("newcomer") == ["Nadia Newcomer"]


class TestRefused:
    def test_a_row_that_is_refused_holds_up_no_other(
        self, follower: Follower, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        texts = filling._texts

        def with_a_column_that_nobody_knows(row: Any) -> dict[str, Any]:
            return texts(row) | (
                {"unknown": 1} if getattr(row.instance, "name", "") == "Rita Refused" else {}
            )

        monkeypatch.setattr(filling, "_texts", with_a_column_that_nobody_knows)
        for name in ("Nadia Newcomer", "Rita Refused", "Walter Welcome"):
            person(name)
        assert follower.drain() == 3
        assert found("newcomer") == ["Nadia Newcomer"]
        assert found("welcome") == ["Walter Welcome"]
        assert found("refused") == []
        assert "refuses person:" in caplog.text
        assert follower.compare().missing["person"] == 1
        welcome = User.objects.get(name="Walter Welcome")
        welcome.name = "Rita Refused"
        welcome.save()
        follower.drain()
        assert found("welcome") == [], "what it was before is not left standing"
        monkeypatch.undo()
        follower.compare(repair=True)
        assert found("refused") == ["Rita Refused", "Rita Refused"]


class TestEmptied:
    def test_a_missing_index_is_built_anew(self, follower: Follower, elasticsearch: Elasticsearch) -> None:
        person("Nadia Newcomer")
        indexing.drain()
        elasticsearch.indices.delete(index=position().generation)
        assert engine.search("newcomer", VIEWER).stands_in
        assert engine.search("newcomer", VIEWER, kind="person").total == 1
        indexing.drain_elasticsearch()
        assert found("newcomer") == ["Nadia Newcomer"]
        assert follower.compare().is_none

    def test_an_index_of_an_older_make_gives_way(
        self, follower: Follower, elasticsearch: Elasticsearch, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        older = position().generation
        monkeypatch.setattr(mapping, "MAKE", "0therone")
        person("Nadia Newcomer")
        follower.drain()
        assert "0therone" in position().generation
        assert found("newcomer") == ["Nadia Newcomer"]
        assert not elasticsearch.indices.exists(index=older)
        assert not IndexedRow.objects.filter(generation=older).exists()

    def test_rows_that_went_astray_are_told_and_mended(
        self, follower: Follower, elasticsearch: Elasticsearch, run_command: Any
    ) -> None:
        kept, lost, gone = (person(name) for name in ("Kim Kept", "Lou Lost", "Guy Gone"))
        follower.drain()
        place = position()
        elasticsearch.delete(
            index=place.generation,
            id=f"person:{lost.pk}",
            version=place.sequence,
            version_type="external_gte",
        )
        User.objects.filter(pk=kept.pk).update(name="Kim Changed")
        User.objects.filter(pk=gone.pk).delete()
        with pytest.raises(CommandError, match="elasticsearch differs"):
            run_command("search_index", "check", index="elasticsearch")
        difference = follower.compare()
        assert [part["person"] for part in (difference.missing, difference.stale, difference.deleted)] == [
            1,
            1,
            1,
        ]
        run_command("search_index", "repair", index="elasticsearch")
        assert follower.compare().is_none
        assert (found("lost"), found("changed"), found("gone")) == (["Lou Lost"], ["Kim Changed"], [])


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
        self, follower: Follower, elasticsearch: Elasticsearch
    ) -> None:
        """The lock is in a cache, which may forget it: whoever ends last is the one that answers."""
        one, other = fresh_follower(), fresh_follower()
        begin = one.index.begin
        began: list[str] = []

        def begin_both() -> str:
            began.append(begin())
            other._rebuild()
            return began[0]

        one.index.begin = begin_both  # type: ignore[method-assign]
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


def position() -> Position:
    return Position.objects.get(reader="elasticsearch")


def items_of(follower: Follower, user: User) -> list[Item]:
    """A person as the index would keep them now."""
    return follower.index.items(PEOPLE, rows.read(PEOPLE, PEOPLE.rows_of([str(user.public_id)])))
