"""Elasticsearch away, slow, full, emptied, older, refusing a part."""

import socket
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError
from elasticsearch import Elasticsearch

from core import background, clock
from core.models import Job
from people.models import User
from search import engine, indexing, tasks
from search.backends.elasticsearch import connection, lag, mapping
from search.backends.elasticsearch import index as filling
from search.backends.elasticsearch.connection import rest
from search.following import Follower
from search.models import IndexedRow
from tests.search.followed import VIEWER, found, person, position

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]

NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
def silent_server() -> Iterator[str]:
    """Takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


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

    def test_after_a_while_the_database_answers_in_its_place(
        self, follower: Follower, elasticsearch: Elasticsearch, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Totals and facets would tell of what has been closed since."""
        gone = person("Nadia Newcomer")
        person("Norbert Newcomer")
        indexing.drain()
        indexing.drain_elasticsearch()
        block = "index.blocks.read_only_allow_delete"
        elasticsearch.indices.put_settings(index=position().generation, settings={block: True})
        gone.is_active = False
        gone.save()
        indexing.drain()
        indexing.drain_elasticsearch()
        assert not engine.search("norbert", VIEWER).stands_in, "a short while is no matter"
        self.wait(monkeypatch)
        results = engine.search("newcomer", VIEWER)
        assert results.stands_in
        assert results.totals["person"] == 1
        assert [hit.title for hit in engine.suggest("newco", VIEWER)] == ["Norbert Newcomer"]
        elasticsearch.indices.put_settings(index=position().generation, settings={block: None})
        indexing.drain_elasticsearch()
        connection.writing(lambda client: client.indices.refresh(index=position().generation))
        results = engine.search("newcomer", VIEWER)
        assert not results.stands_in
        assert results.totals["person"] == 1

    def test_and_where_nobody_takes_changes_in_at_all(
        self, follower: Follower, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The worker is dead, or an index of another make is built while the old one answers."""
        nadia = person("Nadia Newcomer")
        indexing.drain()
        indexing.drain_elasticsearch()
        nadia.is_active = False
        nadia.save()
        indexing.drain()
        self.wait(monkeypatch)
        results = engine.search("newcomer", VIEWER)
        assert results.stands_in
        assert results.total == 0

    def wait(self, monkeypatch: pytest.MonkeyPatch) -> None:
        now = clock.now()
        monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=2))
        lag.forget()


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
        monkeypatch.setattr(mapping, "make", lambda: "0therone")
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
