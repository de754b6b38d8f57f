"""What an entry brought, written for the reader: money and measures before and after."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Case, DecimalField, ExpressionWrapper, F, Value, When
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core import exchange
from knowledge.choices import EffectPeriod, MeasureUnit
from knowledge.models import Entry, Replication

SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "ILS": "₪", "UAH": "₴", "RUB": "₽", "PLN": "zł"}
MILLION = Decimal(1_000_000)
# From here on a change in per cent says nothing to anybody.
TELLING = 1000
MONTHS = 12


def economic_effect(entry: Entry) -> str:
    """The amount of money and its period, as in “€ 1.85 M a year”; empty where none is known."""
    if entry.effect_amount is None:
        return ""
    amount = money(entry.effect_amount, entry.effect_currency)
    if not entry.effect_period or entry.effect_period == EffectPeriod.ONCE:
        return amount
    return f"{amount} {entry.get_effect_period_display()}"


def change(effects: Any) -> str:
    """The first measure's change in per cent, as in “−64 %”; empty where there was nothing before."""
    for block in effects.raw_data:
        value = block["value"]
        before, after = value.get("before"), value.get("after")
        if before in (None, "") or after in (None, "") or Decimal(str(before)) == 0:
            continue
        per_cent = (Decimal(str(after)) - Decimal(str(before))) / abs(Decimal(str(before))) * 100
        rounded = per_cent.quantize(Decimal(1), ROUND_HALF_UP)
        if rounded == 0 or abs(rounded) >= TELLING:
            continue
        sign = "+" if rounded > 0 else "−"
        return f"{sign}{number_format(abs(rounded), use_l10n=True)} %"
    return ""


def yearly_worth() -> Any:
    """Orders entries by what they bring in a year in the base currency, at the rates of the day they were published."""
    worth = F("effect_amount") * exchange.rate_on("effect_currency", "published_at__date")
    return ExpressionWrapper(worth * times("effect_period"), output_field=DecimalField())


def times(period: str) -> Case:
    """In SQL, how often an effect comes in a year; what comes once counts once."""
    return Case(When(**{period: EffectPeriod.MONTH}, then=Value(MONTHS)), default=Value(1))


def recorded_effect(replication: Replication) -> str:
    """What a replication brought, as in “€ 120,000 a year” or “320 MWh a year”; empty where nothing is known."""
    if replication.effect_amount is not None:
        figure = money(replication.effect_amount, replication.effect_currency)
    elif replication.effect_number is not None:
        figure = measure(replication.effect_number, replication.effect_unit)
    else:
        return ""
    if replication.effect_period in ("", EffectPeriod.ONCE):
        return figure
    return f"{figure} {replication.get_effect_period_display()}"


def recorded_cost(replication: Replication) -> str:
    return (
        money(replication.cost_amount, replication.cost_currency)
        if replication.cost_amount is not None
        else ""
    )


def measure(number: Decimal, unit: str) -> str:
    """A number in a unit, as in “320 MWh”."""
    written = number_format(_short(number), use_l10n=True, force_grouping=True)
    return f"{written} {MeasureUnit(unit).label}"


def money(amount: Decimal, currency: str) -> str:
    symbol = SYMBOLS.get(currency, currency)
    if abs(amount) >= MILLION:
        number = number_format(_short(amount / MILLION), use_l10n=True)
        figure = _("%(number)s M") % {"number": number}
    else:
        figure = number_format(_short(amount), use_l10n=True, force_grouping=True)
    return pgettext("money", "%(symbol)s %(amount)s") % {"symbol": symbol, "amount": figure}


def _short(number: Decimal) -> Decimal:
    rounded = number.quantize(Decimal("0.01"), ROUND_HALF_UP).normalize()
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral() else rounded
