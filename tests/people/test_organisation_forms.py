from datetime import date, time

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from people.models import WorkingCalendar
from people.organisation_forms import CompetenceForm, UnitForm, holidays_of, spans_of
from people.services import calendars
from tests.people.staff import Staff


def test_a_unit_has_one_of_the_sites_languages_and_an_address() -> None:
    fields = UnitForm().fields
    assert dict(fields["language"].choices) == dict(settings.LANGUAGES)  # type: ignore[attr-defined]
    assert fields["slug"].label == CompetenceForm().fields["slug"].label == "Address"


def test_spans_are_read_with_any_dash_and_put_in_order() -> None:
    assert spans_of("13:00-17:00, 8:00–12:00") == [(time(8), time(12)), (time(13), time(17))]
    assert spans_of("") == []


@pytest.mark.parametrize(
    "text", ["morning", "8", "17:00–8:00", "8:00–8:00", "8:00–12:00, 11:00–13:00", "25:00–26:00"]
)
def test_refuses_what_is_no_span(text: str) -> None:
    with pytest.raises(ValidationError):
        spans_of(text)


def test_days_off_are_read_line_by_line() -> None:
    lines = ["2027-01-01 New Year’s Day", "", " 2027-05-01 "]
    assert list(holidays_of(lines)) == [(date(2027, 1, 1), "New Year’s Day"), (date(2027, 5, 1), "")]
    with pytest.raises(ValidationError):
        list(holidays_of(["1 January"]))


def test_a_calendar_is_saved_as_a_whole(staff: Staff) -> None:
    calendar = WorkingCalendar(name="Ural", time_zone="Asia/Yekaterinburg")
    week = {weekday: [(time(8), time(12)), (time(13), time(17))] for weekday in range(5)}
    days = [(date(2027, 1, 1), "New Year"), (date(2027, 1, 1), "New Year again")]
    calendars.save(calendar=calendar, hours=week, holidays=days, by=staff.curator)
    stored = WorkingCalendar.objects.get()
    assert stored.hours.count() == 10
    assert stored.is_working_day(date(2027, 1, 4))
    assert not stored.is_working_day(date(2027, 1, 1))
    calendars.save(calendar=stored, hours={0: [(time(9), time(10))]}, holidays=[], by=staff.curator)
    assert WorkingCalendar.objects.get().hours.count() == 1
    assert WorkingCalendar.objects.get().is_working_day(date(2027, 2, 1))
