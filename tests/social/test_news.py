"""Who is told of messages and topics, and who is not."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from core import clock
from core.notifications import kinds
from knowledge.services import topics
from people.models import Community, User
from people.services import communities, memberships
from social import places, telling
from social.models import Conversation, Mention, Notification, Participant
from social.services import conversations, direct, messages
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


class TestReading:
    def unread(self, user: User) -> set[str]:
        rows = Notification.objects.filter(recipient=user, read_at=None)
        return set(rows.values_list("event__kind", flat=True))

    def test_what_is_read_in_the_room_is_read_behind_the_bell(
        self, talk: Conversation, world: worlds.World, told: Any
    ) -> None:
        told(say, talk, world.member, f"[@x](person:{world.lead.public_id})")
        last = told(say, talk, world.member, "And an answer", reply_to=1)
        assert last == {("lead", "message_reply")}
        place = places.enter(Conversation.objects.get(pk=talk.pk), world.viewer("lead"))
        assert place is not None
        conversations.mark_read(place=place, number=2)
        assert self.unread(world.lead) == {"message_reply"}
        conversations.mark_read(place=place, number=3)
        assert self.unread(world.lead) == set()

    def test_what_was_taken_away_counts_no_more(
        self, talk: Conversation, world: worlds.World, told: Any
    ) -> None:
        told(say, talk, world.member, f"[@x](person:{world.lead.public_id})")
        messages.take_away(message=talk.messages.get(number=2), by=world.member)
        assert self.unread(world.lead) == set()

    def test_who_has_the_page_open_is_told_all_the_same(
        self, world: worlds.World, django_capture_on_commit_callbacks: Any
    ) -> None:
        talk = direct.begin(by=world.lead, others=[world.member])
        Participant.objects.update(seen_at=clock.now())
        with django_capture_on_commit_callbacks(execute=True):
            say(talk, world.lead, "Do you have a minute?")
        assert self.unread(world.member) == {"direct_message"}


def test_of_a_day_the_first_writer_hears_as_well_and_of_what_stands(
    talk: Conversation, world: worlds.World, told: Any
) -> None:
    told(say, talk, world.member, "I begin")
    assert told(say, talk, world.lead, "I go on") == {("member", "conversation_goes_on")}
    (row,) = Notification.objects.filter(recipient=world.lead, event__kind="conversation_goes_on")
    say(talk, world.member, "And on")
    messages.take_away(message=talk.messages.get(number=2), by=world.member)
    (shown,) = telling.told([row], world.viewer("lead"))
    assert shown.words.text == "And on"


def test_who_is_named_first_or_later_hears_of_it_once(world: worlds.World, told: Any) -> None:
    name = f"[@x](person:{world.employee.public_id})"
    made: list[Any] = []
    assert ("employee", "message_mention") in told(
        lambda: made.append(topic(world.open, world.lead, text=f"{name}, can you help?"))
    )
    talk = made[0].conversation
    said = say(talk, world.lead, "Or somebody else?")
    assert told(messages.edit, message=said, by=world.lead, text=f"Or {name}?") == {
        ("employee", "message_mention")
    }
    assert told(messages.edit, message=said, by=world.lead, text=f"Or {name}, perhaps?") == set()


def test_everybody_are_those_who_were_there_of_late(
    talk: Conversation, world: worlds.World, told: Any
) -> None:
    for person in (world.expert, world.curator, world.employee):
        Participant.objects.create(conversation=talk, user=person, joined_at=clock.now(), seen_at=clock.now())
    Participant.objects.filter(user=world.curator).update(is_muted=True)
    Participant.objects.filter(user=world.employee).update(seen_at=clock.now() - timedelta(days=60))
    say(talk, world.member, "[@all](group:here)")
    named = set(Mention.objects.values_list("user__email", flat=True))
    assert {each.partition("@")[0] for each in named} == {"expert", "lead"}


def test_a_name_that_is_no_longer_theirs_to_know_is_not_told(world: worlds.World, told: Any) -> None:
    asking = memberships.join(user=world.employee, community=world.closed, message="May I?")
    assert ("employee", "request_decided") in told(
        memberships.decline, membership=asking, by=world.lead, reason="Not now"
    )
    row = Notification.objects.get(recipient=world.employee, event__kind="request_decided")
    (shown,) = telling.told([row], world.viewer("employee"))
    assert "Boardroom" in shown.words.title
    communities.change_access(community=world.closed, by=world.moderator, to="classified")
    Community.objects.filter(pk=world.closed.pk).update(name_en="Takeover")
    assert telling.told([row], world.viewer("employee")) == []
