"""What the currencies of the demonstration's enterprises are worth; the Turkish lira has no rate, on purpose."""

from dataclasses import replace

from cms.demonstration.loading.shift import Shift
from cms.demonstration.source import CONTENT
from core import exchange
from core.models import ExchangeRate


def load(shift: Shift) -> None:
    if ExchangeRate.objects.exists():
        return
    lines = (CONTENT / "exchange_rates.csv").read_text(encoding="utf-8").splitlines()
    # The earliest rates stay where they are: nothing is recorded before there is a rate.
    rates = [
        rate if rate.date.year == 2024 else replace(rate, date=shift.day(rate.date))
        for rate in exchange.read_csv(lines)
    ]
    exchange.set_rates(rates, by=None)
