import datetime as dt
import random
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import exchange
from core.exchange import DatedRate
from knowledge import replication_totals
from knowledge.models import Replication
from knowledge.services import confirmations, replications
from people.models import User
from tests import world as worlds
from tests.knowledge.ledger import DAY, draft, employee_of, measured, money, recorded
from tests.world import World

pytestmark = pytest.mark.django_db


def rates(**numbers: str) -> None:
    exchange.set_rates(
        [DatedRate(currency, DAY, Decimal(number)) for currency, number in numbers.items()], by=None
    )


def both() -> replication_totals.Totals:
    """The totals as the database counts them; those of rows at hand have to be the same."""
    everything = Replication.objects.all()
    found = replication_totals.of(everything)
    assert found == replication_totals.of_rows(replication_totals.rated(everything))
    return found


def test_money_of_several_currencies_and_periods(world: World) -> None:
    rates(USD="0.5", GBP="2")
    entry = world.entries["workshop-open"]
    recorded(entry, "steel", money(1000))
    recorded(entry, "glass", money(100, "USD", "month"))
    recorded(entry, "paper", money(70, "GBP", "once", cost_amount=Decimal(3), cost_currency="GBP"))
    totals = both()
    assert totals.yearly.amount == 1000 + 100 * 12 * Decimal("0.5")
    assert (totals.once.amount, totals.cost.amount) == (140, 6)
    assert {(line.code, line.period, line.amount) for line in totals.money} == {
        ("EUR", "year", 1000),
        ("USD", "year", 1200),
        ("GBP", "once", 70),
    }


def test_without_a_rate_it_stands_apart_and_is_not_lost(world: World) -> None:
    entry = world.entries["workshop-open"]
    recorded(entry, "steel", money(1000))
    recorded(entry, "glass", money(500, "TRY"))
    totals = both()
    assert totals.yearly.amount == 1000
    assert [(line.code, line.amount, line.is_counted) for line in totals.apart] == [("TRY", 500, False)]


def test_the_rate_of_the_day_of_each_record(world: World) -> None:
    exchange.set_rates(
        [
            DatedRate("USD", dt.date(2026, 1, 1), Decimal("0.8")),
            DatedRate("USD", dt.date(2026, 6, 1), Decimal("0.9")),
        ],
        by=None,
    )
    entry = world.entries["workshop-open"]
    for slug, day in (
        ("steel", dt.date(2026, 5, 31)),
        ("glass", dt.date(2026, 6, 1)),
        ("paper", dt.date(2025, 12, 31)),
    ):
        recorded(entry, slug, money(100, "USD", as_of_date=day))
    totals = both()
    assert totals.yearly.amount == 80 + 90
    assert [(line.number, line.amount) for line in totals.apart] == [(1, 100)], "before the first rate"


def test_what_is_not_in_use_is_not_counted(world: World) -> None:
    entry = world.entries["workshop-open"]
    recorded(entry, "steel", money(1000, status="tried"))
    gone = recorded(entry, "glass", money(500))
    replications.withdraw(replication=gone, by=employee_of("glass"))
    recorded(entry, "paper", draft())
    assert not both()


def test_measures_by_unit_and_never_percentages(world: World) -> None:
    entry = world.entries["workshop-open"]
    recorded(entry, "steel", measured(300, "MWH"))
    recorded(entry, "glass", measured(10, "MWH", "month"))
    recorded(entry, "paper", measured(12, "P1"))
    recorded(entry, "yarn", measured(8, "HUR", "once"))
    assert [(line.code, line.period, line.amount) for line in both().measures] == [
        ("HUR", "once", 8),
        ("MWH", "year", 420),
    ]


def test_the_part_that_is_confirmed(world: World) -> None:
    first = recorded(world.entries["workshop-open"], "steel", money(1000))
    recorded(world.entries["workshop-open"], "glass", money(500))
    curator = User.objects.get(pk=world.curator.pk)
    confirmations.confirm(replication=first, version=1, by=curator, reason="Seen")
    totals = both()
    assert (totals.yearly.amount, totals.yearly.confirmed, totals.yearly.number) == (1500, 1000, 2)


def test_any_records_sum_up_alike_in_the_database_and_outside(world: World) -> None:
    """The order of rows, the currency and the period make no difference to a sum but by the rate and the year."""
    chance = random.Random(11)
    rates(USD="0.83", GBP="1.19", ILS="0.26")
    expected = Decimal(0)
    worth = {"EUR": Decimal(1), "USD": Decimal("0.83"), "GBP": Decimal("1.19"), "ILS": Decimal("0.26")}
    for number in range(12):
        amount = Decimal(chance.randint(-500, 90_000))
        currency, period = chance.choice([*worth, "TRY"]), chance.choice(["year", "month"])
        recorded(world.entries["workshop-open"], f"works-{number}", money(amount, currency, period))
        if currency in worth:
            expected += amount * worth[currency] * (12 if period == "month" else 1)
    totals = both()
    assert abs(totals.yearly.amount - expected) < Decimal("0.1")
    assert sum(line.number for line in totals.money) == 12, "nothing is dropped"


def test_one_statement_whatever_there_is(world: World) -> None:
    for number in range(3):
        recorded(worlds.entry(f"more-{number}", world.open, world.lead), "steel", money(1))
    with CaptureQueriesContext(connection) as queries:
        replication_totals.of(Replication.objects.all())
    assert len(queries) == 1
