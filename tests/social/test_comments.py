"""Comments and signs on entries."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people.models import User
from people.services import communities
from social.choices import Purpose
from social.models import Conversation, Message, Reaction
from social.services import conversations, messages, reactions
from tests import world as worlds
from tests.social.talk import say

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
SignIn = Callable[[User | None], Client]


@pytest.fixture
def place(world: worlds.World) -> str:
    return f"/comments/entry/{world.entries['workshop-open'].key}/"


@pytest.fixture
def talk(world: worlds.World) -> Conversation:
    entry = world.entries["workshop-open"]
    return conversations.about(kind="entry", key=entry.key, purpose=Purpose.COMMENTS)


def read(client: Client, place: str, **asked: str) -> list[tuple[int, list[int]]]:
    """The numbers of comments, each with those of its answers."""
    threads = client.get(place, asked).context["threads"]
    return [
        (each.begun.message.number, [answer.message.number for answer in each.answers]) for each in threads
    ]


def test_begin_with_the_first_and_only_then(sign_in: SignIn, world: worlds.World, place: str) -> None:
    client = sign_in(world.employee)
    assert "Nobody has commented yet" in client.get(place).content.decode()
    assert not Conversation.objects.exists()
    client.post(f"{place}new/", {"text": "We did the same", "token": str(uuid4())})
    assert Message.objects.get().text == "We did the same"
    assert "1 comment" in client.get(place).content.decode()


def test_whoever_reads_an_open_entry_comments(world: worlds.World, talk: Conversation) -> None:
    say(talk, world.employee, "Not a member, a reader")


def test_nobody_comments_where_the_community_rests(sign_in: SignIn, world: worlds.World, place: str) -> None:
    communities.archive(community=world.open, by=world.moderator)
    client = sign_in(world.employee)
    assert client.post(f"{place}new/", {"text": "Late", "token": str(uuid4())}).status_code == 403
    assert not Message.objects.exists()


@pytest.mark.parametrize("role", ["employee", "curator", "member", "lead"])
def test_are_for_readers_of_the_entry_alone(sign_in: SignIn, world: worlds.World, role: str) -> None:
    client = sign_in(world.people[role])
    for slug, readers in (
        ("workshop-closed", {"curator", "member", "lead"}),
        ("boardroom-open", {"curator", "member", "lead"}),
        ("vault-open", {"member", "lead"}),
        ("vault-classified", {"lead"}),
        ("draft", set()),
    ):
        key = world.entries[slug].key
        wanted = 200 if role in readers else 404
        assert client.get(f"/comments/entry/{key}/").status_code == wanted
        answer = client.post(f"/reactions/entry/{key}/", {"emoji": "👍"})
        assert (answer.status_code == 302) == (role in readers)


def test_of_what_is_nothing_there_are_none(sign_in: SignIn, world: worlds.World) -> None:
    client = sign_in(world.lead)
    assert client.get(f"/comments/nonsense/{uuid4()}/").status_code == 404
    assert client.get(f"/comments/entry/{uuid4()}/").status_code == 404
    # These are followed, and not commented: who sees a teaser would read what is said inside.
    for kind, key in (("community", world.closed.public_id), ("person", world.member.public_id)):
        assert client.get(f"/comments/{kind}/{key}/").status_code == 404
        assert client.post(f"/reactions/{kind}/{key}/", {"emoji": "👍"}).status_code == 404


def test_stand_in_threads_as_one_wishes(
    sign_in: SignIn, world: worlds.World, place: str, talk: Conversation
) -> None:
    for text in ("One", "Two"):
        say(talk, world.employee, text)
    say(talk, world.lead, "To one", reply_to=1)
    say(talk, world.expert, "To that", reply_to=3)
    reactions.to_message(message=talk.messages.get(number=1), by=world.member, emoji="👍", is_on=True)
    client = sign_in(world.expert)
    assert read(client, place) == [(2, []), (1, [3, 4])]
    assert read(client, place, sort="oldest") == [(1, [3, 4]), (2, [])]
    assert read(client, place, sort="best") == [(1, [3, 4]), (2, [])]
    assert read(client, place, sort="nonsense") == [(2, []), (1, [3, 4])]


def test_what_was_taken_away_stays_where_it_was_answered(
    sign_in: SignIn, world: worlds.World, place: str, talk: Conversation
) -> None:
    for number in (1, 2):
        say(talk, world.employee, f"Comment {number}")
    say(talk, world.lead, "An answer", reply_to=1)
    for number in (1, 2):
        messages.take_away(message=talk.messages.get(number=number), by=world.employee)
    assert read(sign_in(world.expert), place) == [(1, [3])]


def test_cost_the_same_however_many(
    sign_in: SignIn, world: worlds.World, place: str, talk: Conversation
) -> None:
    client = sign_in(world.employee)

    def queries() -> int:
        client.get(place)
        with CaptureQueriesContext(connection) as captured:
            client.get(place)
        return len(captured)

    for number in range(2):
        say(talk, world.lead, f"Comment {number}")
        say(talk, world.member, f"Answer {number}", reply_to=number * 2 + 1)
    few = queries()
    for number in range(10):
        say(talk, world.lead, f"More {number}")
        say(talk, world.member, f"More answers {number}", reply_to=number * 2 + 5)
    assert queries() == few


class TestSigns:
    def signs(self, client: Client, place: str) -> dict[str, tuple[int, bool]]:
        found = client.get(place).context["signs"]
        return {str(each["emoji"]): (each["count"], each["is_mine"]) for each in found if each["count"]}

    def test_are_counted_and_ones_own_known(self, sign_in: SignIn, world: worlds.World, place: str) -> None:
        url = place.replace("comments", "reactions")
        for person in (world.lead, world.member):
            sign_in(person).post(url, {"emoji": "👍"})
        client = sign_in(world.member)
        client.post(url, {"emoji": "👍"})
        assert self.signs(client, place) == {"👍": (2, True)}
        client.post(url, {"emoji": "👍", "on": "no"})
        assert self.signs(client, place) == {"👍": (1, False)}

    def test_only_of_what_one_sees(self, world: worlds.World) -> None:
        secret: Any = world.entries["vault-classified"].key
        with pytest.raises(PermissionDenied):
            reactions.to_subject(kind="entry", key=secret, by=world.employee, emoji="👍", is_on=True)
        assert not Reaction.objects.exists()
