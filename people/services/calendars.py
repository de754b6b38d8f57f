"""Working calendars: hours by weekday and days off, set as a whole."""

from collections.abc import Iterable
from datetime import date, time

from django.db import transaction

from core import audit
from people import access
from people.models import Holiday, User, WorkingCalendar, WorkingHours

Span = tuple[time, time]


@transaction.atomic
def save(
    *,
    calendar: WorkingCalendar,
    hours: dict[int, list[Span]],
    holidays: Iterable[tuple[date, str]],
    by: User,
) -> WorkingCalendar:
    """Store a new or changed calendar; `hours` are spans by weekday, 0 for Monday."""
    access.require(by, f"people.{'change' if calendar.pk else 'add'}_workingcalendar")
    calendar.save()
    calendar.hours.all().delete()
    WorkingHours.objects.bulk_create(
        WorkingHours(calendar=calendar, weekday=weekday, starts=starts, ends=ends)
        for weekday, spans in sorted(hours.items())
        for starts, ends in spans
    )
    calendar.holidays.all().delete()
    Holiday.objects.bulk_create(
        Holiday(calendar=calendar, date=day, name=name) for day, name in sorted(dict(holidays).items())
    )
    audit.log("calendar.saved", actor=by, target=calendar)
    return calendar
