"""The leak matrix of what leaves the site: mails, pushes and the count tell each role what they may see, no more."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail

from core import clock
from people.models import User
from social import unread
from social.models import Delivery, Notification, NotificationEvent
from social.services import fan_out, mailing, push
from tests.matrix.doors import ROLES
from tests.matrix.test_leaks import SLUGS, forbidden
from tests.people.test_access import READABLE
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def events(world: World) -> list[NotificationEvent]:
    return [
        NotificationEvent.objects.create(
            kind="entry_published", subject_kind="entry", subject_key=entry.key, at=clock.now(), dedupe=slug
        )
        for slug, entry in world.entries.items()
    ]


def titles(words: str) -> set[str]:
    return {slug for slug in SLUGS if f"Title of {slug}" in words}


@pytest.mark.parametrize("role", [role for role in ROLES if role != "visitor"])
def test_what_is_told_is_what_may_be_seen(world: World, events: list[NotificationEvent], role: str) -> None:
    user: Any = User.objects.get(pk=world.people[role].pk)  # type: ignore[union-attr]
    for event in events:
        fan_out.tell(event_id=event.pk, user_ids=[user.pk], reason="follows")
    assert unread.count(user.pk) == len(READABLE[role])
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        mailing.send_due()
    (letter,) = mail.outbox
    words = letter.subject + letter.body + str(letter.alternatives)
    assert [trace for trace in forbidden(role) if trace in words] == []
    assert titles(words) == set(READABLE[role])
    assert letter.subject.startswith(f"{len(READABLE[role])} ")


@pytest.mark.parametrize("role", [role for role in ROLES if role != "visitor"])
def test_what_was_told_wrongly_is_not_sent(
    world: World, events: list[NotificationEvent], role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows for everything, as if everybody had been allowed to see it when it happened."""
    user: Any = User.objects.get(pk=world.people[role].pk)  # type: ignore[union-attr]
    for event in events:
        Notification.objects.create(event=event, recipient=user, reason="follows", at=event.at)
        for channel in ("email", "push"):
            Delivery.objects.create(event=event, recipient=user, channel=channel, due_at=clock.now())
    pushed: list[str] = []
    monkeypatch.setattr(
        push, "_tell_devices", lambda user, letter: pushed.append(str(push.payload(user, letter))) or 0
    )
    push.send_due()
    mailing.send_due()
    words = str(pushed) + "".join(
        letter.subject + letter.body + str(letter.alternatives) for letter in mail.outbox
    )
    assert [trace for trace in forbidden(role) if trace in words] == []
    assert titles(str(pushed)) == titles(words) == set(READABLE[role])
