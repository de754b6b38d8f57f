"""What reports know of pages is what stands in them, and follows every change."""

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from wagtail.rich_text import RichText

from knowledge import page_contents
from knowledge.models import EntryAttachment, EntryPage, ExternalAddress, PageFacts, PageReference
from knowledge.services import page_facts
from people.choices import Access
from people.models import Document, Image
from search.models import Position
from tests import world as worlds


def page_of(world: worlds.World, slug: str) -> EntryPage:
    return world.entries[slug].pages.get().specific


def text(html: str) -> tuple[str, RichText]:
    return ("text", RichText(html))


def references(page: EntryPage, **of: object) -> set[tuple[object, ...]]:
    fields = ("named_page_id", "picture_id", "document_id", "address__url")
    return set(PageReference.objects.filter(page=page.pk, **of).values_list(*fields))


class TestRefresh:
    def test_counts_words_blocks_and_bytes(self, world: worlds.World) -> None:
        page = page_of(world, "workshop-open")
        picture = worlds.picture("seal", world.open)
        paper = worlds.document("tolerances", world.open)
        for file in (picture, paper):
            file.file_size = file.file.size
            file.save()
        page.body = [text("<p>One <b>two</b> three</p>"), ("image", {"image": picture, "alt_text": "a seal"})]
        page.attachments = [EntryAttachment(document=paper)]
        page.save()
        page_facts.refresh([page.pk])
        facts = PageFacts.objects.get(page=page.pk)
        assert (facts.words, facts.blocks) == (5, 2)
        assert (facts.picture_bytes, facts.file_bytes) == (picture.file.size, paper.file.size)
        assert facts.total_bytes == picture.file.size + paper.file.size

    @pytest.mark.parametrize(
        "link",
        [
            'href="http://[x#y"', 'href="http://[x"', f'href="http://{"a" * 300}.example/"',
            f'linktype="page" id="{"9" * 30}"', 'linktype="document" id="3000000000"',
        ],
    )  # fmt: skip
    def test_a_link_that_is_none_keeps_no_other_page_waiting(self, world: worlds.World, link: str) -> None:
        page = page_of(world, "workshop-open")
        page.body = [text(f"<p><a {link}>a</a></p>")]
        page.save()
        page_facts.refresh([page.pk])
        assert references(page) == set()

    def test_knows_what_is_named_published_and_drafted(self, world: worlds.World) -> None:
        page, other = page_of(world, "workshop-open"), page_of(world, "boardroom-open")
        paper, drafted = worlds.document("paper", world.open), worlds.picture("drafted", world.open)
        page.body = [
            text(
                f'<p><a linktype="page" id="{other.pk}">a</a><a linktype="document" id="{paper.pk}">b</a>'
                '<a href="https://example.com/x?a=1&amp;b=2#part">c</a><a href="mailto:a@example.com">d</a></p>'
            )
        ]
        page.save_revision().publish()
        page.refresh_from_db()
        page.body = [("image", {"image": drafted, "alt_text": ""})]
        page.save_revision()
        page_facts.refresh([page.pk])
        assert references(page, is_draft=False) == {
            (other.pk, None, None, None),
            (None, None, paper.pk, None),
            (None, None, None, "https://example.com/x?a=1&b=2"),
        }
        assert references(page, is_draft=True) == {(None, drafted.pk, None, None)}
        assert not PageReference.objects.published().undescribed().exists(), "a draft may still get its words"

    def test_a_picture_is_described_by_its_block_and_a_cover_by_itself(self, world: worlds.World) -> None:
        page = page_of(world, "workshop-open")
        silent, spoken = worlds.picture("silent", world.open), worlds.picture("spoken", world.open)
        cover = worlds.picture("cover", world.open, alt_text="")
        page.body = [
            ("image", {"image": silent, "alt_text": " "}),
            ("gallery", {"items": [{"image": spoken, "alt_text": "x"}, {"image": spoken, "alt_text": "y"}]}),
        ]
        page.cover = cover
        page.save()
        page_facts.refresh([page.pk])
        undescribed = PageReference.objects.published().undescribed()
        assert set(undescribed.values_list("picture", flat=True)) == {silent.pk, cover.pk}

    def test_the_number_of_queries_does_not_grow(self, world: worlds.World) -> None:
        pages = list(EntryPage.objects.values_list("pk", flat=True))
        counts = []
        for ids in (pages[:2], pages):
            with CaptureQueriesContext(connection) as captured:
                page_facts.refresh(ids)
            counts.append(len(captured))
        assert counts[0] == counts[1]
        page_facts.refresh(pages)
        assert PageFacts.objects.count() == len(pages)

    def test_an_address_is_known_once_and_due_at_once(self, world: worlds.World) -> None:
        pages = [page_of(world, "workshop-open"), page_of(world, "boardroom-open")]
        for page in pages:
            page.body = [text('<p><a href="https://example.com/">c</a></p>')]
            page.save()
        page_facts.refresh([page.pk for page in pages])
        page_facts.refresh([page.pk for page in pages])
        address = ExternalAddress.objects.get()
        assert (address.host, address.status, address.references.count()) == ("example.com", "unknown", 2)


class TestFollowing:
    def test_a_change_by_any_door_is_taken_in(self, world: worlds.World) -> None:
        Position.objects.filter(reader=page_facts.READER).delete()
        assert page_facts.catch_up() == 0
        assert PageFacts.objects.count() == EntryPage.objects.count(), "at first everything is worked out"
        page = page_of(world, "workshop-open")
        page.body = [text("<p>One two three four</p>")]
        page.save_revision().publish()
        page_facts.catch_up()
        assert PageFacts.objects.get(page=page.pk).words == 4
        assert page_facts.catch_up() == 0

    def test_one_job_waits_however_much_changes(
        self, world: worlds.World, django_capture_on_commit_callbacks
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            for slug in ("workshop-open", "boardroom-open"):
                page_of(world, slug).save()
        assert PageFacts.objects.count() == EntryPage.objects.count()

    @pytest.mark.parametrize("kind", ["picture", "document"])
    def test_a_file_that_is_replaced_weighs_otherwise(
        self, world: worlds.World, kind: str, django_capture_on_commit_callbacks
    ) -> None:
        page = page_of(world, "workshop-open")
        file: Image | Document = getattr(worlds, kind)("file", world.open, Access.OPEN)
        worlds.use_in_body(page, file)
        page_facts.refresh([page.pk])
        with django_capture_on_commit_callbacks(execute=True):
            file.file_size = 4711
            file.save()
        assert PageFacts.objects.get(page=page.pk).total_bytes == 4711


def test_the_command_fills_what_was_lost(world: worlds.World, run_command) -> None:
    assert f"{EntryPage.objects.count()} pages" in run_command("refill_page_facts")
    assert PageFacts.objects.count() == EntryPage.objects.count()


class TestAPageThatCannotBeRead:
    @pytest.fixture
    def unreadable(self, world: worlds.World, monkeypatch: pytest.MonkeyPatch) -> EntryPage:
        bad, read = page_of(world, "boardroom-open"), page_contents.of_page

        def of_page(page: EntryPage) -> page_contents.Contents:
            if page.pk == bad.pk:
                raise RecursionError("endless")
            return read(page)

        monkeypatch.setattr(page_contents, "of_page", of_page)
        return bad

    def test_keeps_no_other_waiting_and_is_written_down(
        self, world: worlds.World, unreadable: EntryPage, caplog: pytest.LogCaptureFixture
    ) -> None:
        page_facts.refill()
        assert PageFacts.objects.count() == EntryPage.objects.count() - 1
        assert [str(unreadable.pk) in record.getMessage() for record in caplog.records] == [True]

    def test_is_not_tried_again_until_it_changes(
        self, world: worlds.World, unreadable: EntryPage, caplog: pytest.LogCaptureFixture
    ) -> None:
        page_facts.refill()
        for slug in ("boardroom-open", "workshop-open"):
            page_of(world, slug).save()
        caplog.clear()
        assert page_facts.catch_up() > 0
        assert len(caplog.records) == 1
        assert page_facts.catch_up() == 0
        assert len(caplog.records) == 1

    def test_a_database_that_does_not_answer_is_asked_again(
        self, world: worlds.World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(page_ids: object) -> None:
            raise OperationalError

        page_facts.refill()
        page_of(world, "workshop-open").save()
        read = Position.objects.get(reader=page_facts.READER).sequence
        monkeypatch.setattr(page_facts, "refresh", fail)
        with pytest.raises(OperationalError):
            page_facts.catch_up()
        assert Position.objects.get(reader=page_facts.READER).sequence == read
