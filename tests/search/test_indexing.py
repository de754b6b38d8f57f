from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from core import clock, outbox
from core.models import Job, OutboxEntry
from core.models.outbox import OutboxQuerySet
from knowledge import tasks as knowledge_tasks
from knowledge.models import EntryPage
from knowledge.services import page_facts
from people import access
from people.models import Community, Document, Image, User
from search import engine, following, indexing, tasks
from search.backends.database.index import DatabaseIndex, tables
from search.models import IndexedRow, Position
from tests import world as worlds
from tests.world import World

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db]


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is indexed until the test says so."""
    monkeypatch.setattr(outbox, "_followers", [])


@pytest.mark.django_db(transaction=True)
class TestDrain:
    """With real commits: the outbox tells nothing of a transaction that still runs."""

    viewer = access.Viewer(user_id=0, permissions=frozenset({"people.view_directory"}))

    def found(self, text: str) -> list[str]:
        return [hit.title for hit in engine.search(text, self.viewer, kind="person").hits]

    def test_builds_an_index_that_never_was(self, by_hand: None) -> None:
        User.objects.create_user("nadia@example.org", name="Nadia Newcomer")
        OutboxEntry.objects.all().delete()
        Position.objects.all().delete()
        indexing.drain()
        assert Position.objects.filter(reader=indexing.READER).exists()
        assert indexing.compare().is_none
        assert self.found("newcomer") == ["Nadia Newcomer"]

    def test_a_long_build_says_that_it_goes_on(self, by_hand: None, monkeypatch: pytest.MonkeyPatch) -> None:
        """Whoever is silent for five minutes was killed, and another may build."""
        said: list[Any] = []
        keep = following.cache.set

        def told(key: str, *value: Any, **options: Any) -> None:
            if key == "search-index-is-built":
                said.append(value[1])
            keep(key, *value, **options)

        monkeypatch.setattr(following.cache, "set", told)
        indexing.rebuild()
        assert said
        assert set(said) == {following.SILENCE_SECONDS}

    def test_who_was_silent_for_too_long_gives_way_to_whoever_took_over(
        self, by_hand: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        key = "search-index-is-built"
        begin = DatabaseIndex.begin

        def taken_over(index: DatabaseIndex) -> str:
            following.cache.set(key, "another")
            return begin(index)

        monkeypatch.setattr(DatabaseIndex, "begin", taken_over)
        with pytest.raises(indexing.BeingBuilt):
            indexing.rebuild()
        assert following.cache.get(key) == "another", "whose it is now"

    def test_takes_in_each_change_once(self, by_hand: None) -> None:
        indexing.drain()
        nadia = User.objects.create_user("nadia@example.org", name="Nadia Newcomer")
        goner = User.objects.create_user("goner@example.org", name="Gordon Goner")
        assert indexing.status().waiting == 2
        assert indexing.drain() == 2
        assert self.found("goner") == ["Gordon Goner"]
        nadia.name = "Nadia Renamed"
        nadia.save()
        goner.delete()
        assert indexing.drain() == 2
        assert indexing.drain() == 0
        assert self.found("newcomer goner") == []
        assert self.found("renamed") == ["Nadia Renamed"]
        assert indexing.compare().is_none

    def test_leaves_what_has_the_same_words(self, by_hand: None) -> None:
        nadia = User.objects.create_user("nadia@example.org", name="Nadia Newcomer")
        indexing.drain()
        nadia.save()
        with CaptureQueriesContext(connection) as queries:
            assert indexing.drain() == 1
        assert not [query for query in queries if "INSERT" in query["sql"]]

    def test_gives_way_to_a_faster_worker(self, by_hand: None) -> None:
        indexing.drain()
        start = Position.objects.get(reader=indexing.READER)
        User.objects.create_user("nadia@example.org", name="Nadia Newcomer")
        changes = list(OutboxEntry.objects.after(start.sequence))
        Position.objects.update(sequence=changes[-1].sequence)
        assert not indexing.followers()["database"]._take_in(changes, start)
        assert not IndexedRow.objects.filter(kind="person").exists()

    def test_more_changes_than_a_batch(self, by_hand: None, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(following, "BATCH", 2)
        indexing.drain()
        for number in range(5):
            User.objects.create_user(f"{number}@example.org", name=f"Batchwise {number}")
        assert indexing.drain() == 5
        assert indexing.compare().is_none
        assert len(self.found("batchwise")) == 5

    def test_a_commit_brings_the_index_up_to_date(self) -> None:
        indexing.drain()
        User.objects.create_user("nadia@example.org", name="Nadia Newcomer")
        assert self.found("nadia") == ["Nadia Newcomer"]
        assert not Job.objects.filter(task=tasks.drain_index.module_path).exists()


class TestRebuild:
    @pytest.mark.slow
    def test_more_rows_cost_no_more_queries(self, world: World) -> None:
        def cost() -> int:
            with CaptureQueriesContext(connection) as captured:
                indexing.rebuild()
            return len(captured)

        worlds.entry("tagged-0", world.open, world.expert).pages.get().tags.add("pump")
        indexing.rebuild()  # what this process keeps, it asks for once
        few = cost()
        for number in range(1, 9):
            page = worlds.entry(f"tagged-{number}", world.open, world.expert).pages.get().specific
            page.tags.add("pump", f"number-{number}")
            page.save()
        assert cost() == few
        found = engine.search("number 7", access.viewer_of(world.expert), kind="entry")
        assert "Title of tagged-7" in [hit.title for hit in found.hits]
        assert indexing.compare().is_none


class TestCompare:
    def test_names_what_is_missing_stale_and_deleted(self, world: World) -> None:
        indexing.rebuild()
        Community.objects.filter(pk=world.open.pk).update(name_en="Renamed behind the back")
        person = IndexedRow.objects.filter(kind="person").first()
        assert person is not None
        tables().remove(User, [person.object_id])
        page = EntryPage.objects.get(entry=world.entries["workshop-open"])
        EntryPage.objects.filter(pk=page.pk).update(live=False)
        IndexedRow.objects.create(kind="image", key="gone", object_id="999999", digest="x")
        found = indexing.compare()
        assert found.stale["community"] == 1
        assert found.missing["person"] == 1
        assert found.deleted["image"] == 1
        assert not found.is_none
        indexing.rebuild()
        assert indexing.compare().is_none

    def test_command_fails_where_the_index_differs(self, world: World, run_command) -> None:
        assert "rows indexed" in run_command("search_index", "rebuild")
        assert "missing: " in run_command("search_index", "check")
        User.objects.filter(pk=world.employee.pk).update(name="Somebody Else")
        with pytest.raises(CommandError):
            run_command("search_index", "check")
        assert "0 changes wait" in run_command("search_index", "status")


class TestAskForDrain:
    def test_one_job_waits_however_many_changes(
        self, world: World, django_capture_on_commit_callbacks
    ) -> None:
        Job.objects.all().delete()
        for _number in range(3):
            indexing.ask_for_drain()
        assert Job.objects.filter(task=tasks.drain_index.module_path).count() == 1

    def test_saving_an_indexed_model_sends_no_other_job(self, world: World) -> None:
        Job.objects.all().delete()
        world.employee.job = "Fitter"
        world.employee.save()
        assert not Job.objects.filter(task__startswith="modelsearch").exists()


class TestAdminSearch:
    """Wagtail's own lists ask the same index."""

    def test_finds_pages_drafts_files_and_people(self, world: World) -> None:
        worlds.picture("Насос разрез", world.open)
        worlds.document("Torque table", world.open)
        indexing.rebuild()
        backend = get_search_backend()
        found = backend.search("насосы", Image.objects.all())
        assert [image.title for image in found] == ["Насос разрез"]
        assert [document.title for document in backend.search("tables", Document.objects.all())] == [
            "Torque table"
        ]
        assert [user.name for user in backend.autocomplete("col", User.objects.all())] == ["Cora Colleague"]
        titles = {page.title for page in backend.search("draft", Page.objects.all())}
        assert titles == {"Title of draft"}
        assert {page.title for page in backend.autocomplete("worksh", Page.objects.all())} >= {"Workshop"}

    def test_no_text_is_an_error(self, world: World) -> None:
        indexing.rebuild()
        backend = get_search_backend()
        for text in ("", '"', "'a", "!!!", "a" * 300, "\x00", "not", '"a phrase" and'):
            list(backend.search(text, Page.objects.all()))
            list(backend.autocomplete(text, Page.objects.all()))


class TestSlowerTransaction:
    """A change that a slower transaction holds back is looked for again, though nobody tells of that one's end."""

    @pytest.fixture
    def held_back(self, world: World, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
        indexing.rebuild()
        page_facts.refill()
        monkeypatch.setattr(OutboxQuerySet, "settled", lambda rows: rows.none())
        outbox.record(outbox.Thing("entry", str(world.entries["workshop-open"].key), []))
        return monkeypatch.undo

    @pytest.mark.parametrize(
        ("read", "task"),
        [
            (indexing.drain, tasks.drain_index),
            (page_facts.catch_up, knowledge_tasks.refresh_page_facts),
        ],
        ids=["index", "page facts"],
    )
    def test_is_taken_in_after_a_while(
        self, held_back: Callable[[], None], read: Callable[[], int], task: Any
    ) -> None:
        Job.objects.all().delete()
        assert [read(), read()] == [0, 0]
        job = Job.objects.get(task=task.module_path)
        assert timedelta(seconds=4) < job.due_at - clock.now() < timedelta(seconds=6)
        held_back()
        assert read() == 1

    def test_that_has_just_ended_holds_nothing_back(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The snapshot knows it as running, the second look no longer."""
        indexing.rebuild()
        outbox.record(outbox.Thing("entry", str(world.entries["workshop-open"].key), []))
        settled, looks = OutboxQuerySet.settled, []

        def look(rows: OutboxQuerySet) -> OutboxQuerySet:
            looks.append(rows)
            return settled(rows) if looks[1:] else rows.none()

        monkeypatch.setattr(OutboxQuerySet, "settled", look)
        assert indexing.drain() == 1
        assert not Job.objects.filter(due_at__gt=clock.now()).exists()
