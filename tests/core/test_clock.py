from datetime import datetime

import pytest

from core import clock


@pytest.mark.parametrize(
    ("local", "zone", "utc"),
    [
        ("2026-01-15 10:00", "Asia/Yekaterinburg", "2026-01-15 05:00"),
        ("2026-07-15 10:00", "Europe/London", "2026-07-15 09:00"),
        ("2026-03-29 01:30", "Europe/London", "2026-03-29 01:30"),  # an hour that clocks skip
        ("2026-10-25 01:30", "Europe/London", "2026-10-25 00:30"),  # an hour that comes twice: its first time
    ],
)
def test_moment_of_a_local_time(local: str, zone: str, utc: str) -> None:
    moment = clock.moment(datetime.fromisoformat(local), zone)
    assert moment.isoformat(sep=" ", timespec="minutes") == f"{utc}+00:00"


def test_today_depends_on_where_one_is(time_machine) -> None:
    time_machine.move_to("2026-11-22T20:30:00Z")
    assert clock.today("Europe/London").isoformat() == "2026-11-22"
    assert clock.today("Asia/Yekaterinburg").isoformat() == "2026-11-23"
