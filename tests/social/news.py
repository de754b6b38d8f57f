"""News for tests: a kind of their own, and what became of it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import time_machine
from django.core import mail
from django.utils import translation

from core import clock
from core.notifications import Cadence, NotificationKind, Occurrence, Words, kinds
from people import access
from people.models import User
from social import notification_lists, unread
from social.models import Notification, NotificationEvent
from social.services import fan_out, mailing, notifications

KIND, GATHERED = "test_news", "test_gathered"


def describe(occurrences: Sequence[Occurrence], viewer: Any) -> list[Words | None]:
    return [
        Words(
            title=f"News of {occurrence.card.title if occurrence.card else '?'} {occurrence.event.dedupe}",
            url=occurrence.card.url if occurrence.card else "/",
            text=f"Text of {occurrence.event.dedupe}",
        )
        for occurrence in occurrences
    ]


def _kind(name: str, **fields: Any) -> NotificationKind:
    return NotificationKind(
        name=name, label=f"Tests: {name}", group="Tests", icon="bell", describe=describe, **fields
    )


kinds.register(KIND, _kind(KIND, email=Cadence.INSTANT, push=True))
kinds.register(GATHERED, _kind(GATHERED, email=Cadence.DAILY))


def tell(subject: tuple[str, Any], *people: User, dedupe: str = "one", kind: str = KIND, **told: Any) -> int:
    """Tell these people at once; returns how many were."""
    event = notifications.notify(kind=kind, subject=subject, dedupe=dedupe, **told)
    assert event is not None
    return fan_out.tell(event_id=event.pk, user_ids=[person.pk for person in people], reason="own")


def told(user: User) -> list[str]:
    """What stands in somebody's centre, as they see it."""
    user = User.objects.get(pk=user.pk)
    viewer = access.viewer_of(user)
    with translation.override(user.preferred_language):
        page = notification_lists.page(viewer, unread=False, kind="", cursor=None)
    return [item.title for group in page.groups for item in group.items]


def rows(user: User) -> list[Notification]:
    return list(Notification.objects.filter(recipient=user).order_by("pk"))


def counted(user: User) -> int:
    return unread.count(user.pk)


def event(dedupe: str = "one") -> NotificationEvent:
    return NotificationEvent.objects.get(dedupe=dedupe)


def send_mails(**after: Any) -> list[Any]:
    """Mail what is due that long after now; returns what was mailed."""
    before = len(mail.outbox)
    with time_machine.travel(clock.now() + timedelta(**after), tick=False):
        mailing.send_due()
    return mail.outbox[before:]
