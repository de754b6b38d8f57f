"""Many write, read and take away in one conversation at the same time: numbers have no gaps and counters are right."""

import random
import threading
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections

from people import access
from people.models import User
from social import places
from social.models import Conversation, Message, Participant
from social.services import conversations, messages, reactions
from tests import world as worlds
from tests.social.talk import say, topic

pytestmark = [pytest.mark.services, pytest.mark.slow]
WRITERS = 6
EACH = 25


@pytest.fixture
def talk(transactional_db: None) -> tuple[worlds.World, Conversation]:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time, in memory none beside another")
    world = worlds.build()
    return world, topic(world.open, world.lead).conversation


def at_once(steps: Callable[[int], None]) -> None:
    faults: list[BaseException] = []

    def work(number: int) -> None:
        try:
            steps(number)
        except BaseException as error:  # noqa: BLE001 - told to the test, whatever it is
            faults.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_numbers_have_no_gaps_and_counters_no_drift(talk: Any) -> None:
    world, conversation = talk
    people = [world.lead, world.member, world.curator]

    def steps(number: int) -> None:
        chance = random.Random(number)
        for _turn in range(EACH):
            by = User.objects.get(pk=chance.choice(people).pk)
            sent = say(conversation, by, f"Message of {number}", reply_to=1)
            step = chance.randrange(4)
            if step == 0:
                messages.take_away(message=sent, by=by)
            elif step == 1:
                messages.edit(message=sent, by=by, text="Said differently")
            elif step == 2:
                reactions.to_message(message=sent, by=by, emoji="👍", is_on=True)
            else:
                place = places.enter(Conversation.objects.get(pk=conversation.pk), access.viewer_of(by))
                assert place is not None
                conversations.mark_read(place=place, number=sent.number)

    at_once(steps)
    stored = Conversation.objects.get(pk=conversation.pk)
    numbers = list(
        Message.objects.filter(conversation=stored).order_by("number").values_list("number", flat=True)
    )
    assert numbers == list(range(1, WRITERS * EACH + 2))
    assert stored.last_number == numbers[-1]
    assert stored.message_count == Message.objects.filter(conversation=stored).standing().count()
    begun = Message.objects.get(conversation=stored, number=1)
    assert begun.reply_count == Message.objects.filter(thread=begun).standing().count()
    assert Participant.objects.filter(conversation=stored).count() == len(people)
    revisions = list(Message.objects.filter(conversation=stored).values_list("revision", flat=True))
    assert max(revisions) == stored.revision
    for person in people:
        unread = conversations.unread_of(person, [stored])[stored.pk]
        read = Participant.objects.get(conversation=stored, user=person).read_number
        assert unread == Message.objects.filter(conversation=stored, number__gt=read).count()


def test_the_same_message_sent_by_many_retries_is_one(talk: Any) -> None:
    world, conversation = talk
    token = uuid4()

    def steps(number: int) -> None:
        for _turn in range(5):
            say(conversation, User.objects.get(pk=world.member.pk), "Once", token=token)

    at_once(steps)
    assert Message.objects.filter(token=token).count() == 1
    assert Conversation.objects.get(pk=conversation.pk).last_number == 2
