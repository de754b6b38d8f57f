"""Whoever stores a file has it read, once, whatever happens to the worker or the document meanwhile."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile

from core import background, clock
from core.models import Job, OutboxEntry
from knowledge.models import EntryAttachment, EntryPage
from people.choices import Access
from people.models import Document
from search import engine, schedule, tasks
from search.choices import TextFailure, TextState
from search.documents import texts
from search.documents.extraction import Extraction, Found
from search.models import DocumentText
from search.services import document_texts
from tests import world as worlds
from tests.search.documents import files
from tests.upkeep import settle
from tests.world import World

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db]

HOSTILE = "tests.search.documents.hostile."


def store(content: bytes | str, name: str = "paper.txt", **fields: Any) -> Document:
    raw = content.encode() if isinstance(content, str) else content
    return Document.objects.create(title=name, file=ContentFile(raw, name), **fields)


def row(document: Document) -> DocumentText:
    return DocumentText.objects.get(document=document)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What was given to the readers, which read it."""
    read_files: list[Path] = []
    read = Extraction.read

    def watched(extraction: Extraction, path: Path) -> Found:
        read_files.append(path)
        return read(extraction, path)

    monkeypatch.setattr(Extraction, "read", watched)
    return read_files


class TestExpect:
    def test_a_new_document_waits_with_one_job_for_all(self) -> None:
        papers = [store("one"), store("two")]
        assert [row(paper).state for paper in papers] == [TextState.WAITING] * 2
        assert Job.objects.filter(task=tasks.read_documents.module_path).count() == 1

    def test_saved_without_a_new_file_nothing_is_read_again(self, reads: list[Path]) -> None:
        paper = store("words")
        document_texts.take_up()
        paper.title = "Another title"
        paper.save()
        paper.get_file_hash()
        assert row(paper).state == TextState.KNOWN
        assert document_texts.take_up() == 0
        assert len(reads) == 1

    def test_what_a_replaced_file_said_is_forgotten_at_once(self) -> None:
        paper = store("old words")
        document_texts.take_up()
        paper.file = ContentFile(b"new words", "paper.txt")
        paper.save()
        assert texts.beginnings({paper.pk: 100}) == {}
        assert (row(paper).text, row(paper).state) == ("", TextState.WAITING)
        document_texts.take_up()
        assert texts.beginnings({paper.pk: 100}) == {paper.pk: "new words"}

    def test_a_file_that_changed_under_its_name_is_read_again(self) -> None:
        paper = store("old words")
        document_texts.take_up()
        Path(paper.file.path).write_bytes(b"new words")
        paper.file_hash = ""
        paper.get_file_hash()
        document_texts.take_up()
        assert row(paper).text == "new words"

    def test_one_that_was_missing_is_looked_for_when_it_is_saved(self) -> None:
        paper = store("words")
        path = Path(paper.file.path)
        path.rename(path.with_suffix(".away"))
        document_texts.take_up()
        assert (row(paper).state, row(paper).failure) == (TextState.FAILED, TextFailure.MISSING)
        path.with_suffix(".away").rename(path)
        paper.save()
        document_texts.take_up()
        assert (row(paper).state, row(paper).failure, row(paper).text) == (TextState.KNOWN, "", "words")

    def test_it_is_no_use_of_the_document(self) -> None:
        paper = store("words")
        document_texts.take_up()
        assert paper.get_usage().count() == 0
        paper.delete()
        assert not DocumentText.objects.exists()


class TestTakeUp:
    def test_everything_that_waits(self) -> None:
        papers = [store("plain words"), store(files.pdf(["printed words"]), "a.pdf"), store("", "empty.txt")]
        papers.append(store(b"\x7fELF\x00\x01", "program.txt"))
        assert document_texts.take_up() == 4
        assert [row(paper).state for paper in papers] == ["known", "known", "empty", "failed"]
        assert row(papers[3]).failure == TextFailure.UNSUPPORTED
        assert texts.beginnings({paper.pk: 100 for paper in papers}) == {
            papers[0].pk: "plain words",
            papers[1].pk: "printed words",
        }
        assert texts.lengths([papers[0].pk]) == {papers[0].pk: 11}
        assert texts.beginnings({papers[0].pk: 5, papers[1].pk: 100}) == {
            papers[0].pk: "plain",
            papers[1].pk: "printed words",
        }

    def test_the_same_file_is_read_once(self, reads: list[Path]) -> None:
        papers = [store("the same"), store("the same", "copy.txt")]
        document_texts.take_up()
        assert [row(paper).text for paper in papers] == ["the same"] * 2
        assert len(reads) == 1

    def test_a_turn_ends_and_the_rest_is_asked_for(self) -> None:
        papers = [store("one"), store("two")]
        Job.objects.all().delete()
        assert document_texts.take_up(turn=0) == 0
        assert Job.objects.get().task == tasks.read_documents.module_path
        assert document_texts.take_up(turn=None) == 2
        assert row(papers[1]).state == TextState.KNOWN

    def test_what_is_too_large_is_not_even_fetched(self, settings: Any, reads: list[Path]) -> None:
        settings.DOCUMENT_BYTES = 1000
        paper = store("x" * 1001)
        document_texts.take_up()
        assert row(paper).failure == TextFailure.TOO_LARGE
        assert reads == []

    @pytest.mark.parametrize("reader", ["hang", "crash", "take_all_down"])
    def test_one_bad_file_stops_no_other_and_is_never_tried_again(
        self, settings: Any, monkeypatch: pytest.MonkeyPatch, reads: list[Path], reader: str
    ) -> None:
        settings.DOCUMENT_SECONDS = 1
        settings.DOCUMENT_READERS = {**settings.DOCUMENT_READERS, "rich_text": HOSTILE + reader}
        bad, good = store(b"{\\rtf1 bad}", "bad.rtf"), store("good")
        assert document_texts.take_up() == 2
        assert row(bad).state == TextState.FAILED
        assert row(bad).failure == (TextFailure.TOO_LONG if reader == "hang" else TextFailure.CRASHED)
        assert row(good).text == "good"
        bad.save()
        schedule.find_unread_documents()
        assert document_texts.take_up() == 0
        assert len(reads) == 2

    def test_a_document_deleted_while_it_is_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        paper, other = store("words"), store("other")
        self._meanwhile(monkeypatch, paper.delete)
        assert document_texts.take_up() == 2
        assert [held.document_id for held in DocumentText.objects.all()] == [other.pk]
        assert row(other).text == "other"

    def test_a_file_replaced_while_it_is_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        paper = store("old words")

        def replace() -> None:
            paper.file = ContentFile(b"new words", "paper.txt")
            paper.save()

        self._meanwhile(monkeypatch, replace)
        assert document_texts.take_up() == 2
        assert row(paper).text == "new words"

    def _meanwhile(self, monkeypatch: pytest.MonkeyPatch, change: Callable[[], Any]) -> None:
        """The first file is read, then the change is made before anything is written."""
        read = Extraction.read
        changes = [change]

        def slow(extraction: Extraction, path: Path) -> Found:
            found = read(extraction, path)
            if changes:
                changes.pop()()
            return found

        monkeypatch.setattr(Extraction, "read", slow)


class TestInterruptions:
    """A worker is killed with a document in hand."""

    @staticmethod
    def take_and_die() -> DocumentText:
        taken = document_texts._claim()
        assert taken is not None
        return taken

    def test_it_is_taken_up_again(self) -> None:
        paper = store("words")
        with time_machine.travel(clock.now(), tick=False) as now:
            self.take_and_die()
            Job.objects.all().delete()
            assert document_texts.take_up() == 0, "somebody may still be at it"
            later = Job.objects.filter(task=tasks.read_documents.module_path).latest("due_at")
            assert later.due_at > clock.now()
            now.shift(later.due_at - clock.now() + timedelta(seconds=1))
            assert document_texts.take_up() == 1
        assert row(paper).text == "words"

    def test_three_times_at_most(self) -> None:
        paper, other = store("words"), store("other")
        with time_machine.travel(clock.now(), tick=False) as now:
            DocumentText.objects.filter(document=other).update(
                taken_at=None, state=TextState.EMPTY, edition=1
            )
            for _time in range(document_texts.ATTEMPTS):
                self.take_and_die()
                now.shift(timedelta(hours=1))
            assert document_texts.take_up() == 0
        assert (row(paper).state, row(paper).failure) == (TextState.FAILED, TextFailure.INTERRUPTED)
        assert row(paper).attempts == 3

    def test_who_comes_back_late_writes_nothing(self) -> None:
        paper = store("words")
        with time_machine.travel(clock.now(), tick=False) as now:
            late = self.take_and_die()
            now.shift(timedelta(hours=1))
            document_texts.take_up()
            document_texts._finish(late, Found("late words"), "")
        assert row(paper).text == "words"

    def test_no_more_at_a_time_than_may_be(self, settings: Any) -> None:
        for number in range(3):
            store(f"paper {number}")
        self.take_and_die()
        assert document_texts._claim() is None
        settings.DOCUMENTS_AT_ONCE = 2
        self.take_and_die()
        assert document_texts._claim() is None


class TestFindUnread:
    def test_documents_from_before(self) -> None:
        papers = [store(f"paper {number}") for number in range(5)]
        DocumentText.objects.all().delete()
        Job.objects.all().delete()
        assert document_texts.find_unread() == 5
        assert Job.objects.filter(task=tasks.read_documents.module_path).count() == 1
        assert document_texts.take_up() == 5
        assert row(papers[4]).text == "paper 4"
        assert document_texts.find_unread() == 0

    def test_in_batches(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(document_texts, "BATCH", 2)
        for number in range(5):
            store(f"paper {number}")
        DocumentText.objects.all().delete()
        assert document_texts.find_unread() == 5
        assert DocumentText.objects.count() == 5

    def test_what_older_readers_have_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        paper = store("words")
        document_texts.take_up()
        monkeypatch.setattr(document_texts, "EDITION", 2)
        assert document_texts.find_unread() == 1
        assert row(paper).text == "words", "what is known is found until more is"
        assert document_texts.take_up() == 1
        assert row(paper).edition == 2


@pytest.mark.django_db(transaction=True)
class TestEntries:
    """An entry is found by what stands in its files, by those who may open them."""

    @pytest.fixture
    def built(self, transactional_db: None) -> World:
        return worlds.build()

    @staticmethod
    def attach(world: World, slug: str, content: bytes, name: str, where: str, level: str) -> Document:
        paper = worlds.document(name, getattr(world, where), level)
        paper.file = ContentFile(content, name)
        paper.save()
        page = EntryPage.objects.get(entry=world.entries[slug]).specific
        page.attachments.add(EntryAttachment(document=paper))
        page.save_revision().publish()
        return paper

    @staticmethod
    def found(world: World, text: str, who: str) -> set[str]:
        settle()
        return {hit.title.removeprefix("Title of ") for hit in engine.search(text, world.viewer(who)).hits}

    def test_within_a_moment_after_the_file_came(self, built: World) -> None:
        self.attach(
            built, "workshop-open", files.pdf(["Отжиг в вакуумной печи"]), "a.pdf", "open", Access.OPEN
        )
        assert self.found(built, "вакуумный отжиг", "employee") == {"workshop-open"}

    def test_by_the_new_text_of_a_replaced_file(self, built: World) -> None:
        paper = self.attach(built, "workshop-open", b"annealing", "a.txt", "open", Access.OPEN)
        assert self.found(built, "annealing", "employee") == {"workshop-open"}
        paper.file = ContentFile(b"quenching", "a.txt")
        paper.save()
        assert self.found(built, "quenching", "employee") == {"workshop-open"}
        assert self.found(built, "annealing", "employee") == set()

    def test_by_what_nobody_else_may_read_for_those_who_may(self, built: World) -> None:
        self.attach(built, "workshop-classified", b"annealing", "a.txt", "open", Access.CLASSIFIED)
        self.attach(built, "workshop-closed", b"annealing", "b.txt", "open", Access.CLOSED)
        assert self.found(built, "annealing", "lead") == {"workshop-classified", "workshop-closed"}
        assert self.found(built, "annealing", "member") == {"workshop-closed"}
        assert self.found(built, "annealing", "employee") == set()

    @pytest.mark.parametrize(
        ("where", "level"), [("open", "closed"), ("closed", "open"), ("classified", "open")]
    )
    def test_never_by_a_file_that_its_reader_may_not_open(self, built: World, where: str, level: str) -> None:
        self.attach(built, "workshop-open", b"annealing", "a.txt", where, level)
        for who in ("employee", "lead"):
            assert self.found(built, "annealing", who) == set()

    def test_no_longer_by_a_file_that_was_closed(self, built: World) -> None:
        paper = self.attach(built, "workshop-open", b"annealing", "a.txt", "open", Access.OPEN)
        assert self.found(built, "annealing", "employee") == {"workshop-open"}
        paper.collection = worlds.communities.collection_for(built.closed, Access.OPEN)
        paper.save(update_fields=["collection"])
        assert self.found(built, "annealing", "employee") == set()

    def test_no_longer_by_a_file_whose_community_was_closed(self, built: World) -> None:
        other = worlds.community("forge", built.lead)
        paper = worlds.document("paper", other)
        page = EntryPage.objects.get(entry=built.entries["workshop-open"]).specific
        page.attachments.add(EntryAttachment(document=paper))
        page.save_revision().publish()
        assert self.found(built, "contents", "employee") == {"workshop-open"}
        worlds.communities.change_access(community=other, by=built.curator, to=Access.CLOSED)
        assert self.found(built, "contents", "employee") == set()

    def test_nothing_is_announced_where_nothing_was_found(self, built: World) -> None:
        paper = self.attach(built, "workshop-open", b"", "a.txt", "open", Access.OPEN)
        before = OutboxEntry.objects.filter(kind="entry").count()
        DocumentText.objects.filter(document=paper).update(state=TextState.WAITING, attempts=0)
        document_texts.take_up()
        assert row(paper).state == TextState.EMPTY
        assert OutboxEntry.objects.filter(kind="entry").count() == before

    def test_a_job_that_was_lost_is_found_in_its_table(self, built: World, settings: Any) -> None:
        settings.CELERY_TASK_ALWAYS_EAGER = False
        paper = worlds.document("paper", built.open)
        DocumentText.objects.filter(document=paper).update(state=TextState.WAITING, text="", taken_at=None)
        background.ask_once(tasks.read_documents)
        document_texts.take_up()
        assert row(paper).text == "contents of paper"
