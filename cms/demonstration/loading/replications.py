"""The ledger of the demonstration: who uses what, made from the lists of the entries, with effects and judgements.

The content says who replicated what and with which words. What it brought follows from what it brought where it comes
from, as a part of it, in the money of the enterprise.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Final
from zlib import crc32

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from cms.demonstration import source
from cms.demonstration.loading.entries import Company
from knowledge.choices import IN_USE, EffectPeriod, MeasureUnit
from knowledge.models import Entry, Replication, ReplicationChange
from knowledge.services import confirmations, replications
from knowledge.services.replications import Draft
from people import access
from people.models import Unit, User

# What one euro is about, to say an amount in the money of an enterprise.
MONEY: Final = {
    "Europe/London": ("GBP", Decimal("0.87")),
    "Asia/Jerusalem": ("ILS", Decimal("3.7")),
    "Europe/Kyiv": ("UAH", Decimal(50)),
    "Asia/Yekaterinburg": ("RUB", Decimal(95)),
    "Europe/Samara": ("RUB", Decimal(95)),
    "America/New_York": ("USD", Decimal("1.16")),
}
EURO: Final = ("EUR", Decimal(1))
# Bills its customers in a currency that the group keeps no rate of.
WITHOUT_RATE: Final = {"sredna-logistics": ("TRY", Decimal(48))}
IN_EUROS: Final = {"EUR": Decimal(1), "ILS": Decimal("0.27"), "UAH": Decimal("0.02"), "RUB": Decimal("0.0105"),
                   "GBP": Decimal("1.15"), "USD": Decimal("0.86"), "BGN": Decimal("0.51")}  # fmt: skip
UNITS: Final = {
    "min": MeasureUnit.MINUTE, "хв": MeasureUnit.MINUTE, "мин": MeasureUnit.MINUTE, "דקות": MeasureUnit.MINUTE,
    "h": MeasureUnit.HOUR, "hours": MeasureUnit.HOUR, "ч": MeasureUnit.HOUR, "год": MeasureUnit.HOUR,
    "שעות": MeasureUnit.HOUR, "days": MeasureUnit.DAY, "ימים": MeasureUnit.DAY, "%": MeasureUnit.PER_CENT,
    "t per year": MeasureUnit.TONNE, "т на рік": MeasureUnit.TONNE, "т": MeasureUnit.TONNE,
}  # fmt: skip
REASONS: Final = (
    "Compared with the monthly report of the enterprise; the figures agree.",
    "Seen the meter readings of three months, before and after.",
    "Agreed with the controller of the enterprise.",
)
DOUBTS: Final = (
    "Is the volume of last year the same as this year’s? Please add the calculation.",
    "A part of this seems to come from the new contract, not from the practice.",
)


def load(company: Company) -> None:
    """Record what the entries say; who has a record already keeps it."""
    groups = company.demonstration.translations
    entries = {
        entry.slug: entry for entry in Entry.objects.filter(slug__in=groups).select_related("community")
    }
    known = set(Replication.objects.values_list("entry__slug", "enterprise__slug"))
    for slug, (original, *_translations) in groups.items():
        for number, replication in enumerate(original.replications, start=1):
            enterprise = company.organisation.enterprises[replication.enterprise]
            if (slug, enterprise.slug) not in known:
                _record(entries[slug], original, replication, number, enterprise, company)


@transaction.atomic
def _record(
    entry: Entry,
    original: source.Entry,
    told: source.Replication,
    number: int,
    enterprise: Unit,
    company: Company,
) -> None:
    seed = crc32(f"{original.slug}:{told.enterprise}".encode())
    by = _recorder(entry, told.enterprise, seed, company)
    day = min(original.published_date + dt.timedelta(days=17 * number), company.demonstration.newest_date)
    at = company.shift.moment(day, zone=enterprise.time_zone, hour=11)
    draft = Draft(
        status=told.status,
        as_of_date=company.shift.day(day),
        note=told.note,
        contact=by,
        **_effect(original, told, enterprise, seed),
        **_cost(told, enterprise, seed),
    )
    files = [_proof(original, enterprise)] if draft.effect_amount is not None and seed % 4 == 0 else []
    made = replications.record(entry=entry, enterprise=enterprise, draft=draft, by=by, files=files, at=at)
    if made.has_figures and entry.access != "classified":
        _judge(made, seed, at + dt.timedelta(days=6), company)


def _recorder(entry: Entry, enterprise: str, seed: int, company: Company) -> User:
    """Somebody of the enterprise who sees the entry, else a moderator, else a lead of the community."""
    own = [person.id for person in company.demonstration.people if person.enterprise == enterprise]
    turn = seed % len(own) if own else 0
    lead = company.demonstration.communities_by_id[entry.community.slug].leads[0]
    for person in (*own[turn:], *own[:turn], company.demonstration.demo_accounts["moderator"], lead):
        user = User.objects.get(pk=company.people[person].pk)
        if Entry.objects.visible_to(access.viewer_of(user)).filter(pk=entry.pk).exists():
            return user
    raise LookupError(f"nobody may record {entry.slug} for {enterprise}")


def _effect(original: source.Entry, told: source.Replication, enterprise: Unit, seed: int) -> dict[str, Any]:
    """A part of what it brought at home: money where that is known, else the first measure that has a unit."""
    if told.status not in IN_USE:
        return {}
    part = Decimal(15 + seed % 50) / 100
    if effect := original.economic_effect:
        currency, times = WITHOUT_RATE.get(enterprise.slug) or MONEY.get(enterprise.time_zone, EURO)
        euros = effect.amount * IN_EUROS.get(effect.currency, Decimal(1))
        return {
            "effect_amount": _round(euros * part * times),
            "effect_currency": currency,
            "effect_period": effect.period,
        }
    for measure in original.effects:
        unit = UNITS.get(measure.unit)
        gained = abs(Decimal(str(measure.after)) - Decimal(str(measure.before))) * part
        if unit is not None and gained >= 1:
            return {
                "effect_number": _round(gained),
                "effect_unit": unit.value,
                "effect_measure": measure.measure[:160],
                "effect_period": EffectPeriod.YEAR if unit == MeasureUnit.TONNE else EffectPeriod.ONCE,
            }
    return {}


def _cost(told: source.Replication, enterprise: Unit, seed: int) -> dict[str, Any]:
    if told.status not in IN_USE or seed % 3:
        return {}
    currency, times = WITHOUT_RATE.get(enterprise.slug) or MONEY.get(enterprise.time_zone, EURO)
    return {"cost_amount": _round(Decimal(2000 + seed % 9000) * times), "cost_currency": currency}


def _judge(made: Replication, seed: int, at: dt.datetime, company: Company) -> None:
    """Most are confirmed, some questioned; the newest wait."""
    curator = User.objects.get(pk=company.people[company.demonstration.demo_accounts["curator"]].pk)
    if seed % 5 < 2 or not confirmations.may_judge(made, access.viewer_of(curator)):
        return
    if seed % 5 == 2 and seed % 3 == 0:
        judge, reason = confirmations.question, DOUBTS[seed % len(DOUBTS)]
    else:
        judge, reason = confirmations.confirm, REASONS[seed % len(REASONS)]
    judge(replication=made, version=made.version, by=curator, reason=reason)
    Replication.objects.filter(pk=made.pk).update(judged_at=at)
    ReplicationChange.objects.filter(replication=made, by=curator).exclude(event="recorded").update(at=at)


def _proof(original: source.Entry, enterprise: Unit) -> SimpleUploadedFile:
    """A small table of months, as a controller would send it."""
    lines = ["month,before,after", *(f"2026-{month:02},100,{100 - 6 * month}" for month in range(1, 7))]
    text = "\n".join([f"# {original.slug}, {enterprise.name}", *lines, ""])
    return SimpleUploadedFile(f"{original.slug}-{enterprise.slug}.csv", text.encode(), "text/csv")


def _round(number: Decimal) -> Decimal:
    """To two figures: nobody knows such things better."""
    figures = number.adjusted() - 1
    return number.quantize(Decimal(1).scaleb(figures)).quantize(Decimal("0.01")) if figures > -2 else number
