"""What replications bring in sum: money by currency and in the base currency, measures by unit.

Only what is in use counts. What comes every month counts for a year; what comes once is summed up apart. Money is
converted at the rate of the day of its record; a currency without a rate is shown apart and not counted.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.conf import settings
from django.db.models import (
    Case,
    CharField,
    Count,
    DecimalField,
    ExpressionWrapper,
    F,
    IntegerField,
    Q,
    Sum,
    Value,
    When,
)

from core import exchange
from knowledge import effects
from knowledge.choices import IN_USE, NOT_ADDED, Confirmation, EffectPeriod
from knowledge.querysets import ReplicationQuerySet

THOUSANDTH = Decimal("0.001")
YEAR = EffectPeriod.YEAR.value
ONCE = EffectPeriod.ONCE.value
SUM = DecimalField(max_digits=38, decimal_places=10)


@dataclass(frozen=True)
class Line:
    """A sum in one currency or unit: `confirmed` is the part of it that curators have confirmed.

    `code` is a currency, or a unit of `MeasureUnit`; `period` is a year or once; `number` says of how many records.
    """

    code: str
    period: str
    number: int
    amount: Decimal
    confirmed: Decimal
    is_counted: bool = True


@dataclass(frozen=True)
class Sums:
    """In the base currency."""

    amount: Decimal = Decimal(0)
    confirmed: Decimal = Decimal(0)
    number: int = 0

    def plus(self, amount: Decimal, confirmed: Decimal, number: int) -> "Sums":
        return Sums(self.amount + amount, self.confirmed + confirmed, self.number + number)


@dataclass
class Totals:
    """See `of`. The sums are in `currency`; lines keep the currencies and units in which the figures were given."""

    currency: str
    yearly: Sums = field(default_factory=Sums)
    once: Sums = field(default_factory=Sums)
    cost: Sums = field(default_factory=Sums)
    money: list[Line] = field(default_factory=list)
    costs: list[Line] = field(default_factory=list)
    measures: list[Line] = field(default_factory=list)

    @property
    def apart(self) -> Sequence[Line]:
        """What is in no sum, since nobody knows a rate."""
        return [line for line in (*self.money, *self.costs) if not line.is_counted]

    def __bool__(self) -> bool:
        return bool(self.money or self.costs or self.measures)


def rated(replications: ReplicationQuerySet) -> ReplicationQuerySet:
    """With `effect_rate` and `cost_rate`, what a unit of the currency was worth on the day of the record."""
    return replications.annotate(
        effect_rate=exchange.rate_on("effect_currency", "as_of_date"),
        cost_rate=exchange.rate_on("cost_currency", "as_of_date"),
    )


def of(replications: ReplicationQuerySet) -> Totals:
    """The sums of those among these that are in use; one statement."""
    rows = replications.in_use().order_by()
    effect = _grouped(rows.filter(effect_amount__isnull=False), "effect", "effect_amount", "effect_currency")
    cost = _grouped(rows.filter(cost_amount__isnull=False), "cost", "cost_amount", "cost_currency")
    measured = rows.filter(effect_number__isnull=False).exclude(effect_unit__in=NOT_ADDED)
    measure = _grouped(measured, "measure", "effect_number", "effect_unit")
    return _summed(effect.union(cost, measure, all=True))


def of_rows(replications: Iterable[Any]) -> Totals:
    """The same of rows at hand, which are `rated`."""
    sums: dict[tuple[str, str, str, bool], list[Decimal]] = {}
    for row in replications:
        if row.status not in IN_USE or not row.is_current:
            continue
        is_confirmed = row.confirmation == Confirmation.CONFIRMED
        for kind, code, period, amount, rate in _figures(row):
            known = rate is not None
            held = sums.setdefault((kind, code, period, known), [Decimal(0)] * 5)
            worth = amount * rate if rate is not None else Decimal(0)
            added = [Decimal(1), amount, amount * is_confirmed, worth, worth * is_confirmed]
            held[:] = [one + other for one, other in zip(held, added, strict=True)]
    return _summed((*key, int(held[0]), *held[1:]) for key, held in sums.items())


def _figures(row: Any) -> Iterator[tuple[str, str, str, Decimal, Decimal | None]]:
    """Kind, currency or unit, period, amount of that period, and rate of each figure of a record."""
    comes_again = row.effect_period in (EffectPeriod.MONTH, EffectPeriod.YEAR)
    period = YEAR if comes_again else ONCE
    times = effects.MONTHS if row.effect_period == EffectPeriod.MONTH else 1
    if row.effect_amount is not None:
        yield "effect", row.effect_currency, period, row.effect_amount * times, row.effect_rate
    if row.effect_number is not None and row.effect_unit not in NOT_ADDED:
        yield "measure", row.effect_unit, period, row.effect_number * times, Decimal(1)
    if row.cost_amount is not None:
        yield "cost", row.cost_currency, ONCE, row.cost_amount, row.cost_rate


def _summed(groups: Iterable[Any]) -> Totals:
    """Totals of groups: kind, code, period, whether there is a rate, number, and the sums of these records."""
    found = Totals(currency=settings.BASE_CURRENCY)
    for kind, code, period, known, number, own, own_confirmed, base, base_confirmed in groups:
        line = Line(code, period, number, _rounded(own), _rounded(own_confirmed), bool(known))
        if kind == "measure":
            found.measures.append(line)
            continue
        (found.costs if kind == "cost" else found.money).append(line)
        if known:
            name = "cost" if kind == "cost" else "once" if period == ONCE else "yearly"
            sums = getattr(found, name).plus(_rounded(base), _rounded(base_confirmed), number)
            setattr(found, name, sums)
    for lines in (found.money, found.costs, found.measures):
        lines.sort(key=lambda line: (not line.is_counted, line.code, line.period))
    return found


def _grouped(rows: Any, kind: str, amount: str, code: str) -> Any:
    """Sums of one kind by currency or unit, by year or once, and by whether there is a rate."""
    is_money = kind != "measure"
    period = (
        Value(ONCE, CharField())
        if kind == "cost"
        else Case(
            When(effect_period__in=[EffectPeriod.MONTH, EffectPeriod.YEAR], then=Value(YEAR)),
            default=Value(ONCE),
            output_field=CharField(),
        )
    )
    times = Value(1) if kind == "cost" else effects.times("effect_period")
    own = ExpressionWrapper(F(amount) * times, output_field=SUM)
    rate = exchange.rate_on(code, "as_of_date") if is_money else Value(Decimal(1), SUM)
    confirmed = Q(confirmation=Confirmation.CONFIRMED)
    converted = ExpressionWrapper(F("own") * F("rate"), output_field=SUM)
    return (
        rows.annotate(
            own=own,
            rate=rate,
            kind=Value(kind, CharField()),
            code=F(code),
            term=period,
            known=Case(
                When(rate__isnull=False, then=Value(1)), default=Value(0), output_field=IntegerField()
            ),
        )
        .annotate(converted=converted)
        .values("kind", "code", "term", "known")
        .annotate(
            number=Count("pk"),
            own_sum=Sum("own"),
            own_confirmed=Sum("own", filter=confirmed),
            base_sum=Sum("converted"),
            base_confirmed=Sum("converted", filter=confirmed),
        )
        .values_list(
            *("kind", "code", "term", "known", "number"),
            *("own_sum", "own_confirmed", "base_sum", "base_confirmed"),
        )
    )


def _rounded(number: Any) -> Decimal:
    return Decimal(number or 0).quantize(THOUSANDTH, ROUND_HALF_UP)
