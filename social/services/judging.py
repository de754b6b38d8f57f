"""What somebody may not be told of any more is hidden, so that it is not counted; what they may again comes back.

Lists and mails ask anew each time; this is for the count, which is read on every page. What a person may see is looked
at when it changes, what becomes of things within half a minute.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from core import outbox
from core.models import OutboxEntry
from core.subjects import subjects
from people import access
from people.models import User
from search.models import Position
from social import notification_tasks, telling
from social.models import Notification, NotificationEvent
from social.services import hints

READER = "notifications"
AT_ONCE = 500
# More unread ones than this are counted as "many" anyway.
MOST = 2000


def ask_for_people(user_ids: Iterable[int]) -> None:
    """What these people may see has changed: a worker looks through what they have not read yet."""
    rows = Notification.objects.filter(recipient__in=list(user_ids), read_at=None)
    people = sorted(set(rows.order_by().values_list("recipient_id", flat=True).distinct()))
    for start in range(0, len(people), AT_ONCE):
        notification_tasks.judge_people.enqueue(people[start : start + AT_ONCE])


@transaction.atomic
def judge(*, user_id: int, about: Iterable[int] | None = None) -> None:
    """Hide or show again what somebody has not read yet, all of it or what is about these events."""
    viewer = access.viewer_of(User.objects.get(pk=user_id))
    rows = Notification.objects.filter(recipient=user_id, is_shown=True, read_at=None)
    if about is not None:
        rows = rows.filter(event__in=about)
    found = list(rows.for_listing().order_by("-at", "-pk")[:MOST])
    seen = {each.notification.pk for each in telling.told(found, viewer)}
    _set_hidden([row.pk for row in found if row.pk not in seen and not row.is_hidden], is_hidden=True)
    _set_hidden([row.pk for row in found if row.pk in seen and row.is_hidden], is_hidden=False)
    hints.tell([user_id])


def follow_changes() -> int:
    """Read the outbox on, and judge anew what is about things that others may see now. Returns how many were read."""
    read = 0
    while True:
        with transaction.atomic():
            position = _position()
            changes = outbox.changes_after(position.sequence, AT_ONCE, task=notification_tasks.follow_changes)
            if not changes:
                return read
            _judge_about(changes)
            position.sequence = changes[-1].sequence
            position.save(update_fields=["sequence"])
            read += len(changes)


def _judge_about(changes: Iterable[OutboxEntry]) -> None:
    keys: dict[str, set[str]] = defaultdict(set)
    for change in changes:
        if change.kind in subjects and set(change.audience_before) != set(change.audience_after):
            keys[change.kind].add(change.key)
    for kind, changed in keys.items():
        about = Q(subject_kind=kind, subject_key__in=changed) | Q(place_kind=kind, place_key__in=changed)
        for event in NotificationEvent.objects.filter(about, settled_at=None):
            _judge_event(event)


def _judge_event(event: NotificationEvent) -> None:
    rows: QuerySet[Any] = Notification.objects.filter(event=event, read_at=None)
    if telling.may_be_told_to_all(event):
        rows.filter(is_hidden=True).update(is_hidden=False)
        return
    for user_id in list(rows.order_by("pk").values_list("recipient_id", flat=True)):
        judge(user_id=user_id, about=[event.pk])


def _set_hidden(keys: list[int], *, is_hidden: bool) -> None:
    if keys:
        Notification.objects.filter(pk__in=keys).update(is_hidden=is_hidden)


def _position() -> Position:
    """How far the outbox has been read; who begins reads what is still to come."""
    newest = OutboxEntry.objects.aggregate(newest=Max("sequence"))["newest"] or 0
    Position.objects.get_or_create(reader=READER, defaults={"sequence": newest})
    return Position.objects.select_for_update().get(reader=READER)
