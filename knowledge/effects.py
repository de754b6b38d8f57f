"""What an entry brought, written for the reader: money and measures before and after."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Case, DecimalField, F, Value, When
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from knowledge.choices import EffectPeriod
from knowledge.models import Entry

SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "ILS": "₪", "UAH": "₴", "RUB": "₽", "PLN": "zł"}
MILLION = Decimal(1_000_000)
# From here on a change in per cent says nothing to anybody.
TELLING = 1000

# Rough worth in euros: good enough to put effects in order, never shown.
WORTH = {
    "EUR": "1", "USD": "0.9", "GBP": "1.15", "ILS": "0.26", "UAH": "0.02", "RUB": "0.011", "BGN": "0.51", "PLN": "0.23",
}  # fmt: skip


def economic_effect(entry: Entry) -> str:
    """The amount of money and its period, as in “€ 1.85 M a year”; empty where none is known."""
    if entry.effect_amount is None:
        return ""
    money = _money(entry.effect_amount, entry.effect_currency)
    if not entry.effect_period or entry.effect_period == EffectPeriod.ONCE:
        return money
    return f"{money} {entry.get_effect_period_display()}"


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
    """Orders entries by what they bring in a year, whatever the currency and the period."""
    rates = [When(effect_currency=code, then=Value(Decimal(rate))) for code, rate in WORTH.items()]
    times = Case(When(effect_period=EffectPeriod.MONTH, then=Value(Decimal(12))), default=Value(Decimal(1)))
    worth = Case(*rates, default=Value(Decimal(1)), output_field=DecimalField())
    return F("effect_amount") * worth * times


def _money(amount: Decimal, currency: str) -> str:
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
