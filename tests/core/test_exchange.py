import datetime as dt
import random
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.models import DateField, Value

from core import exchange
from core.exchange import DatedRate
from core.models import AuditEntry, ExchangeRate, OutboxEntry

pytestmark = pytest.mark.django_db
START = dt.date(2026, 1, 1)


def rate(currency: str, day: int, number: str) -> DatedRate:
    return DatedRate(currency, START + dt.timedelta(days=day), Decimal(number))


def worth(currency: str, day: int) -> Decimal | None:
    """What a unit is worth on a day, as the database says."""
    anchor = ExchangeRate.objects.create(currency="ZZZ", date=START + dt.timedelta(days=day), rate=1)
    try:
        found = ExchangeRate.objects.filter(pk=anchor.pk).annotate(
            code=Value(currency), day=Value(anchor.date, DateField())
        )
        answer: Decimal | None = found.annotate(worth=exchange.rate_on("code", "day")).get().worth
        return answer
    finally:
        anchor.delete()


def test_the_newest_rate_that_is_not_after_the_day_holds() -> None:
    """For any rates and any day, whatever the order they were kept in."""
    chance = random.Random(7)
    for _round in range(12):
        ExchangeRate.objects.all().delete()
        days = chance.sample(range(60), chance.randint(1, 6))
        kept = {day: f"{chance.uniform(0.001, 9):.4f}" for day in days}
        exchange.set_rates([rate("USD", day, number) for day, number in kept.items()], by=None)
        exchange.set_rates([rate("GBP", 0, "1.15")], by=None)
        for day in chance.sample(range(60), 5):
            before = [known for known in days if known <= day]
            expected = Decimal(kept[max(before)]) if before else None
            assert worth("USD", day) == expected, (kept, day)


def test_the_base_currency_needs_no_rate() -> None:
    assert worth("EUR", 0) == 1
    assert exchange.currencies() == ["EUR"]


def test_a_currency_nobody_knows_has_no_worth() -> None:
    assert worth("TRY", 30) is None


class TestImport:
    def test_reads_lines(self) -> None:
        lines = ["date,currency,rate", "2026-03-31,usd,0.9246", "", "2026-06-30, GBP ,1.17"]
        assert list(exchange.read_csv(lines)) == [
            DatedRate("USD", dt.date(2026, 3, 31), Decimal("0.9246")),
            DatedRate("GBP", dt.date(2026, 6, 30), Decimal("1.17")),
        ]

    @pytest.mark.parametrize(
        "line",
        [
            "31.03.2026,USD,0.9", "2026-03-31,USDX,0.9", "2026-03-31,USD,0", "2026-03-31,USD,-1",
            "2026-03-31,USD,NaN", "2026-03-31,USD,1e30", "2026-03-31,USD", "2026-03-31,USD,0,9", "=1+1,USD,1",
        ],
    )  # fmt: skip
    def test_says_which_line_is_wrong(self, line: str) -> None:
        with pytest.raises(ValidationError, match="Line 2 "):
            list(exchange.read_csv(["2026-03-31,GBP,1.1", line]))

    @pytest.mark.parametrize(
        "line", ['2026-03-31,USD,"' + "9" * 140_000, "2026-03-31,USD,1\r2026-04-01,USD,1"]
    )
    def test_what_is_no_table_is_refused_too(self, line: str) -> None:
        with pytest.raises(ValidationError, match="Line 2 "):
            list(exchange.read_csv(["2026-03-31,GBP,1.1", line]))

    def test_replaces_the_same_day_and_tells_of_it(self) -> None:
        exchange.set_rates([rate("USD", 0, "0.9")], by=None)
        number = exchange.set_rates(
            [rate("USD", 0, "0.8"), rate("USD", 0, "0.7"), rate("USD", 1, "1")], by=None
        )
        assert number == 2
        assert [row.rate for row in ExchangeRate.objects.order_by("date")] == [Decimal("0.7"), Decimal(1)]
        assert OutboxEntry.objects.filter(kind=exchange.KIND).count() == 2
        assert AuditEntry.objects.filter(action="exchange_rates.imported").count() == 2
