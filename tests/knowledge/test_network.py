"""Who took what from whom: filters, what is counted for whom, and the files."""

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from knowledge.models import Entry
from knowledge.network import Network
from knowledge.services import confirmations, replications
from people.models import User
from tests.knowledge.ledger import employee_of, enterprise, measured, money, recorded
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(world: World) -> World:
    Entry.objects.filter(community=world.open).update(enterprise=world.enterprise)
    entry = world.entries["workshop-open"]
    first = recorded(entry, "steel", money(1000, as_of_date=dt.date(2026, 1, 10), note="=1+1"))
    recorded(entry, "glass", measured(5, "HUR", status="tried", as_of_date=dt.date(2026, 6, 10)))
    confirmations.confirm(
        replication=first, version=1, by=User.objects.get(pk=world.curator.pk), reason="Seen"
    )
    replications.record(
        entry=world.entries["vault-open"],
        enterprise=enterprise("steel"),
        draft=money(9_000_000),
        by=User.objects.get(pk=world.lead.pk),
    )
    return world


def look(world: World, query: str = "", role: str = "employee") -> Network:
    return Network(world.viewer(role), QueryDict(query))


@pytest.mark.parametrize(
    ("query", "takers"),
    [
        ("", {"Steel", "Glass"}),
        ("status=tried", {"Glass"}),
        ("status=tried&status=adopted", {"Steel", "Glass"}),
        ("community=workshop", {"Steel", "Glass"}),
        ("community=vault", set()),
        ("enterprise=steel", {"Steel"}),
        ("enterprise=pumps", {"Steel", "Glass"}),
        ("since=2026-02-01", {"Glass"}),
        ("until=2026-02-01", {"Steel"}),
        ("confirmed=yes", {"Steel"}),
        ("since=nonsense&status=nonsense&page=nonsense", {"Steel", "Glass"}),
        ("since=2026-13-45&community=%00", {"Steel", "Glass"}),
    ],
)
def test_filters(ledger: World, query: str, takers: set[str]) -> None:
    network = look(ledger, query)
    assert {link.taker for link in network.links} == takers
    assert {record.taker for record in network.records} == takers
    assert network.total == len(takers)


def test_only_what_the_reader_sees_is_counted(ledger: World) -> None:
    assert look(ledger).totals.yearly.amount == 1000
    assert look(ledger, role="lead").totals.yearly.amount == 9_001_000
    assert "vault" not in {option.value for group in look(ledger).facets for option in group.options}


def test_links_say_who_gave_and_took(ledger: World) -> None:
    links = {link.taker: link for link in look(ledger).links}
    steel = links["Steel"]
    assert (steel.giver, steel.number, steel.in_use, steel.confirmed) == ("Pumps", 1, 1, 1)
    assert links["Glass"].in_use == 0


def test_the_page(ledger: World, sign_in: Any) -> None:
    html = sign_in(ledger.employee).get("/replications/?status=adopted").content.decode()
    for text in ("Who took what from whom", "Pumps", "Steel", "€ 1,000", "flow_chart.js", "1 record"):
        assert text in html
    assert "Glass</bdi></td>" not in html


class TestFiles:
    def read(self, client: Any, form: str, query: str = "") -> bytes:
        answer = client.get(f"/replications/export/{form}/{query}")
        assert answer.streaming
        return b"".join(answer.streaming_content)

    def test_csv(self, ledger: World, sign_in: Any) -> None:
        text = self.read(sign_in(ledger.employee), "csv", "?status=adopted").decode("utf-8-sig")
        lines = text.strip().splitlines()
        assert len(lines) == 2
        assert lines[1].startswith(
            "Pumps,Steel,Title of workshop-open,Workshop,Adopted,2026-01-10,1000.00,EUR"
        )
        assert ",'=1+1," in lines[1]

    def test_excel(self, ledger: World, sign_in: Any) -> None:
        book = openpyxl.load_workbook(io.BytesIO(self.read(sign_in(ledger.employee), "xlsx")))
        rows = list(book.active.iter_rows(values_only=True))
        assert len(rows) == 3
        assert {row[1] for row in rows[1:]} == {"Steel", "Glass"}
        assert 1000 in {row[6] for row in rows}

    def test_as_many_queries_as_batches(self, ledger: World, sign_in: Any, monkeypatch: Any) -> None:
        monkeypatch.setattr("knowledge.replication_export.BATCH", 4)
        for number in range(9):
            recorded(ledger.entries["workshop-open"], f"works-{number}", money(1))
        client = sign_in(ledger.employee)
        client.get("/replications/")
        with CaptureQueriesContext(connection) as queries:
            lines = self.read(client, "csv").decode().strip().splitlines()
        assert len(lines) == 12
        assert len(queries) <= 3 + 3


def test_the_page_of_an_enterprise(ledger: World, sign_in: Any) -> None:
    html = sign_in(ledger.employee).get("/people/units/pumps/").content.decode()
    given, received = html.split("Received: what is taken from others")
    assert "Title of workshop-open" in given
    assert "Nothing has been taken from others yet" in received
    html = sign_in(employee_of("steel")).get("/people/units/steel/").content.decode()
    assert "Title of workshop-open" in html.split("Received")[1]
    assert "Title of vault-open" not in html
