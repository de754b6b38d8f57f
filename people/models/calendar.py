from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class WorkingCalendar(models.Model):
    """When people of a place work: hours by weekday, and days off."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    time_zone = models.CharField(_("time zone"), max_length=50, default="UTC")

    class Meta:
        verbose_name = _("working calendar")
        verbose_name_plural = _("working calendars")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def is_working_day(self, day: date) -> bool:
        """Whether the calendar has hours on this weekday and no holiday on this date."""
        weekdays = {hours.weekday for hours in self.hours.all()}
        return day.weekday() in weekdays and day not in {holiday.date for holiday in self.holidays.all()}


class WorkingHours(models.Model):
    """One span of work on one weekday (0 is Monday, as in `datetime.date.weekday`)."""

    calendar = models.ForeignKey(WorkingCalendar, models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(_("weekday"))
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("to"))

    class Meta:
        ordering = ["weekday", "starts"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="working_hours_weekday"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="working_hours_forwards"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday}: {self.starts:%H:%M}–{self.ends:%H:%M}"


class Holiday(models.Model):
    """A day on which a calendar does not work."""

    calendar = models.ForeignKey(WorkingCalendar, models.CASCADE, related_name="holidays")
    date = models.DateField(_("date"))
    name = models.CharField(_("name"), max_length=120, blank=True)

    class Meta:
        ordering = ["date"]
        constraints = [models.UniqueConstraint(fields=["calendar", "date"], name="holiday_once")]

    def __str__(self) -> str:
        return f"{self.date} {self.name}".strip()
