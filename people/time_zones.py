"""Time zones as people choose and read them."""

from datetime import timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.utils.dateformat import format as format_date

from core import clock

AREAS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@cache
def names() -> tuple[str, ...]:
    """The zones of places (`Europe/Kyiv`) and UTC; old names and bare offsets are left out."""
    return ("UTC", *sorted(name for name in available_timezones() if name.split("/")[0] in AREAS))


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """For a select: zones by area, each said with its present distance from UTC."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for name in names():
        groups.setdefault(name.split("/")[0], []).append((name, f"{place(name)} ({offset(name)})"))
    return list(groups.items())


def place(zone: str) -> str:
    """`America/Argentina/Buenos_Aires` is "Argentina, Buenos Aires"."""
    return ", ".join(zone.split("/")[1:] or [zone]).replace("_", " ")


def offset(zone: str) -> str:
    """How far from UTC clocks are there at present: "UTC+5", "UTC−3:30", "UTC"."""
    distance = clock.now().astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
    if not distance:
        return "UTC"
    hours, minutes = divmod(abs(distance) // timedelta(minutes=1), 60)
    sign = "−" if distance < timedelta() else "+"
    return f"UTC{sign}{hours}" + (f":{minutes:02}" if minutes else "")


def time_there(zone: str) -> str:
    """What clocks show there now, with the zone said: "14:05, Yekaterinburg (UTC+5)"."""
    now = clock.now().astimezone(ZoneInfo(zone))
    where = f"{place(zone)} ({offset(zone)})" if zone != "UTC" else "UTC"
    return f"{format_date(now, 'H:i')}, {where}"
