"""What happened is written down and told: the courier behind `core.notifications`, and what readers do with it."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from core import clock
from core.notifications import Pair, Reason, kinds
from people.models import User
from social import notification_tasks
from social.models import Delivery, Notification, NotificationEvent
from social.notification_choices import DeliveryState
from social.services import fan_out, follows, hints

# So many are written by one job: it is short enough to be carried out again where it was cut off.
PEOPLE_A_JOB = 5000
FEW = 20


@transaction.atomic
def notify(
    *,
    kind: str,
    dedupe: str,
    subject: Pair | None = None,
    place: Pair | None = None,
    actor: User | None = None,
    recipients: Iterable[Any] = (),
    reason: str = Reason.OWN,
    followers_of: Iterable[Pair] = (),
    except_for: Iterable[Any] = (),
    data: dict[str, Any] | None = None,
) -> NotificationEvent | None:
    """See `core.notifications.notify`. Writes the event; whom it reaches is written by a worker after the commit.

    What is for followers alone and has none leaves no trace: None. Raises KeyError for a kind that nobody declared.
    """
    kinds[kind]
    people, followed = _keys(recipients), list(followers_of)
    is_followed = bool(followed) and follows.of(followed).exists()
    if followed and not people and not is_followed:
        return None
    subject_kind, subject_key = subject or ("", None)
    place_kind, place_key = place or ("", None)
    event, _is_new = NotificationEvent.objects.get_or_create(
        dedupe=dedupe,
        defaults={
            "kind": kind,
            "subject_kind": subject_kind,
            "subject_key": subject_key,
            "place_kind": place_kind,
            "place_key": place_key,
            "actor": actor,
            "data": data or {},
            "except_for": _keys(except_for),
            "at": clock.now(),
        },
    )
    for start in range(0, len(people), PEOPLE_A_JOB):
        notification_tasks.tell.enqueue(event.pk, people[start : start + PEOPLE_A_JOB], str(reason))
    if 0 < len(people) <= FEW:
        # They need not wait for a worker that is busy; the job finds that it is done.
        at_once = partial(fan_out.tell, event_id=event.pk, user_ids=people, reason=str(reason))
        transaction.on_commit(at_once, robust=True)
    if is_followed:
        notification_tasks.tell_followers.enqueue(event.pk, [[each, str(key)] for each, key in followed])
    return event


@transaction.atomic
def settle(*, dedupe: str) -> None:
    """There is nothing to be done any more: it counts as read, and is not sent where it was not. Twice is once."""
    now = clock.now()
    events = NotificationEvent.objects.filter(dedupe=dedupe, settled_at=None)
    keys = list(events.select_for_update().values_list("pk", flat=True))
    NotificationEvent.objects.filter(pk__in=keys).update(settled_at=now)
    rows = Notification.objects.filter(event__in=keys, read_at=None)
    readers = list(rows.values_list("recipient_id", flat=True))
    rows.update(read_at=now)
    Delivery.objects.filter(event__in=keys, state=DeliveryState.WAITING).update(
        state=DeliveryState.DROPPED, done_at=now
    )
    hints.tell(readers)


def mark_read(*, user: User, public_id: Any) -> int:
    """One has been read. Returns how many were not before."""
    return _read(user, Notification.objects.filter(public_id=public_id))


def mark_read_about(*, user: User, subject: Pair) -> int:
    """All about one subject have been read."""
    kind, key = subject
    return _read(user, Notification.objects.about(kind, key))


def mark_all_read(*, user: User, until: Any = None) -> int:
    """All have been read, or those that were there at a moment: what came since was not seen."""
    rows = Notification.objects.all()
    return _read(user, rows.filter(at__lte=until) if until else rows)


@transaction.atomic
def _read(user: User, rows: QuerySet[Any]) -> int:
    read = rows.filter(recipient=user, read_at=None).update(read_at=clock.now())
    if read:
        hints.tell([user.pk])
    return read


def _keys(recipients: Iterable[Any]) -> list[int]:
    if isinstance(recipients, QuerySet):
        # A queryset of values names the people itself; their order matters to nobody.
        if recipients.query.values_select:
            return list(dict.fromkeys(recipients))
        return list(recipients.order_by().values_list("pk", flat=True))
    return list(dict.fromkeys(getattr(each, "pk", each) for each in recipients))
