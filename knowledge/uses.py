"""Who uses an entry, what it brought them, and how these effects compare: for its page and for lists."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge import effects, replication_totals
from knowledge.choices import IN_USE, NOT_ADDED, Confirmation, EffectPeriod, MeasureUnit, ReplicationStatus
from knowledge.models import Entry, Replication

ORDER = (
    ReplicationStatus.ADOPTED,
    ReplicationStatus.ADAPTED,
    ReplicationStatus.TRIED,
    ReplicationStatus.REJECTED,
)


@dataclass(frozen=True)
class Use:
    """An enterprise that uses the entry too, or tried."""

    enterprise: str
    enterprise_url: str
    status: str
    status_label: str
    note: str
    effect: str
    is_confirmed: bool
    url: str


@dataclass(frozen=True)
class Bar:
    """What an enterprise gained, written, and its share of the largest in hundredths."""

    label: str
    value: str
    share: int


@dataclass(frozen=True)
class Comparison:
    """Effects of several enterprises in one unit; see templates/components/share_chart.html."""

    title: str
    bars: Sequence[Bar]


def recorded(entry: Entry) -> list[Replication]:
    """The records of an entry, those in use first, with the rates of their currencies; one query."""
    rows = Replication.objects.current().filter(entry_id=entry.pk).select_related("enterprise")
    found = replication_totals.rated(rows).order_by("enterprise__name", "pk")
    return sorted(found, key=lambda row: ORDER.index(ReplicationStatus(row.status)))


def shown(rows: Iterable[Replication]) -> list[Use]:
    return [
        Use(
            enterprise=row.enterprise.name,
            enterprise_url=reverse("unit", args=[row.enterprise.slug]),
            status=row.status,
            status_label=str(row.get_status_display()),
            note=row.note,
            effect=effects.recorded_effect(row),
            is_confirmed=row.confirmation == Confirmation.CONFIRMED and bool(effects.recorded_effect(row)),
            url=row.get_absolute_url(),
        )
        for row in rows
    ]


def counts(uses: Iterable[Use]) -> list[dict[str, Any]]:
    """How many there are in each state."""
    counted = Counter(use.status for use in uses)
    return [
        {"value": counted[status], "label": status.label, "status": status.value}
        for status in ORDER
        if counted[status]
    ]


def comparisons(rows: Iterable[Any]) -> list[Comparison]:
    """A chart for each unit that at least two enterprises that use the entry gave their effect in; money is one."""
    measured: dict[tuple[str, str], list[tuple[str, Decimal]]] = defaultdict(list)
    for row in rows:
        if row.status not in IN_USE:
            continue
        term = EffectPeriod.ONCE if row.effect_period in ("", EffectPeriod.ONCE) else EffectPeriod.YEAR
        times = effects.MONTHS if row.effect_period == EffectPeriod.MONTH else 1
        if row.effect_amount is not None and row.effect_rate is not None:
            measured["", term].append((row.enterprise.name, row.effect_amount * times * row.effect_rate))
        elif row.effect_number is not None:
            times = 1 if row.effect_unit in NOT_ADDED else times
            measured[row.effect_unit, term].append((row.enterprise.name, row.effect_number * times))
    return [
        Comparison(_title(unit, term), _bars(unit, figures))
        for (unit, term), figures in sorted(measured.items())
        if len(figures) > 1 and all(number >= 0 for _name, number in figures)
    ]


def _title(unit: str, term: str) -> str:
    name = MeasureUnit(unit).label if unit else settings.BASE_CURRENCY
    if term == EffectPeriod.ONCE:
        return _("Effect by enterprise, %(unit)s") % {"unit": name}
    return _("Effect by enterprise, %(unit)s a year") % {"unit": name}


def _bars(unit: str, figures: list[tuple[str, Decimal]]) -> list[Bar]:
    largest = max(number for _name, number in figures) or Decimal(1)
    written = (
        (lambda number: effects.measure(number, unit))
        if unit
        else (lambda number: effects.money(number, settings.BASE_CURRENCY))
    )
    ordered = sorted(figures, key=lambda figure: -figure[1])
    return [Bar(name, written(number), round(number * 100 / largest)) for name, number in ordered]
