"""Direct messages: among those who are in it alone, and with nobody who does not wish it."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people import access
from people.models import User
from social import places
from social.models import Conversation
from social.services import direct
from tests import world as worlds
from tests.social.talk import say

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
SignIn = Callable[[User | None], Client]


def test_the_same_people_have_one_conversation(world: worlds.World) -> None:
    first = direct.begin(by=world.lead, others=[world.member, world.expert])
    assert direct.begin(by=world.expert, others=[world.lead, world.member]) == first
    assert direct.begin(by=world.lead, others=[world.member]) != first


def test_is_for_those_in_it_alone(world: worlds.World) -> None:
    talk = direct.begin(by=world.lead, others=[world.member])
    readers = {
        role
        for role, person in world.people.items()
        if person and Conversation.objects.visible_to(access.viewer_of(person)).filter(pk=talk.pk).exists()
    }
    assert readers == {"lead", "member"}
    for role, person in world.people.items():
        assert (places.enter(talk, access.viewer_of(person)) is not None) == (role in readers)
    with pytest.raises(PermissionDenied):
        say(talk, world.moderator, "What are you talking about?")


def test_nobody_writes_to_who_left_or_to_nobody(world: worlds.World) -> None:
    User.objects.filter(pk=world.expert.pk).update(is_active=False)
    with pytest.raises(PermissionDenied):
        direct.begin(by=world.lead, others=[world.expert])
    with pytest.raises(direct.DirectRefused, match="Choose somebody"):
        direct.begin(by=world.lead, others=[world.lead])


@pytest.mark.parametrize("who", ["lead", "member"])
def test_a_block_keeps_both_from_writing(world: worlds.World, who: str) -> None:
    talk = direct.begin(by=world.lead, others=[world.member])
    say(talk, world.lead, "Are you there?")
    by, person = (world.member, world.lead) if who == "member" else (world.lead, world.member)
    for _time in range(2):
        direct.block(by=by, person=person)
    for writer in (world.lead, world.member):
        with pytest.raises(PermissionDenied):
            say(talk, writer, "Still there?")
    with pytest.raises(direct.DirectRefused, match="cannot write to each other"):
        direct.begin(by=world.lead, others=[world.member])
    direct.unblock(by=by, person=person)
    say(talk, world.member, "Here I am")


def test_a_block_of_one_does_not_shut_a_group(world: worlds.World) -> None:
    talk = direct.begin(by=world.lead, others=[world.member, world.expert])
    direct.block(by=world.member, person=world.lead)
    say(talk, world.lead, "To all of you")


class TestList:
    def test_costs_the_same_however_many(self, sign_in: SignIn, world: worlds.World) -> None:
        client = sign_in(world.lead)

        def queries() -> int:
            client.get("/direct/")
            with CaptureQueriesContext(connection) as captured:
                client.get("/direct/")
            return len(captured)

        for person in (world.member, world.expert):
            say(direct.begin(by=world.lead, others=[person]), person, "Hello")
        few = queries()
        for number in range(10):
            person = worlds.person(f"person{number}@example.org", "employee")
            say(direct.begin(by=person, others=[world.lead]), person, "Hello")
        assert queries() == few

    def test_shows_what_is_unread_and_no_empty_ones(self, sign_in: SignIn, world: worlds.World) -> None:
        talk = direct.begin(by=world.member, others=[world.lead])
        direct.begin(by=world.expert, others=[world.lead])
        say(talk, world.member, "One")
        say(talk, world.member, "Two")
        rows = sign_in(world.lead).get("/direct/").context["rows"]
        assert [(row.unread, [person.name for person in people]) for row, people in rows] == [
            (2, [world.member.name])
        ]

    def test_one_writes_from_a_persons_card(self, sign_in: SignIn, world: worlds.World) -> None:
        client = sign_in(world.employee)
        assert "Write a message" in client.get(world.lead.get_absolute_url()).content.decode()
        answer = client.post("/direct/new/", {"to": str(world.lead.public_id)}, follow=True)
        assert answer.context["other"] == world.lead
        assert "Write a message" in answer.content.decode()
