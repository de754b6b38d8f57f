"""Money of one currency in another: by the rate in force on a day, which is the newest that is not after it.

A currency without any such rate has no worth that could be added; whoever sums up shows it apart.
"""

import csv
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, DecimalField, OuterRef, Subquery, Value, When
from django.utils.translation import gettext as _

from core import audit, outbox
from core.models import ExchangeRate
from core.models.exchange_rate import CURRENCY_CODE, SMALLEST_RATE

RATE = DecimalField(max_digits=20, decimal_places=10)
LARGEST_RATE = Decimal(10) ** 10
MOST_LINES = 50_000
BATCH = 500
# As the outbox knows rates: all of them at once, since one may be in any sum.
KIND = "exchangerate"


def rate_on(currency: str, date: str) -> Case:
    """In SQL, what a unit of the currency in one column is worth on the day in another; null where nobody knows."""
    known = ExchangeRate.objects.filter(currency=OuterRef(currency), date__lte=OuterRef(date))
    return Case(
        When(**{currency: settings.BASE_CURRENCY}, then=Value(Decimal(1), RATE)),
        default=Subquery(known.order_by("-date").values("rate")[:1], output_field=RATE),
        output_field=RATE,
    )


def currencies() -> list[str]:
    """The base currency, and every one that there is a rate of, by their codes."""
    known = ExchangeRate.objects.order_by("currency").values_list("currency", flat=True).distinct()
    return [settings.BASE_CURRENCY, *(code for code in known if code != settings.BASE_CURRENCY)]


@dataclass(frozen=True)
class DatedRate:
    """A line of an import."""

    currency: str
    date: dt.date
    rate: Decimal


def read_csv(lines: Iterable[str]) -> Iterator[DatedRate]:
    """Rates out of lines like `2026-03-31,USD,0.9246`; a first line of headings is passed over.

    Raises ValidationError, which says in which line.
    """
    for number, row in enumerate(_rows(lines), 1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and cells[0].lower() == "date"):
            continue
        if number > MOST_LINES:
            raise ValidationError(_("These are more than %(number)d lines.") % {"number": MOST_LINES})
        try:
            yield _dated_rate(cells)
        except (ValueError, InvalidOperation, ValidationError) as error:
            raise ValidationError(
                _("Line %(number)d is not a date, a currency and a rate: %(line)s")
                % {"number": number, "line": ",".join(row)[:80]}
            ) from error


@transaction.atomic
def set_rates(rates: Iterable[DatedRate], *, by: Any) -> int:
    """Keep these rates; those of the same currency and day are replaced. Returns how many there were."""
    # The last one of a day counts: a statement may not write a row twice.
    wanted = {(rate.currency, rate.date): rate for rate in rates}
    rows = [ExchangeRate(currency=each.currency, date=each.date, rate=each.rate) for each in wanted.values()]
    ExchangeRate.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["currency", "date"],
        update_fields=["rate"],
    )
    if rows:
        audit.log("exchange_rates.imported", actor=by, rates=len(rows))
        announce()
    return len(rows)


@transaction.atomic
def save_rate(rate: ExchangeRate, *, by: Any) -> ExchangeRate:
    """Keep one rate, new or changed."""
    rate.save()
    audit.log("exchange_rate.set", actor=by, target=rate, currency=rate.currency, rate=str(rate.rate))
    announce()
    return rate


@transaction.atomic
def remove_rate(rate: ExchangeRate, *, by: Any) -> None:
    """Take one away: from its day on the one before it holds again."""
    audit.log("exchange_rate.removed", actor=by, target=rate, currency=rate.currency, rate=str(rate.rate))
    rate.delete()
    announce()


def announce() -> None:
    """Sums that are kept somewhere are no longer right."""
    outbox.record(outbox.Thing(KIND, "all", []))


def _rows(lines: Iterable[str]) -> Iterator[list[str]]:
    reader = csv.reader(lines)
    try:
        yield from reader
    except csv.Error as error:
        raise ValidationError(
            _("Line %(number)d is not a date, a currency and a rate: %(line)s")
            % {"number": reader.line_num, "line": ""}
        ) from error


def _dated_rate(cells: list[str]) -> DatedRate:
    date, currency, rate = cells
    CURRENCY_CODE(currency.upper())
    number = Decimal(rate)
    if not number.is_finite() or not SMALLEST_RATE <= number < LARGEST_RATE:
        raise ValueError(rate)
    return DatedRate(currency.upper(), dt.date.fromisoformat(date), number)
