"""Quiet hours and digests by the person's own clock, over days on which it is put forward or back."""

from datetime import UTC, datetime, time
from typing import Any

import pytest

from social import quiet_hours
from social.models import NotificationSettings


def wanted(**fields: Any) -> NotificationSettings:
    return NotificationSettings(user_id=1, **fields)


NIGHT = {"has_quiet_hours": True, "quiet_from": time(22), "quiet_until": time(7)}
NOON = {"has_quiet_hours": True, "quiet_from": time(12), "quiet_until": time(13)}


def at(*numbers: int) -> datetime:
    return datetime(2026, *numbers, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "zone", "fields", "end"),
    [
        (at(6, 1, 12), "UTC", {}, at(6, 1, 12)),
        (at(6, 1, 21, 59), "UTC", NIGHT, at(6, 1, 21, 59)),
        (at(6, 1, 22), "UTC", NIGHT, at(6, 2, 7)),
        (at(6, 2, 6, 59), "UTC", NIGHT, at(6, 2, 7)),
        (at(6, 2, 7), "UTC", NIGHT, at(6, 2, 7)),
        (at(6, 1, 12, 30), "UTC", NOON, at(6, 1, 13)),
        # 01:00 in Sofia
        (at(6, 1, 22), "Europe/Sofia", NIGHT, at(6, 2, 4)),
        # 03:00 in Yekaterinburg, where no clock is changed
        (at(6, 1, 22), "Asia/Yekaterinburg", NIGHT, at(6, 2, 2)),
        # The night in which clocks are put forward is shorter, that in which they are put back longer.
        (at(3, 28, 21), "Europe/Berlin", NIGHT, at(3, 29, 5)),
        (at(10, 24, 21), "Europe/Berlin", NIGHT, at(10, 25, 6)),
        # Half past two, which does not exist on that day.
        (
            at(3, 29, 0, 30),
            "Europe/Berlin",
            {"has_quiet_hours": True, "quiet_from": time(1), "quiet_until": time(2, 30)},
            at(3, 29, 1, 30),
        ),
        # A quarter past two for the second time: quiet until the second half past two.
        (
            at(10, 25, 1, 15),
            "Europe/Berlin",
            {"has_quiet_hours": True, "quiet_from": time(1), "quiet_until": time(2, 30)},
            at(10, 25, 1, 30),
        ),
        # A quiet weekend that begins within a quiet night: Saturday is the 6th.
        (at(6, 5, 23), "UTC", {**NIGHT, "quiet_days": [5, 6]}, at(6, 8, 7)),
        (at(6, 6, 12), "UTC", {"quiet_days": [5]}, at(6, 7, 0)),
        (
            at(6, 1, 12),
            "UTC",
            {"has_quiet_hours": True, "quiet_from": time(8), "quiet_until": time(8)},
            at(6, 1, 12),
        ),
    ],
)
def test_the_end_of_quiet_hours(moment: datetime, zone: str, fields: dict[str, Any], end: datetime) -> None:
    assert quiet_hours.quiet_until(moment, zone, wanted(**fields)) == end


@pytest.mark.parametrize(
    ("moment", "zone", "weekly", "due"),
    [
        (at(6, 1, 7), "UTC", False, at(6, 1, 8)),
        (at(6, 1, 8), "UTC", False, at(6, 2, 8)),
        (at(6, 1, 12), "Asia/Jerusalem", False, at(6, 2, 5)),
        # The clocks are put forward in between: eight o'clock comes an hour earlier.
        (at(3, 28, 12), "Europe/Berlin", False, at(3, 29, 6)),
        (at(3, 27, 12), "Europe/Berlin", False, at(3, 28, 7)),
        # The 1st of June is a Monday.
        (at(6, 1, 7), "UTC", True, at(6, 1, 8)),
        (at(6, 1, 9), "UTC", True, at(6, 8, 8)),
        (at(6, 3, 9), "UTC", True, at(6, 8, 8)),
    ],
)
def test_the_next_digest(moment: datetime, zone: str, weekly: bool, due: datetime) -> None:
    assert quiet_hours.next_digest(moment, zone, wanted(), weekly=weekly) == due
