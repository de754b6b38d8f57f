"""When somebody may be told outside this site: moments worked out by their own clock."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from core import clock
from social.models import NotificationSettings

# Each step ends a stretch of quiet hours; a week of days has no more of them.
STEPS = 20
DAYS_OF_A_WEEK = 7


def quiet_until(moment: datetime, zone: str, wanted: NotificationSettings) -> datetime:
    """The end of the person's quiet hours if the moment lies in them, else the moment itself."""
    for _step in range(STEPS):
        end = _end(moment, zone, wanted)
        if end is None:
            return moment
        moment = end
    return moment


def next_digest(moment: datetime, zone: str, wanted: NotificationSettings, *, weekly: bool) -> datetime:
    """The next time after the moment at which a digest of the person's is due."""
    local = moment.astimezone(ZoneInfo(zone))
    ahead = (wanted.digest_weekday - local.weekday()) % DAYS_OF_A_WEEK if weekly else 0
    step = timedelta(days=DAYS_OF_A_WEEK if weekly else 1)
    day = local.date() + timedelta(days=ahead)
    due = clock.moment(datetime.combine(day, wanted.digest_at), zone)
    return due if due > moment else clock.moment(datetime.combine(day + step, wanted.digest_at), zone)


def _end(moment: datetime, zone: str, wanted: NotificationSettings) -> datetime | None:
    """The end of the quiet day or of the quiet hours that the moment lies in."""
    local = moment.astimezone(ZoneInfo(zone))
    tomorrow = local.date() + timedelta(days=1)
    if local.weekday() in wanted.quiet_days:
        return _after(moment, datetime.combine(tomorrow, time()), zone)
    if not wanted.has_quiet_hours or wanted.quiet_from == wanted.quiet_until:
        return None
    now, begin, end = local.time(), wanted.quiet_from, wanted.quiet_until
    if begin < end:
        return _after(moment, datetime.combine(local.date(), end), zone) if begin <= now < end else None
    if now >= begin:
        return _after(moment, datetime.combine(tomorrow, end), zone)
    return _after(moment, datetime.combine(local.date(), end), zone) if now < end else None


def _after(moment: datetime, local: datetime, zone: str) -> datetime:
    """When clocks show `local` after the moment: the second time, where they were put back in between."""
    first = clock.moment(local, zone)
    second = local.replace(tzinfo=ZoneInfo(zone), fold=1).astimezone(ZoneInfo("UTC"))
    return next((each for each in (first, second) if each > moment), moment + timedelta(minutes=1))
