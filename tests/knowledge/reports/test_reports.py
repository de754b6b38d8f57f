"""What is true of every report: who sees it, that it leads somewhere, its files, and what it asks of the database."""

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import ReferenceIndex

from core import clock, exports, table_files
from knowledge.models import Entry, EntryPage, PageReference, Reading
from knowledge.reports import REPORTS
from knowledge.reports.listing import Report
from knowledge.services import page_facts
from people.models import User
from tests import world as worlds
from tests.knowledge.reports import crowd

SignIn = Callable[[User | None], Client]
MOST_QUERIES = 10


def address(name: str, query: str = "") -> str:
    return reverse(f"catalogue_reports:{name}") + query


def rows(client: Client, name: str, query: str = "") -> list[Any]:
    response = client.get(address(name, query))
    assert response.status_code == 200, (name, query)
    return list(response.context["object_list"])


def titles(client: Client, name: str, query: str = "") -> set[str]:
    return {getattr(row, "title", None) or row.page.title for row in rows(client, name, query)}


def table(client: Client, name: str, query: str = "") -> list[list[str]]:
    response = client.get(address(name, "?export=csv" + query))
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


@pytest.fixture
def curator(sign_in: SignIn, world: worlds.World) -> Client:
    return sign_in(world.curator)


class TestEveryReport:
    @pytest.mark.slow
    def test_is_for_those_who_look_after_entries(self, sign_in: SignIn, world: worlds.World) -> None:
        for name, user in world.people.items():
            expected = {"visitor": 302, "curator": 200, "moderator": 200, "lead": 200}.get(name, 403)
            client = sign_in(user)
            answers = {
                report: client.get(address(report)).status_code
                for report in ("index", "content", "freshness", "broken_links")
            }
            assert set(answers.values()) == {expected}, (name, answers)

    @pytest.mark.slow
    def test_asks_the_same_however_many_rows_there_are(self, curator: Client, world: worlds.World) -> None:
        asked: dict[str, set[int]] = {report.name: set() for report in REPORTS}
        # What a process asks but once, such as the numbers of content types, is asked before.
        for name in ("index", *asked):
            curator.get(address(name))
        for number in (5, 15, 80):
            crowd.entries(world.open, world.lead, number, stem=f"crowd-{number}")
            worlds.picture(f"orphan-{number}", world.open)
            for report in REPORTS:
                with CaptureQueriesContext(connection) as captured:
                    assert curator.get(address(report.name)).status_code == 200
                asked[report.name].add(len(captured) - _for_the_frame(captured))
        assert {name: counts for name, counts in asked.items() if max(counts) > MOST_QUERIES} == {}
        assert {name: counts for name, counts in asked.items() if len(counts) > 1} == {}

    @pytest.mark.slow
    @pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
    def test_is_a_file_as_well(self, curator: Client, world: worlds.World, report: type[Report]) -> None:
        crowd.entries(world.open, world.lead, 3)
        head, headings, *lines = table(curator, report.name)
        assert head[0] == str(report.page_title)
        assert head[2].endswith(" UTC"), "the file says when it was begun"
        answer = curator.get(address(report.name, "?export=xlsx"))
        sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
        assert sheet is not None
        assert [cell.value for cell in sheet[2]] == headings
        assert sheet.max_row == len(lines) + 2

    @pytest.mark.slow
    @pytest.mark.parametrize("report", [each for each in REPORTS if each.name not in {"reviews", "content"}])
    def test_is_narrowed_to_a_community_in_the_list_and_in_the_file(
        self, curator: Client, world: worlds.World, report: type[Report]
    ) -> None:
        """What waits for review is a list of one's own, and content has a row a community."""
        leaver = worlds.person("leaver@example.org", is_active=False)
        for where in (world.open, world.closed):
            made = crowd.entries(where, leaver, 2, stem=where.slug)
            PageReference.objects.create(page=made[0].pages.get(), named_page_id=9_999_999)
            made[1].pages.get().specific.save_revision(user=world.lead, clean=False)
            worlds.picture(f"picture-{where.slug}", where)
            worlds.document(f"paper-{where.slug}", where)
        parts = []
        for where in (world.open, world.closed):
            parts.append(len(rows(curator, report.name, f"?community={where.pk}")))
            assert len(table(curator, report.name, f"&community={where.pk}")) == parts[-1] + 2
        assert len(rows(curator, report.name)) == sum(parts)
        assert all(parts)


def _for_the_frame(captured: CaptureQueriesContext) -> int:
    """What every page of the admin asks: who is there, what they may, which menu they have."""
    frame = (
        "django_session",
        "auth_permission",
        "people_user_groups",
        "wagtailusers_userprofile",
        "SAVEPOINT",
    )
    return sum(any(word in query["sql"] for word in frame) for query in captured)


class TestFiles:
    def test_nothing_stands_twice_or_lacks_while_others_work(
        self, curator: Client, world: worlds.World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(table_files, "BATCH", 4)
        monkeypatch.setattr(exports, "LINES_A_PIECE", 1)
        entries = crowd.entries(world.open, world.lead, 12)
        answer = curator.get(address("freshness", "?export=csv&ordering=review_date"))
        lines = iter(answer.streaming_content)
        begun = [next(lines) for _part in range(4)]
        # Between two batches what was read moves to the end of the order, and what comes moves to its head.
        Entry.objects.filter(pk=entries[0].pk).update(review_date=clock.today() + timedelta(days=900))
        Entry.objects.filter(pk=entries[11].pk).update(review_date=clock.today() - timedelta(days=900))
        text = b"".join([*begun, *lines]).decode("utf-8-sig")
        named = [row[0] for row in csv.reader(io.StringIO(text)) if row[0].startswith("Title of crowd")]
        assert sorted(named) == sorted(f"Title of {entry.slug}" for entry in entries)

    def test_never_are_all_rows_fetched_at_once(
        self, curator: Client, world: worlds.World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(table_files, "BATCH", 4)
        crowd.entries(world.open, world.lead, 12)
        for form in ("csv", "xlsx"):
            with CaptureQueriesContext(connection) as captured:
                answer = curator.get(address("freshness", f"?export={form}"))
                list(answer.streaming_content)
            listing_entries = [
                query["sql"] for query in captured if query["sql"].startswith('SELECT "knowledge_entry"."id"')
            ]
            assert len(listing_entries) > 3
            named = [re.search(r'"knowledge_entry"."id" IN \(([\d, ]+)\)', sql) for sql in listing_entries]
            assert {part.group(1).count(",") < 4 for part in named if part} == {True}
            # The keys of all are read first, and nothing but the keys.
            assert sum(part is None for part in named) <= 1

    def test_no_text_is_a_formula(self, curator: Client, world: worlds.World) -> None:
        EntryPage.objects.filter(entry=world.entries["workshop-open"]).update(title="=HYPERLINK(1)")
        assert "'=HYPERLINK(1)" in {line[0] for line in table(curator, "freshness")}


class TestFreshness:
    def test_tells_past_from_near_and_later(self, curator: Client, world: worlds.World) -> None:
        days = {"workshop-open": -3, "workshop-closed": 12, "boardroom-open": 90}
        for slug, number in days.items():
            Entry.objects.filter(slug=slug).update(review_date=clock.today() + timedelta(days=number))
        for state, slug in (
            ("past", "workshop-open"),
            ("near", "workshop-closed"),
            ("later", "boardroom-open"),
        ):
            assert titles(curator, "freshness", f"?state={state}") == {f"Title of {slug}"}
        assert "Title of boardroom-closed" in titles(curator, "freshness", "?state=never")
        assert "Title of workshop-open" in titles(curator, "freshness", f"?community={world.open.pk}")
        assert titles(curator, "freshness", f"?community={world.closed.pk}&state=past") == set()


class TestMissing:
    def test_an_owner_who_has_left(self, curator: Client, world: worlds.World) -> None:
        assert rows(curator, "missing_owner") == []
        Entry.objects.filter(slug="workshop-open").update(owner=world.colleague)
        User.objects.filter(pk=world.colleague.pk).update(is_active=False)
        assert titles(curator, "missing_owner") == {"Title of workshop-open"}

    def test_a_summary_leads_to_the_editor_of_its_page(self, curator: Client, world: worlds.World) -> None:
        page = world.entries["workshop-open"].pages.get()
        EntryPage.objects.filter(pk=page.pk).update(summary="")
        response = curator.get(address("missing_summary"))
        assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in response.content.decode()
        assert titles(curator, "missing_summary", "?language=ru") == set()

    def test_a_translation(self, curator: Client, world: worlds.World) -> None:
        worlds.entry(
            "in-russian", world.open, world.lead, language="ru", translation_of=world.entries["workshop-open"]
        )
        found = titles(curator, "missing_translation", "?lacks=ru")
        assert "Title of workshop-open" not in found
        assert "Title of boardroom-open" in found
        assert "Title of workshop-open" in titles(curator, "missing_translation", "?lacks=bg")

    def test_words_for_those_who_cannot_see(self, curator: Client, world: worlds.World) -> None:
        page = world.entries["workshop-open"].pages.get().specific
        seen = worlds.picture("gasket", world.open)
        page.body = [("image", {"image": seen, "alt_text": ""})]
        page.save()
        page_facts.refresh([page.pk])
        assert "gasket" in curator.get(address("missing_description")).content.decode()


class TestBrokenLinks:
    @pytest.fixture
    def linking(self, world: worlds.World) -> EntryPage:
        return world.entries["workshop-open"].pages.get().specific

    def link(self, page: EntryPage, *targets: Any) -> None:
        PageReference.objects.all().delete()
        PageReference.objects.bulk_create(
            PageReference(page=page, named_page_id=target) for target in targets
        )

    def faults(self, client: Client) -> dict[int, str]:
        return {row.named_page_id: row.fault for row in rows(client, "broken_links")}

    def test_pages_that_are_gone_or_withdrawn(
        self, curator: Client, world: worlds.World, linking: EntryPage
    ) -> None:
        draft, well = world.entries["draft"].pages.get(), world.entries["workshop-open"].pages.get()
        self.link(linking, draft.pk, well.pk, 9_999_999)
        assert self.faults(curator) == {draft.pk: "withdrawn", 9_999_999: "gone"}

    @pytest.mark.slow
    def test_pages_that_not_every_reader_may_see(
        self, curator: Client, world: worlds.World, linking: EntryPage
    ) -> None:
        """From an open page of an open community."""
        slugs = ("workshop-closed", "boardroom-open", "vault-open")
        hidden = [world.entries[slug].pages.get().pk for slug in slugs]
        self.link(linking, *hidden)
        assert self.faults(curator) == dict.fromkeys(hidden, "hidden")
        shown = curator.get(address("broken_links")).content.decode()
        assert "Title of boardroom-open" in shown
        assert "vault" not in shown

    def test_within_a_closed_community_its_own_pages_are_seen(
        self, curator: Client, world: worlds.World
    ) -> None:
        inside = world.entries["boardroom-open"].pages.get()
        self.link(
            inside,
            world.entries["boardroom-closed"].pages.get().pk,
            world.entries["workshop-open"].pages.get().pk,
        )
        assert self.faults(curator) == {}

    def test_files_that_are_gone(self, curator: Client, linking: EntryPage) -> None:
        PageReference.objects.create(page=linking, document_id=9_999_999)
        assert [row.fault for row in rows(curator, "broken_links")] == ["file_gone"]


class TestReadership:
    def test_readers_are_people_who_came_further_than_the_beginning(
        self, curator: Client, world: worlds.World
    ) -> None:
        entry = world.entries["workshop-open"]
        for user, progress in ((world.member, 100), (world.colleague, 30), (world.expert, 2)):
            Reading.objects.create(
                user=user, entry=entry, language="en", progress=progress, read_at=clock.now()
            )
        first = rows(curator, "most_read")[0]
        assert (first.pk, first.readers) == (entry.pk, 2)

    def test_what_is_new_is_not_unread_for_a_year(self, curator: Client, world: worlds.World) -> None:
        assert rows(curator, "unread") == []
        old = crowd.entries(world.open, world.lead, 2)
        Reading.objects.create(
            user=world.member, entry=old[0], language="en", progress=50, read_at=clock.now()
        )
        assert titles(curator, "unread") == {f"Title of {old[1].slug}"}


class TestContent:
    def test_counts_what_the_filters_leave(self, curator: Client, world: worlds.World) -> None:
        crowd.entries(world.open, world.lead, 4)
        by_community = {row.pk: row for row in rows(curator, "content")}
        assert world.classified.pk not in by_community
        workshop = by_community[world.open.pk]
        # Classified entries of open communities are not a curator's to know of.
        assert (workshop.entry_count, workshop.best_practice, workshop.by_language) == (6, 6, {"en": 6})
        assert workshop.stale_share == 66
        narrowed = {row.pk: row for row in rows(curator, "content", "?kind=wiki")}
        assert (narrowed[world.open.pk].entry_count, narrowed[world.open.pk].by_language) == (0, {})


class TestOrphans:
    def test_what_anything_uses_is_none(self, curator: Client, world: worlds.World) -> None:
        page = world.entries["workshop-open"].pages.get().specific
        _lost, shown, drafted = (worlds.picture(name, world.open) for name in ("lost", "shown", "drafted"))
        photo = worlds.picture("photo", world.open)
        worlds.use_in_body(page, shown)
        page = EntryPage.objects.get(pk=page.pk).specific
        page.body = [("image", {"image": drafted, "alt_text": "x"})]
        page.save_revision()
        world.member.photo = photo
        world.member.save()
        ReferenceIndex.create_or_update_for_object(world.member)
        page_facts.refresh([page.pk])
        found = set(titles(curator, "orphan_pictures"))
        assert "lost" in found
        assert not {"shown", "drafted", "photo"} & found

    def test_a_lost_document_is_found(self, curator: Client, world: worlds.World) -> None:
        worlds.document("paper", world.open)
        assert titles(curator, "orphan_documents") == {"paper"}


class TestHeavy:
    def test_the_heaviest_comes_first(self, curator: Client, world: worlds.World) -> None:
        page = world.entries["workshop-open"].pages.get().specific
        paper = worlds.document("paper", world.open)
        paper.file_size = 5_000_000
        paper.save()
        worlds.use_in_body(page, paper)
        page_facts.refill()
        first = rows(curator, "heavy")[0]
        assert (first.pk, first.facts.total_bytes) == (page.pk, 5_000_000)
