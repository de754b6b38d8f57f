"""Moves the content's days by whole weeks, so that it stays fresh and Mondays stay Mondays."""

import datetime as dt
from dataclasses import dataclass

from core import clock


@dataclass(frozen=True, slots=True)
class Shift:
    weeks: int

    def day(self, day: dt.date) -> dt.date:
        return day + dt.timedelta(weeks=self.weeks)

    def moment(self, day: dt.date, *, zone: str, hour: int, minute: int = 0) -> dt.datetime:
        """The moved day at that hour of a place; nothing of the content lies in the future."""
        local = dt.datetime.combine(self.day(day), dt.time(hour, minute))
        return min(clock.moment(local, zone), clock.now()) if self.weeks else clock.moment(local, zone)

    def point(self, at: dt.datetime) -> dt.datetime:
        """A moment of the content, moved."""
        return min(at + dt.timedelta(weeks=self.weeks), clock.now()) if self.weeks else at
