"""Who is told of messages and topics, and who is not."""

from types import SimpleNamespace
from typing import Any

import pytest

from core.notifications import kinds
from knowledge.services import topics
from people.models import User
from people.services import memberships
from social import telling
from social.models import Conversation, Notification, Participant
from social.services import direct, messages
from tests import world as worlds
from tests.social.talk import say, topic

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.fixture
def talk(world: worlds.World, django_capture_on_commit_callbacks: Any) -> Conversation:
    with django_capture_on_commit_callbacks(execute=True):
        made = topic(world.open, world.lead).conversation
    Notification.objects.all().delete()
    return made


@pytest.fixture
def told(django_capture_on_commit_callbacks: Any) -> Any:
    """Does something, and says who was told what of it since."""

    def after(step: Any, *given: Any, **more: Any) -> set[tuple[str, str]]:
        Participant.objects.update(seen_at=None)
        known = set(Notification.objects.values_list("pk", flat=True))
        with django_capture_on_commit_callbacks(execute=True):
            step(*given, **more)
        rows = Notification.objects.exclude(pk__in=known).select_related("event", "recipient")
        return {(row.recipient.email.partition("@")[0], row.event.kind) for row in rows}

    return after


def test_who_is_named_and_who_is_answered_hear_of_it_once(
    talk: Conversation, world: worlds.World, told: Any
) -> None:
    text = f"[@x](person:{world.lead.public_id}) and [@y](person:{world.expert.public_id})"
    assert told(say, talk, world.member, text, reply_to=1) == {
        ("lead", "message_mention"),
        ("expert", "message_mention"),
    }
    assert told(say, talk, world.member, "And another thing", reply_to=1) == {("lead", "message_reply")}


def test_a_few_hear_before_any_worker_has_time(
    talk: Conversation, world: worlds.World, told: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = SimpleNamespace(enqueue=lambda *given: None)
    monkeypatch.setattr("social.services.notifications.notification_tasks.tell", busy)
    assert told(say, talk, world.member, "Hello", reply_to=1) == {("lead", "message_reply")}


def test_nobody_hears_of_what_they_may_not_read(world: worlds.World, told: Any) -> None:
    secret = topic(world.classified, world.lead, access="classified").conversation
    text = f"[@x](person:{world.employee.public_id}) [@y](person:{world.member.public_id})"
    assert told(say, secret, world.lead, text) == set()


def test_who_takes_part_hears_once_a_day_that_it_goes_on(
    talk: Conversation, world: worlds.World, told: Any
) -> None:
    assert told(say, talk, world.member, "One") == {("lead", "conversation_goes_on")}
    assert told(say, talk, world.member, "Two") == set()


def test_who_keeps_it_quiet_hears_of_their_name_alone(
    talk: Conversation, world: worlds.World, told: Any
) -> None:
    Participant.objects.filter(user=world.lead).update(is_muted=True)
    assert told(say, talk, world.member, "Anything") == set()
    text = f"[@x](person:{world.lead.public_id})"
    assert told(say, talk, world.member, text) == {("lead", "message_mention")}


def test_who_left_hears_nothing(world: worlds.World, told: Any) -> None:
    talk = topic(world.closed, world.lead).conversation
    say(talk, world.member, "I was here")
    memberships.leave(user=world.member, community=world.closed)
    lead = User.objects.get(pk=world.lead.pk)
    assert told(say, talk, lead, f"[@x](person:{world.member.public_id})") == set()


def test_direct_messages_are_told_to_those_they_are_for(world: worlds.World, told: Any) -> None:
    talk = direct.begin(by=world.lead, others=[world.member])
    assert told(say, talk, world.lead, "Do you have a minute?") == {("member", "direct_message")}


def test_what_was_taken_away_is_not_told_any_more(
    talk: Conversation, world: worlds.World, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        said = say(talk, world.member, f"[@x](person:{world.lead.public_id}) a secret")
    shown = telling.told(list(Notification.objects.filter(recipient=world.lead)), world.viewer("lead"))
    assert [each.words.text for each in shown] == ["@x a secret"]
    messages.take_away(message=said, by=world.member)
    assert telling.told(list(Notification.objects.filter(recipient=world.lead)), world.viewer("lead")) == []


def test_members_hear_of_new_topics_and_their_ends(world: worlds.World, told: Any) -> None:
    made: list[Any] = []
    assert told(lambda: made.append(topic(world.open, world.lead))) == {("member", "topic_opened")}
    say(made[0].conversation, world.member, "I know")
    assert told(topics.close, topic=made[0], by=world.lead, outcome="Grease") == {("member", "topic_closed")}


def test_every_kind_has_its_words() -> None:
    wanted = {
        "message_mention",
        "message_reply",
        "conversation_goes_on",
        "direct_message",
        "topic_opened",
        "topic_closed",
    }
    assert wanted <= set(kinds.names())
