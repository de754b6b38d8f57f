"""Time zones as people choose and read them: cities in the reader's language, by Unicode's CLDR."""

from datetime import datetime, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from django.utils.dateformat import format as format_date
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core import clock

AREAS: dict[str, str | Promise] = {
    "Africa": _("Africa"),
    "America": _("America"),
    "Asia": _("Asia"),
    "Atlantic": _("Atlantic Ocean"),
    "Australia": _("Australia"),
    "Europe": _("Europe"),
    "Indian": _("Indian Ocean"),
    "Pacific": _("Pacific Ocean"),
}


@cache
def names() -> tuple[str, ...]:
    """The zones of places (`Europe/Kyiv`) and UTC; old names, duplicates and bare offsets are left out."""
    table = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    places = {line.split("\t")[2] for line in table.splitlines() if line and not line.startswith("#")}
    return ("UTC", *sorted(name for name in places if name.split("/")[0] in AREAS))


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """For a select: zones by area, each said with its present distance from UTC."""
    return _choices(get_language() or "en", _quarter_hour())


@lru_cache(maxsize=16)
def _choices(language: str, now: datetime) -> list[tuple[str, list[tuple[str, str]]]]:
    """Some four hundred places are looked up and sorted: once for all whose form is shown while no clock is changed."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for name in names():
        area = name.split("/")[0]
        groups.setdefault(str(AREAS.get(area, area)), []).append((name, said(name)))
    return [(area, sorted(zones, key=lambda zone: zone[1])) for area, zones in groups.items()]


def place(zone: str) -> str:
    """`America/Argentina/Buenos_Aires` is "Buenos Aires", and "Буэнос-Айрес" to those who read Russian."""
    return _place(zone, (get_language() or "en").split("-")[0])


@cache
def _place(zone: str, language: str) -> str:
    """CLDR keeps a city under the first name that its zone had: Kyiv under `Europe/Kiev`."""
    cities = Locale(language).time_zones
    earlier = sorted(old for old, new in get_global("zone_aliases").items() if new == zone)
    for name in (zone, *earlier):
        city = cities.get(name, {}).get("city")
        if city:
            return str(city)
    return zone.rsplit("/", maxsplit=1)[-1].replace("_", " ")


def _quarter_hour() -> datetime:
    """The present, to the grain at which clocks are ever put forward or back."""
    now = clock.now()
    return now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0)


def offset(zone: str) -> str:
    """How far from UTC clocks are there at present: "UTC+5", "UTC−3:30", "UTC"."""
    distance = _quarter_hour().astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
    if not distance:
        return "UTC"
    hours, minutes = divmod(abs(distance) // timedelta(minutes=1), 60)
    sign = "−" if distance < timedelta() else "+"
    return f"UTC{sign}{hours}" + (f":{minutes:02}" if minutes else "")


def time_there(zone: str) -> str:
    """What clocks show there now, with the zone said: "14:05, Yekaterinburg (UTC+5)"."""
    now = clock.now().astimezone(ZoneInfo(zone))
    return f"{format_date(now, 'H:i')}, {said(zone)}"


def said(zone: str) -> str:
    """A zone as people name it: "Yekaterinburg (UTC+5)"."""
    return f"{place(zone)} ({offset(zone)})" if zone != "UTC" else "UTC"
