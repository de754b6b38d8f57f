"""Lists of the admin as files: what stands in them, and that none is fetched or held as a whole."""

import csv
import io
import tracemalloc
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.log_actions import log
from wagtail.search.backends import get_search_backend

from core import clock, table_files
from core.audit_log import AuditLog
from core.models import ExchangeRate
from core.table_files import TableFile
from knowledge.models import Entry, EntryPage
from people.models import User
from tests import world as worlds
from tests.knowledge.reports import crowd
from tests.matrix import urlconf

SignIn = Callable[[User | None], Client]
ENTRIES = reverse("entry:index")
PAGES = reverse("best_practices:index")


@pytest.fixture
def curator(sign_in: SignIn, world: worlds.World) -> Client:
    return sign_in(world.curator)


def lines(client: Client, address: str, query: str = "") -> list[list[str]]:
    answer = client.get(f"{address}?export=csv{query}")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def cells(client: Client, address: str, query: str = "") -> list[list[Any]]:
    answer = client.get(f"{address}?export=xlsx{query}")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert sheet is not None
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_every_list_that_gives_a_file_writes_it_row_by_row() -> None:
    listing = {
        route: view.view_class
        for route, view in urlconf.views().items()
        if issubclass(getattr(view, "view_class", object), SpreadsheetExportMixin)
        and view.view_initkwargs.get("list_export", view.view_class.list_export)
        # Nobody comes in there (cms.admin_guard).
        and "page-types-usage" not in route
    }
    assert {route for route, view in listing.items() if not issubclass(view, TableFile)} == set()
    assert {"admin/entries/", "admin/users/", "admin/redirects/", "admin/reports/locked/"} <= set(listing)
    assert issubclass(AuditLog.index_view_class, TableFile)


class TestContent:
    def test_has_the_headings_and_values_of_the_list(self, curator: Client, world: worlds.World) -> None:
        Entry.objects.filter(slug="workshop-open").update(review_date=date(2027, 3, 9))
        headings, *rows = lines(curator, PAGES, "&ordering=title")
        assert headings == [
            "Title", "Community", "Language", "Access", "Owner", "Review date", "Status", "Published", "Address",
        ]  # fmt: skip
        row = next(row for row in rows if row[0] == "Title of workshop-open")
        published = EntryPage.objects.get(title="Title of workshop-open").first_published_at
        assert row[1:7] == ["Workshop", "en", "open", "Lena Lead", "2027-03-09", "live"]
        assert row[7] == f"{published:%Y-%m-%d %H:%M:%S}+00:00"
        assert row[8].endswith("/workshop-open/")

    def test_a_workbook_has_days_and_moments(self, curator: Client, world: worlds.World) -> None:
        Entry.objects.filter(slug="workshop-open").update(review_date=date(2027, 3, 9))
        headings, *rows = cells(curator, PAGES)
        row = dict(
            next(zip(headings, row, strict=True) for row in rows if row[0] == "Title of workshop-open")
        )
        published = EntryPage.objects.get(title="Title of workshop-open").first_published_at
        assert row["Review date"].date() == date(2027, 3, 9)
        assert row["Published"] == published.replace(tzinfo=None, microsecond=0)

    def test_stands_in_the_order_of_the_list(self, curator: Client, world: worlds.World) -> None:
        crowd.entries(world.open, world.lead, 7)
        for query in ("&ordering=title", "&ordering=-title"):
            named = [row[0] for row in lines(curator, PAGES, query)[1:]]
            assert named == sorted(named, reverse="-" in query)
            assert len(named) > 7

    def test_keeps_to_what_is_searched_and_filtered(self, curator: Client, world: worlds.World) -> None:
        get_search_backend().add(EntryPage.objects.get(title="Title of boardroom-open").specific)
        for address in (ENTRIES, PAGES):
            found = lines(curator, address, "&q=boardroom-open")[1:]
            assert [("boardroom-open" in " ".join(row)) for row in found] == [True]
            within = lines(curator, address, f"&community={world.open.pk}")[1:]
            assert within
            assert {"Workshop" in row for row in within} == {True}

    def test_no_text_is_a_formula(self, curator: Client, world: worlds.World) -> None:
        EntryPage.objects.filter(entry=world.entries["workshop-open"]).update(title="=HYPERLINK(1)")
        assert "'=HYPERLINK(1)" in {row[0] for row in lines(curator, PAGES)}

    def test_speaks_the_language_of_whoever_asked(self, sign_in: SignIn, world: worlds.World) -> None:
        User.objects.filter(pk=world.curator.pk).update(language="ru")
        headings = lines(sign_in(User.objects.get(pk=world.curator.pk)), PAGES)[0]
        assert headings[:2] == ["Название", "Сообщество"]

    def test_a_list_without_a_file_stays_a_page(self, curator: Client) -> None:
        answer = curator.get("/admin/pages/?export=csv")
        assert answer["Content-Type"].startswith("text/html")


class TestFlat:
    def test_rows_come_in_batches(
        self, curator: Client, world: worlds.World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(table_files, "BATCH", 4)
        sizes: list[int] = []
        batch = TableFile.batch

        def counted(self: Any, found: Any, keys: Any) -> list[Any]:
            rows = list(batch(self, found, keys))
            sizes.append(len(rows))
            return rows

        monkeypatch.setattr(TableFile, "batch", counted)
        crowd.entries(world.open, world.lead, 12)
        EntryPage.objects.update(last_published_at=clock.now())
        for address in (ENTRIES, PAGES, reverse("wagtailadmin_reports:aging_pages")):
            for form in ("csv", "xlsx"):
                sizes.clear()
                with CaptureQueriesContext(connection) as captured:
                    list(curator.get(f"{address}?export={form}").streaming_content)
                assert len(sizes) > 3
                assert max(sizes) == 4
                assert not any('COUNT(*) AS "__count"' in query["sql"] for query in captured), address

    def test_nothing_stands_twice_or_lacks_while_others_work(
        self, curator: Client, world: worlds.World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(table_files, "BATCH", 4)
        monkeypatch.setattr("core.exports.LINES_A_PIECE", 1)
        entries = crowd.entries(world.open, world.lead, 12)
        for number, entry in enumerate(entries):
            day = clock.today() - timedelta(days=100 - number)
            Entry.objects.filter(pk=entry.pk).update(review_date=day)
        answer = iter(curator.get(f"{ENTRIES}?export=csv&ordering=review_date").streaming_content)
        begun = [next(answer) for _line in range(4)]
        # What was read moves to the end of the order, what comes to its head, and one is withdrawn.
        Entry.objects.filter(pk=entries[0].pk).update(review_date=clock.today() + timedelta(days=900))
        Entry.objects.filter(pk=entries[11].pk).update(review_date=clock.today() - timedelta(days=900))
        Entry.objects.filter(pk=entries[10].pk).update(community=world.classified)
        text = b"".join([*begun, *answer]).decode("utf-8-sig")
        named = [row[1] for row in csv.reader(io.StringIO(text)) if row[1].startswith("Title of crowd")]
        assert sorted(named) == sorted(f"Title of {entry.slug}" for entry in entries if entry != entries[10])

    @pytest.mark.slow
    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_memory_does_not_grow_with_the_rows(
        self, sign_in: SignIn, world: worlds.World, form: str
    ) -> None:
        client = sign_in(world.moderator)
        address = f"{reverse('exchange_rate:index')}?export={form}"

        def peak(number: int) -> int:
            ExchangeRate.objects.all().delete()
            days = (date(1990, 1, 1) + timedelta(days=at) for at in range(number))
            ExchangeRate.objects.bulk_create(ExchangeRate(date=day, currency="USD", rate=1) for day in days)
            tracemalloc.start()
            pieces = sum(len(piece) > 0 for piece in client.get(address).streaming_content)
            most = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            assert pieces
            return most

        peak(100)
        assert peak(8000) < peak(500) + 1_500_000

    def test_the_history_of_the_site_is_one_list_of_several_logs(
        self, curator: Client, world: worlds.World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page = world.entries["workshop-open"].pages.get()
        for _time in range(3):
            for thing in (page, world.open):
                log(thing, "wagtail.edit", user=world.curator)
        address = reverse("wagtailadmin_reports:site_history")
        whole = lines(curator, address)
        monkeypatch.setattr(table_files, "BATCH", 2)
        assert lines(curator, address) == whole
        assert [row[1] for row in whole[1:7]] == [str(world.open), page.title] * 3
