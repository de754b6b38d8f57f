"""Sockets: what they tell, to whom, and when they shut."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from channels.layers import get_channel_layer

from people.models import User
from people.services import communities, memberships
from social import consumers, live
from social.models import Conversation
from social.services import direct, messages
from tests import world as worlds
from tests.social.sockets import done, greeted, opened
from tests.social.talk import say, topic

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
Steps = Callable[[], Awaitable[None]]


@pytest.fixture(autouse=True)
def one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """That of the test stays open, in its transaction, as Django's own client for tests leaves it."""
    monkeypatch.setattr("channels.db.close_old_connections", lambda: None)


@pytest.fixture
def talk(world: worlds.World) -> Conversation:
    return topic(world.open, world.member).conversation


@pytest.fixture
def closed_talk(world: worlds.World) -> Conversation:
    return topic(world.closed, world.member).conversation


def run(steps: Steps) -> None:
    async_to_sync(steps)()


def test_tells_what_came_and_nothing_twice(talk: Conversation, world: worlds.World) -> None:
    async def steps() -> None:
        socket, code = await opened(talk, world.employee)
        assert code is None
        changes, here = await greeted(socket, 0)
        assert [item["number"] for item in changes["items"]] == [1]
        assert [person["name"] for person in here["people"]] == [world.member.name]
        await done(say, conversation=talk, by=world.lead, text="Look at the grease")
        told = await socket.hear()
        assert [item["number"] for item in told["items"]] == [2]
        assert "Look at the grease" in told["items"][0]["html"]
        # A hint that comes late tells of what is known.
        await get_channel_layer().group_send(
            live.room(talk.pk), {"type": "conversation.changed", "revision": told["revision"]}
        )
        assert await socket.receive_nothing(timeout=0.2)
        await socket.shut()

    run(steps)


def test_makes_good_what_came_while_it_was_shut(talk: Conversation, world: worlds.World) -> None:
    async def steps() -> None:
        first = await done(say, conversation=talk, by=world.lead, text="One")
        known = first.revision
        await done(say, conversation=talk, by=world.lead, text="Two")
        await done(messages.edit, message=first, by=world.lead, text="One, corrected")
        socket, _code = await opened(talk, world.employee)
        changes, _here = await greeted(socket, known)
        assert [item["number"] for item in changes["items"]] == [2, 3]
        assert "corrected" in changes["items"][0]["html"]
        await socket.shut()

    run(steps)


@pytest.mark.parametrize("role", ["visitor", "employee", "expert", "curator", "moderator", "lead", "member"])
@pytest.mark.parametrize("place", ["open", "closed", "classified"])
def test_opens_to_those_who_may_read_alone(world: worlds.World, role: str, place: str) -> None:
    talk = topic(getattr(world, place), world.lead).conversation
    inside = {"lead", "member"}
    readers = {
        "open": inside | {"employee", "expert", "curator", "moderator"},
        "closed": inside | {"curator", "moderator"},
        "classified": inside,
    }
    wanted = (
        None if role in readers[place] else consumers.SIGNED_OUT if role == "visitor" else consumers.NOT_THERE
    )

    async def steps() -> None:
        socket, code = await opened(talk, world.people[role])
        assert code == wanted
        await socket.shut()

    run(steps)


async def _is_shut_by(talk: Conversation, reader: User, service: Any, **given: Any) -> int:
    socket, code = await opened(talk, reader)
    assert code is None
    await greeted(socket, 0)
    await done(service, **given)
    output = await socket.receive_output(timeout=10)
    assert output["type"] == "websocket.close"
    return int(output["code"])


def test_is_shut_when_somebody_leaves(closed_talk: Conversation, world: worlds.World) -> None:
    async def steps() -> None:
        code = await _is_shut_by(
            closed_talk, world.member, memberships.leave, user=world.member, community=world.closed
        )
        assert code == consumers.NOT_THERE

    run(steps)


def test_is_shut_when_the_community_closes(talk: Conversation, world: worlds.World) -> None:
    async def steps() -> None:
        code = await _is_shut_by(
            talk,
            world.employee,
            communities.change_access,
            community=world.open,
            by=world.moderator,
            to="closed",
        )
        assert code == consumers.NOT_THERE

    run(steps)


def test_is_shut_when_a_session_ends(
    talk: Conversation, world: worlds.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody tells of it, so it is asked now and then."""
    monkeypatch.setattr(consumers, "ASK_AGAIN", 0.1)

    async def steps() -> None:
        from django.contrib.sessions.models import Session

        socket, _code = await opened(talk, world.employee)
        await greeted(socket, 0)
        await sync_to_async(Session.objects.all().delete)()
        output = await socket.receive_output(timeout=10)
        assert output == {"type": "websocket.close", "code": consumers.SIGNED_OUT}

    run(steps)


def test_says_who_is_here_and_who_is_writing(talk: Conversation, world: worlds.World) -> None:
    async def steps() -> None:
        await sync_to_async(say)(talk, world.lead, "I read along")
        first, _code = await opened(talk, world.member)
        await greeted(first, 0)
        second, _code = await opened(talk, world.lead)
        _changes, here = await greeted(second, 0)
        assert [person["name"] for person in here["people"]] == [world.member.name]
        await second.say(type="typing")
        heard = await first.hear()
        assert (heard["type"], heard["name"]) == ("typing", world.lead.name)
        await second.shut()
        assert (await first.hear())["type"] == "gone"
        await first.shut()

    run(steps)


def test_says_that_somebody_writes_directly_unless_they_may_not(world: worlds.World) -> None:
    talk = direct.begin(by=world.lead, others=[world.member])

    async def steps() -> None:
        first, _code = await opened(talk, world.member)
        await greeted(first, 0)
        second, _code = await opened(talk, world.lead)
        await greeted(second, 0)
        assert (await first.hear())["type"] == "came"
        await second.say(type="typing")
        assert (await first.hear())["type"] == "typing"
        await second.shut()
        assert (await first.hear())["type"] == "gone"
        await done(direct.block, by=world.member, person=world.lead)
        third, _code = await opened(talk, world.lead)
        await greeted(third, 0)
        await third.say(type="typing")
        assert await first.receive_nothing(timeout=0.3)
        await third.shut()
        await first.shut()

    run(steps)


@pytest.mark.parametrize(
    "text", ["", "nonsense", "[]", "7", '{"type": 5}', '{"type": "hello", "after": "x"}', "{"]
)
def test_what_it_does_not_understand_does_it_no_harm(
    talk: Conversation, world: worlds.World, text: str
) -> None:
    async def steps() -> None:
        socket, _code = await opened(talk, world.employee)
        await socket.send_text(text)
        while not await socket.receive_nothing(timeout=0.1):
            await socket.hear()
        changes, _here = await greeted(socket, 0)
        assert changes["items"]
        await socket.shut()

    run(steps)


def test_a_hundred_readers_of_one_language_cost_one_look(
    talk: Conversation, world: worlds.World, django_assert_num_queries: Any
) -> None:
    async def steps() -> None:
        await sync_to_async(say)(talk, world.lead, "Something new")
        revision = (await Conversation.objects.aget(pk=talk.pk)).revision
        first = await consumers.changes(talk.pk, 1, revision, "en")
        for _reader in range(100):
            assert await consumers.changes(talk.pk, 1, revision, "en") is first
        assert await consumers.changes(talk.pk, 1, revision, "he") is not first

    run(steps)


def test_a_layer_that_is_away_keeps_nobody_from_writing(
    talk: Conversation, world: worlds.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Away:
        async def group_send(self, *given: Any) -> None:
            raise ConnectionError

    monkeypatch.setattr(live, "get_channel_layer", Away)
    live.send("conversation.1", {"type": "conversation.changed", "revision": 1})

    async def steps() -> None:
        await done(say, conversation=talk, by=world.lead, text="All the same")

    run(steps)
    assert Conversation.objects.get(pk=talk.pk).last_number == 2
