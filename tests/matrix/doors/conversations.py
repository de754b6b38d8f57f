"""Topics, their conversations, messages and files."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from tests.matrix.doors.door import INSIDE, MANAGERS, READERS, REDIRECT, ROLES, Door, only, signed_in, to
from tests.matrix.scene import Scene

# By what a topic is called: who reads it, and who writes in it.
READ_BY: dict[str, tuple[str, ...]] = {
    "workshop-open": ROLES[1:],
    "workshop-closed": READERS,
    "boardroom-open": READERS,
    "vault-open": INSIDE,
    "vault-classified": ("lead",),
}
WRITERS = {"lead", "member", "curator", "moderator"}


def _reading(slug: str, status: int = 200) -> dict[str, int]:
    return only(*READ_BY[slug], status=status, refused=404)


def _doing(slug: str, doers: set[str], status: int) -> dict[str, int]:
    """Who reads and may: the status; who reads alone: 403; who does not: 404."""
    readers = READ_BY[slug]
    answers = {role: status if role in doers else 403 for role in readers}
    return {"visitor": REDIRECT, "*": 404, **answers}


def _talk(slug: str) -> Callable[[Scene], Any]:
    return lambda scene: scene.topics[slug].conversation.public_id


def _message(slug: str, number: int = 2) -> Callable[[Scene], Any]:
    return lambda scene: scene.topics[slug].conversation.messages.get(number=number).public_id


def _topic(slug: str) -> Callable[[Scene], Any]:
    return lambda scene: scene.topics[slug].public_id


def _file(slug: str) -> Callable[[Scene], Any]:
    return lambda scene: scene.files[slug].public_id


def of_topic(slug: str) -> list[Door]:
    close = {"outcome": "It was the grease."}
    change = {"title": "New", "language": "en", "access": "open"}
    return [
        Door("topic", _reading(slug), to("topic", _topic(slug)), note=slug),
        Door(
            "change_topic",
            _doing(slug, set(MANAGERS), REDIRECT),
            to("change_topic", _topic(slug)),
            "post",
            change,
            slug,
        ),
        Door(
            "close_topic",
            _doing(slug, set(MANAGERS), REDIRECT),
            to("close_topic", _topic(slug)),
            "post",
            close,
            slug,
        ),
        Door("close_topic", _doing(slug, set(MANAGERS), 200), to("close_topic", _topic(slug)), note=slug),
        Door(
            "reopen_topic",
            _doing(slug, set(MANAGERS), REDIRECT),
            to("reopen_topic", _topic(slug)),
            "post",
            {},
            slug,
        ),
    ]


def of_talk(slug: str) -> list[Door]:
    sent = {"text": "Hello", "token": str(uuid4())}
    talk = _talk(slug)
    return [
        Door("conversation_messages", _reading(slug), to("conversation_messages", talk), note=slug),
        Door("conversation_changes", _reading(slug), to("conversation_changes", talk), note=slug),
        Door("conversation_people", _reading(slug), to("conversation_people", talk), note=slug),
        Door("send_message", _doing(slug, WRITERS, REDIRECT), to("send_message", talk), "post", sent, slug),
        Door("mark_read", _reading(slug, 204), to("mark_read", talk), "post", {"number": "2"}, slug),
        Door(
            "mute_conversation",
            _reading(slug, REDIRECT),
            to("mute_conversation", talk),
            "post",
            {"muted": "yes"},
            slug,
        ),
        Door(
            "lock_conversation",
            _doing(slug, set(MANAGERS), REDIRECT),
            to("lock_conversation", talk),
            "post",
            {"locked": "yes"},
            slug,
        ),
        # Without a file there is nothing to do, whoever comes.
        Door("upload_file", {"visitor": REDIRECT, "*": 404}, to("upload_file", talk), "post", {}, slug),
    ]


def of_message(slug: str) -> list[Door]:
    message = _message(slug)
    return [
        Door("message", _reading(slug), to("message", message), note=slug),
        Door("edit_message", _doing(slug, {"lead"}, 200), to("edit_message", message), note=slug),
        Door(
            "edit_message",
            _doing(slug, {"lead"}, REDIRECT),
            to("edit_message", message),
            "post",
            {"text": "Said differently"},
            slug,
        ),
        Door(
            "delete_message",
            _doing(slug, set(MANAGERS), REDIRECT),
            to("delete_message", message),
            "post",
            {},
            slug,
        ),
        Door(
            "pin_message",
            _doing(slug, set(MANAGERS), REDIRECT),
            to("pin_message", message),
            "post",
            {"pinned": "no"},
            slug,
        ),
        Door("react", _doing(slug, WRITERS, REDIRECT), to("react", message), "post", {"emoji": "👍"}, slug),
        Door("vote", _doing(slug, WRITERS, REDIRECT), to("vote", message), "post", {"option": "1"}, slug),
        Door("message_file", _reading(slug), to("message_file", _file(slug)), note=slug),
        Door("message_file_sized", _reading(slug), to("message_file_sized", _file(slug), "small"), note=slug),
    ]


def opened_in(place: str, writers: set[str], readers: tuple[str, ...]) -> list[Door]:
    answers = {"visitor": REDIRECT, "*": 404, **{role: 200 if role in writers else 403 for role in readers}}
    return [
        Door("community_topics", only(*readers, refused=404), to("community_topics", place), note=place),
        Door("open_topic", answers, to("open_topic", place), note=place),
        Door(
            "open_topic",
            {role: REDIRECT if status == 200 else status for role, status in answers.items()},
            to("open_topic", place),
            "post",
            {
                "title": "Noise",
                "text": "What is it?",
                "token": str(uuid4()),
                "language": "en",
                "access": "open",
            },
            place,
        ),
    ]


def of_comments(slug: str) -> list[Door]:
    """Comments on an entry and signs beside it: whoever reads it takes part."""

    def named(name: str) -> Callable[[Scene], str]:
        return to(name, "entry", lambda scene: scene.world.entries[slug].key)

    sent = {"text": "Hello", "token": str(uuid4())}
    return [
        Door("comments", _reading(slug), named("comments"), note=slug),
        Door("comment", _reading(slug, REDIRECT), named("comment"), "post", sent, slug),
        Door("react_to", _reading(slug, REDIRECT), named("react_to"), "post", {"emoji": "👍"}, slug),
    ]


def _person(role: str) -> Callable[[Scene], Any]:
    return lambda scene: getattr(scene.world, role).public_id


DIRECT: list[Door] = [
    Door("direct_messages", signed_in()),
    Door("begin_direct", signed_in()),
    # Whoever chooses nobody is asked again.
    Door("begin_direct", signed_in(), method="post", data={"to": "nobody"}),
    Door("direct", only("lead", "member", refused=404), to("direct", lambda s: s.direct.public_id)),
    Door(
        "block_person",
        signed_in(REDIRECT),
        to("block_person", _person("colleague")),
        "post",
        {"blocked": "yes"},
    ),
]
DOORS: list[Door] = [
    *DIRECT,
    *(door for slug in READ_BY for door in of_comments(slug)),
    Door("topics", signed_in()),
    *opened_in("workshop", WRITERS, ROLES[1:]),
    *opened_in("boardroom", WRITERS, READERS),
    *opened_in("vault", {"lead", "member"}, INSIDE),
    *(door for slug in READ_BY for each in (of_topic, of_talk, of_message) for door in each(slug)),
]
