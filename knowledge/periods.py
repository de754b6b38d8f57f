"""The span of days that figures are about, out of an address, and what it is divided into."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from core import clock
from core.forms import HouseStyle

LONGEST = dt.timedelta(days=3 * 366)
# Up to how many days a period is shown by days, and up to how many by weeks.
BY_DAYS, BY_WEEKS = 31, 120


class Span(models.TextChoices):
    MONTH = "30-days", _("Last 30 days")
    QUARTER = "quarter", _("Last quarter")
    YEAR = "12-months", _("Last 12 months")
    OWN = "own", _("From – to")


class Unit(models.TextChoices):
    """What a bar of a chart stands for."""

    DAY = "day", _("Day")
    WEEK = "week", _("Week from")
    MONTH = "month", _("Month")


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both counted."""

    first: dt.date
    last: dt.date

    @property
    def before(self) -> "Period":
        """As many days, just before."""
        length = self.last - self.first + dt.timedelta(days=1)
        return Period(self.first - length, self.first - dt.timedelta(days=1))

    @property
    def unit(self) -> Unit:
        days = (self.last - self.first).days + 1
        return Unit.DAY if days <= BY_DAYS else Unit.WEEK if days <= BY_WEEKS else Unit.MONTH

    @property
    def steps(self) -> list[dt.date]:
        """The first day of each part; a month's part begins with the month, or with the period."""
        days, day = [], self.first
        while day <= self.last:
            days.append(day)
            day = _next(day, self.unit)
        return days

    def step_of(self, day: dt.date) -> dt.date:
        """The first day of the part that a day of the period falls into."""
        if self.unit == Unit.MONTH:
            return max(self.first, day.replace(day=1))
        length = 1 if self.unit == Unit.DAY else 7
        return day - dt.timedelta(days=(day - self.first).days % length)

    def has(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


class DayInput(forms.DateInput):
    """A day as browsers ask for it; what is none, out of an address, is not put into the field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")

    def format_value(self, value: Any) -> str | None:
        try:
            day = parse_date(value) if isinstance(value, str) else value
        except ValueError:
            day = None
        return super().format_value(day)


class PeriodForm(HouseStyle, forms.Form):
    """Which period; a date that is wrong is said at its field, and the last twelve months are shown meanwhile."""

    period = forms.ChoiceField(
        label=_("Period"), choices=Span.choices, required=False, widget=forms.HiddenInput
    )
    since = forms.DateField(label=_("From"), required=False, widget=DayInput)
    until = forms.DateField(label=_("To"), required=False, widget=DayInput)

    def __init__(self, query: QueryDict) -> None:
        asked: dict[str, Any] = {
            name: query.get(name, "").replace("\0", "") for name in ("period", "since", "until")
        }
        asked["period"] = asked["period"] or Span.YEAR
        super().__init__(asked)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("period") != Span.OWN or self.errors:
            return cleaned
        since, until = cleaned.get("since"), cleaned.get("until") or clock.today()
        if since is None:
            self.add_error("since", _("Say from which day on."))
        elif since > until:
            self.add_error("until", _("The period ends before it begins."))
        elif until > clock.today():
            self.add_error("until", _("This day is still to come."))
        elif until - since > LONGEST:
            self.add_error("since", _("Choose three years at most."))
        elif since.year < 2000:
            self.add_error("since", _("Nothing was counted so long ago."))
        return cleaned

    @property
    def spans(self) -> list[dict[str, Any]]:
        """The ready-made periods, to choose by one click."""
        chosen = self.data["period"]
        return [
            {"value": span.value, "label": span.label, "is_chosen": span == chosen}
            for span in Span
            if span != Span.OWN
        ]

    @property
    def chosen(self) -> Period:
        today = clock.today()
        span = self.cleaned_data.get("period") if self.is_valid() else Span.YEAR
        if span == Span.MONTH:
            return Period(today - dt.timedelta(days=29), today)
        if span == Span.QUARTER:
            return Period(today - dt.timedelta(days=90), today)
        if span == Span.OWN:
            return Period(self.cleaned_data["since"], self.cleaned_data["until"] or today)
        first = today.replace(day=1)
        for _month in range(11):
            first = (first - dt.timedelta(days=1)).replace(day=1)
        return Period(first, today)


def _next(day: dt.date, unit: Unit) -> dt.date:
    if unit == Unit.MONTH:
        return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return day + dt.timedelta(days=1 if unit == Unit.DAY else 7)
