"""What time it is, asked in one place, and moments planned in somebody's local time."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone


def now() -> datetime:
    """The present moment, in UTC."""
    return timezone.now()


def today(zone: str = "UTC") -> date:
    """The calendar day it is now in an IANA time zone."""
    return now().astimezone(ZoneInfo(zone)).date()


def moment(local: datetime, zone: str) -> datetime:
    """The moment at which clocks in `zone` show `local`.

    An hour that does not exist (spring) moves forward; one that happens twice (autumn) means its first time,
    as RFC 5545 section 3.3.5 says.
    """
    return local.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(ZoneInfo("UTC"))
