"""An event reaches its people: one row each, in bulk, with what is to be sent by other channels.

Who left, who did it, who muted it and who may not see it is passed over. Carried out twice it writes nothing twice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from core import bulk_rows, clock
from core.fields import uuid7
from core.notifications import Cadence, Channel, NotificationKind, Pair, Reason, kinds
from people import access
from people.models import User
from social import quiet_hours, telling
from social.models import (
    Delivery,
    Mute,
    Notification,
    NotificationEvent,
    NotificationSettings,
    Preference,
    PushSubscription,
)
from social.services import follows, hints

AT_ONCE = 5000
# A mail waits so long for others about the same subject, and for its reader to see it here first.
TOGETHER = timedelta(minutes=2)
# Of those who have chosen nothing: one for all of them, for there are many.
USUAL = NotificationSettings()


@dataclass(frozen=True)
class Wishes:
    """How some people want to be told of one kind."""

    kind: NotificationKind
    preferences: dict[tuple[int, str], str]
    settings: dict[int, NotificationSettings]
    with_devices: frozenset[int]

    def cadence(self, user_id: int, channel: str) -> str:
        wished = self.preferences.get((user_id, channel), self.kind.default(channel))
        if channel == Channel.PUSH and user_id not in self.with_devices:
            return Cadence.OFF
        if channel == Channel.EMAIL and self.of(user_id).bounced_at is not None:
            return Cadence.OFF
        return wished

    def of(self, user_id: int) -> NotificationSettings:
        return self.settings.get(user_id, USUAL)


def tell_followers(*, event_id: int, pairs: Iterable[Pair]) -> int:
    """Tell whoever follows one of the subjects; returns how many were told. What was written stays if it is cut off."""
    following = follows.of(pairs)
    told, last = 0, 0
    while True:
        rows = following.filter(user_id__gt=last).order_by("user_id")
        some = list(rows.values_list("user_id", flat=True).distinct()[:AT_ONCE])
        if not some:
            return told
        told += tell(event_id=event_id, user_ids=some, reason=Reason.FOLLOWS)
        last = some[-1]


@transaction.atomic
def tell(*, event_id: int, user_ids: Sequence[int], reason: str) -> int:
    """Tell these people, and return how many were told that were not before."""
    event = NotificationEvent.objects.select_related("actor").get(pk=event_id)
    if event.settled_at is not None or event.kind not in kinds:
        return 0
    zones = _reached(event, user_ids)
    if not zones:
        return 0
    wishes = wishes_of(event.kind, list(zones))
    told = list(zones)
    is_shown = [wishes.cadence(user_id, Channel.IN_APP) != Cadence.OFF for user_id in told]
    # Who tells the same people of it at this moment loses nothing and adds nothing.
    bulk_rows.write_missing(
        Notification,
        {
            "public_id": [uuid7() for _person in told],
            "event_id": [event.pk] * len(told),
            "recipient_id": told,
            "reason": [str(reason)] * len(told),
            "at": [event.at] * len(told),
            "is_shown": is_shown,
        },
        unique=("event_id", "recipient_id"),
    )
    _write_deliveries(event, _deliveries(zones, wishes))
    shown = [user_id for user_id, is_one in zip(told, is_shown, strict=True) if is_one]
    hints.tell(shown)
    return len(told)


def wishes_of(kind: str, user_ids: Sequence[int]) -> Wishes:
    """How these people want to be told of the kind, in three queries."""
    preferences = Preference.objects.filter(_among("user", user_ids), kind=kind)
    devices = PushSubscription.objects.filter(_among("user", user_ids), gone_at=None)
    return Wishes(
        kinds[kind],
        {
            (user, channel): wish
            for user, channel, wish in preferences.values_list("user_id", "channel", "cadence")
        },
        {row.user_id: row for row in NotificationSettings.objects.filter(_among("user", user_ids))},
        frozenset(devices.values_list("user_id", flat=True)),
    )


def _reached(event: NotificationEvent, user_ids: Sequence[int]) -> dict[int, str]:
    """Those who are to be told, each with their time zone."""
    if not user_ids:
        return {}
    asked_for = set(user_ids)
    people = User.objects.active().filter(_among("pk", user_ids)).order_by("pk")
    told = Notification.objects.filter(_among("recipient", user_ids), event=event)
    left_out = {event.actor_id, *event.except_for, *told.values_list("recipient_id", flat=True)}
    muted = Mute.objects.filter(_among("user", user_ids))
    for kind, key in event.pairs:
        left_out.update(muted.filter(subject_kind=kind, subject_key=key).values_list("user_id", flat=True))
    zones = {
        user_id: zone
        for user_id, zone in people.values_list("pk", "time_zone")
        if user_id in asked_for and user_id not in left_out
    }
    if telling.may_be_told_to_all(event):
        return zones
    asked = User.objects.in_bulk(zones)
    return {
        user_id: zone
        for user_id, zone in zones.items()
        if telling.may_be_told(event, access.viewer_of(asked[user_id]))
    }


def _among(path: str, user_ids: Sequence[int]) -> Q:
    """Rows of these people, and where they stand close together of some between them, who are not looked at.

    Thousands of keys in a statement take longer to read than it takes to carry out.
    """
    first, last = min(user_ids), max(user_ids)
    if last - first < 4 * len(user_ids):
        return Q(**{f"{path}__gte": first, f"{path}__lte": last})
    return Q(**{f"{path}__in": user_ids})


def _deliveries(zones: dict[int, str], wishes: Wishes) -> list[tuple[int, str, datetime, bool]]:
    """Whom to send it to besides, by which channel, when, and whether in a digest."""
    now = clock.now()
    known: dict[Any, datetime] = {}
    found = []
    for user_id, zone in zones.items():
        if wishes.cadence(user_id, Channel.PUSH) != Cadence.OFF:
            found.append((user_id, Channel.PUSH.value, now, False))
        cadence = wishes.cadence(user_id, Channel.EMAIL)
        if cadence == Cadence.INSTANT:
            found.append((user_id, Channel.EMAIL.value, now + TOGETHER, False))
        elif cadence != Cadence.OFF:
            own = wishes.of(user_id)
            same = (zone, cadence, own.digest_at, own.digest_weekday)
            if same not in known:
                known[same] = quiet_hours.next_digest(now, zone, own, weekly=cadence == Cadence.WEEKLY)
            found.append((user_id, Channel.EMAIL.value, known[same], True))
    return found


def _write_deliveries(event: NotificationEvent, rows: list[tuple[int, str, datetime, bool]]) -> None:
    if not rows:
        return
    people, channels, moments, are_digests = zip(*rows, strict=True)
    bulk_rows.write_missing(
        Delivery,
        {
            "event_id": [event.pk] * len(rows),
            "recipient_id": people,
            "channel": channels,
            "due_at": moments,
            "is_digest": are_digests,
        },
        unique=("event_id", "recipient_id", "channel"),
    )
