"""What is to be sent is taken up by one worker, and its end is written down. Nothing else assigns a delivery's state.

A worker that is killed gives back what it had taken when its time is over. It may have sent that: so a mail always has
the same Message-ID and a push the same tag, by which programs know that they have it already.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import F

from core import clock
from core.notifications import Cadence, Channel
from people import access
from people.models import User
from social import quiet_hours, telling
from social.models import Delivery, Mute, Notification, NotificationSettings, Preference
from social.notification_choices import DeliveryState
from social.telling import Told

LEASE = timedelta(minutes=15)
ATTEMPTS = 6
FIRST_WAIT = timedelta(minutes=2)
# People whom one job tells; another goes on where there are more.
PEOPLE_A_JOB = 500


@dataclass(frozen=True)
class Ready:
    """A delivery that is still wanted, with the words for its recipient."""

    delivery: Delivery
    told: Told


def people_due(channel: str) -> list[int]:
    """Some of those for whom something is due, after what others had taken and forgotten is given back."""
    now = clock.now()
    Delivery.objects.filter(state=DeliveryState.SENDING, due_at__lt=now).update(
        state=DeliveryState.WAITING, taken=None, due_at=now
    )
    people = Delivery.objects.due(channel).order_by("recipient_id").values_list("recipient_id", flat=True)
    return list(people.distinct()[:PEOPLE_A_JOB])


@transaction.atomic
def take(*, user_id: int, channel: str) -> list[Delivery]:
    """What is due for somebody, which nobody else sends from now on."""
    token = uuid4()
    due = Delivery.objects.due(channel).filter(recipient=user_id)
    if not due.update(state=DeliveryState.SENDING, taken=token, due_at=clock.now() + LEASE):
        return []
    return list(Delivery.objects.filter(taken=token).select_related("event__actor").order_by("pk"))


def ready(*, user: User, channel: str, taken: list[Delivery]) -> list[Ready]:
    """Those that are to be sent now, in the active language; the others are dropped or put off. The newest first.

    Dropped is what was read here meanwhile, is no longer wanted, or may no longer be seen; all of it waits while the
    person has quiet hours.
    """
    wanted = NotificationSettings.objects.filter(user=user).first() or NotificationSettings(user=user)
    is_reached = user.is_active and (channel != Channel.EMAIL or wanted.bounced_at is None)
    now = clock.now()
    until = quiet_hours.quiet_until(now, user.time_zone, wanted)
    if is_reached and until > now:
        put_off(taken, until=until)
        return []
    found = _still_wanted(user, channel, taken) if is_reached else []
    told = {each.event.pk: each for each in telling.told(found, access.viewer_of(user))}
    drop(delivery for delivery in taken if delivery.event_id not in told)
    kept = [Ready(each, told[each.event_id]) for each in taken if each.event_id in told]
    return sorted(kept, key=lambda each: (each.told.notification.at, each.delivery.pk), reverse=True)


def _still_wanted(user: User, channel: str, taken: list[Delivery]) -> list[Notification]:
    off = set(
        Preference.objects.filter(user=user, channel=channel, cadence=Cadence.OFF).values_list(
            "kind", flat=True
        )
    )
    muted = set(Mute.objects.filter(user=user).values_list("subject_kind", "subject_key"))
    rows = Notification.objects.filter(
        recipient=user, read_at=None, event__in=[each.event_id for each in taken]
    )
    return [
        row
        for row in rows.for_listing()
        if row.event.kind not in off and not muted.intersection(row.event.pairs)
    ]


def sent(deliveries: Iterable[Delivery]) -> None:
    _end(deliveries, DeliveryState.SENT)


def drop(deliveries: Iterable[Delivery]) -> None:
    _end(deliveries, DeliveryState.DROPPED)


def put_off(deliveries: Iterable[Delivery], *, until: datetime) -> None:
    """To be sent later; it is nobody's failure."""
    _taken(deliveries).update(state=DeliveryState.WAITING, taken=None, due_at=until)


def try_again(deliveries: Iterable[Delivery], *, wait: timedelta | None = None) -> None:
    """It did not work now: later, each time after twice as long (or after `wait`), and not for ever."""
    for delivery in list(deliveries):
        if delivery.attempts + 1 >= ATTEMPTS:
            _end([delivery], DeliveryState.FAILED)
            continue
        after = max(FIRST_WAIT * 2**delivery.attempts, wait or timedelta())
        _taken([delivery]).update(
            state=DeliveryState.WAITING,
            taken=None,
            attempts=F("attempts") + 1,
            due_at=clock.now() + after,
        )


def _end(deliveries: Iterable[Delivery], state: DeliveryState) -> None:
    _taken(deliveries).update(state=state, taken=None, done_at=clock.now())


def _taken(deliveries: Iterable[Delivery]) -> Any:
    """Of these the ones that are being sent: what ended stays as it is."""
    keys = [each.pk for each in deliveries]
    return Delivery.objects.filter(pk__in=keys, state=DeliveryState.SENDING)
