"""An event reaches its people: one row each, in bulk, with what is to be sent by other channels.

Who left, who did it, who muted it and who may not see it is passed over. Carried out twice it writes nothing twice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from core import clock
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
        return self.settings.get(user_id) or NotificationSettings(user_id=user_id)


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
    rows = [
        Notification(
            event=event,
            recipient_id=user_id,
            reason=reason,
            at=event.at,
            is_shown=wishes.cadence(user_id, Channel.IN_APP) != Cadence.OFF,
        )
        for user_id in zones
    ]
    # Who tells the same people of it at this moment loses nothing and adds nothing.
    Notification.objects.bulk_create(rows, ignore_conflicts=True, batch_size=AT_ONCE)
    Delivery.objects.bulk_create(_deliveries(event, zones, wishes), ignore_conflicts=True, batch_size=AT_ONCE)
    shown = [row.recipient_id for row in rows if row.is_shown]
    transaction.on_commit(partial(hints.tell, shown), robust=True)
    return len(rows)


def wishes_of(kind: str, user_ids: Sequence[int]) -> Wishes:
    """How these people want to be told of the kind, in three queries."""
    preferences = Preference.objects.filter(kind=kind, user__in=user_ids)
    devices = PushSubscription.objects.filter(user__in=user_ids, gone_at=None)
    return Wishes(
        kinds[kind],
        {
            (user, channel): wish
            for user, channel, wish in preferences.values_list("user_id", "channel", "cadence")
        },
        {row.user_id: row for row in NotificationSettings.objects.filter(user__in=user_ids)},
        frozenset(devices.values_list("user_id", flat=True)),
    )


def _reached(event: NotificationEvent, user_ids: Sequence[int]) -> dict[int, str]:
    """Those who are to be told, each with their time zone."""
    people = (
        User.objects.active().filter(pk__in=user_ids).exclude(pk__in=[event.actor_id or 0, *event.except_for])
    )
    zones = dict(people.order_by("pk").values_list("pk", "time_zone"))
    left_out = set(
        Notification.objects.filter(event=event, recipient__in=user_ids).values_list(
            "recipient_id", flat=True
        )
    )
    muted = Mute.objects.filter(user__in=user_ids)
    for kind, key in event.pairs:
        left_out.update(muted.filter(subject_kind=kind, subject_key=key).values_list("user_id", flat=True))
    zones = {user_id: zone for user_id, zone in zones.items() if user_id not in left_out}
    if telling.may_be_told_to_all(event):
        return zones
    asked = User.objects.in_bulk(zones)
    return {
        user_id: zone
        for user_id, zone in zones.items()
        if telling.may_be_told(event, access.viewer_of(asked[user_id]))
    }


def _deliveries(event: NotificationEvent, zones: dict[int, str], wishes: Wishes) -> list[Delivery]:
    now = clock.now()
    known: dict[Any, datetime] = {}
    found = []
    for user_id, zone in zones.items():
        if wishes.cadence(user_id, Channel.PUSH) != Cadence.OFF:
            found.append(_delivery(event, user_id, Channel.PUSH, now))
        cadence = wishes.cadence(user_id, Channel.EMAIL)
        if cadence == Cadence.INSTANT:
            found.append(_delivery(event, user_id, Channel.EMAIL, now + TOGETHER))
        elif cadence != Cadence.OFF:
            own = wishes.of(user_id)
            same = (zone, cadence, own.digest_at, own.digest_weekday)
            if same not in known:
                known[same] = quiet_hours.next_digest(now, zone, own, weekly=cadence == Cadence.WEEKLY)
            found.append(_delivery(event, user_id, Channel.EMAIL, known[same], is_digest=True))
    return found


def _delivery(
    event: NotificationEvent, user_id: int, channel: str, due_at: datetime, *, is_digest: bool = False
) -> Delivery:
    return Delivery(event=event, recipient_id=user_id, channel=channel, due_at=due_at, is_digest=is_digest)
