"""Sums of the ledger in templates."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import template

from knowledge import effects
from knowledge.choices import EffectPeriod
from knowledge.replication_totals import Line

register = template.Library()
THOUSAND = 1000


@register.filter
def money(amount: Decimal, currency: str) -> str:
    """Without cents where nobody looks for them."""
    if abs(amount) >= THOUSAND:
        amount = amount.quantize(Decimal(1), ROUND_HALF_UP)
    return effects.money(amount, currency)


@register.filter
def in_unit(number: Decimal, unit: str) -> str:
    return effects.measure(number, unit)


@register.filter
def term(line: Line) -> Any:
    """Whether a sum comes every year or came once."""
    return EffectPeriod(line.period).label
