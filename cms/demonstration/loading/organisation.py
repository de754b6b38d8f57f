"""The organisation as a tree, and the hours and holidays of its places."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify

from cms.demonstration import source
from people.choices import UnitKind
from people.models import Holiday, Unit, WorkingCalendar, WorkingHours

HOLDING = "aurora-group"


@dataclass(frozen=True)
class Organisation:
    enterprises: dict[str, Unit]
    departments: dict[tuple[str, str], Unit]


@transaction.atomic
def load(demonstration: source.Demonstration, *, years: range) -> Organisation:
    calendars = {calendar.zone: _calendar(calendar, years) for calendar in demonstration.calendars}
    known = {unit.slug: unit for unit in Unit.objects.all()}
    holding = known.get(HOLDING) or Unit.add_root(
        slug=HOLDING, kind=UnitKind.HOLDING, name="Aurora Group", time_zone="Europe/London"
    )
    organisation = Organisation({}, {})
    for enterprise in demonstration.enterprises:
        unit = known.get(enterprise.id) or _enterprise(holding, enterprise, calendars[enterprise.time_zone])
        organisation.enterprises[enterprise.id] = unit
        for site in enterprise.sites:
            if site.id not in known:
                _part(unit, slug=site.id, kind=UnitKind.SITE, name=site.name)
        for department in enterprise.departments:
            slug = f"{enterprise.id}-{slugify(department)}"
            organisation.departments[enterprise.id, department] = known.get(slug) or _part(
                unit, slug=slug, kind=UnitKind.DEPARTMENT, name=department
            )
    return organisation


def _enterprise(holding: Unit, enterprise: source.Enterprise, calendar: WorkingCalendar) -> Unit:
    # Adding a child counts it on the parent's row, which the instance at hand does not see.
    holding.refresh_from_db()
    unit: Unit = holding.add_child(
        slug=enterprise.id,
        kind=UnitKind.ENTERPRISE,
        name=enterprise.name,
        short_name=enterprise.short,
        industry=enterprise.kind,
        language=enterprise.language,
        time_zone=enterprise.time_zone,
        about=dict(enterprise.about),
        calendar=calendar,
    )
    return unit


def _part(enterprise: Unit, *, slug: str, kind: str, name: str) -> Unit:
    enterprise.refresh_from_db()
    unit: Unit = enterprise.add_child(
        slug=slug,
        kind=kind,
        name=name,
        language=enterprise.language,
        time_zone=enterprise.time_zone,
        calendar=enterprise.calendar,
    )
    return unit


def _calendar(calendar: source.Calendar, years: range) -> WorkingCalendar:
    row, created = WorkingCalendar.objects.get_or_create(
        name=calendar.name, defaults={"time_zone": calendar.zone}
    )
    if created:
        WorkingHours.objects.bulk_create(
            WorkingHours(calendar=row, weekday=weekday, starts=calendar.starts, ends=calendar.ends)
            for weekday in calendar.weekdays
        )
    days: list[tuple[dt.date, str]] = [day for year in years for day in calendar.holidays_of(year)]
    Holiday.objects.bulk_create(
        (Holiday(calendar=row, date=date, name=name) for date, name in days), ignore_conflicts=True
    )
    return row
