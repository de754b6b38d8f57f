"""Reads what the people of the demonstration talk about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cms.demonstration.nodes import LANGUAGES, Node, mapping
from cms.demonstration.rows import Attachment, Message, Poll, PollOption, Topic

MENTION: Final = re.compile(r"@(p\d{3})\b")


def read(folder: Path) -> tuple[Topic, ...]:
    return tuple(_topic(node) for node in mapping(folder / "discussions.yaml").nodes("topics"))


def people_of(topic: Topic) -> Iterator[str]:
    """Everybody who writes, is named, reacts or votes there."""
    yield topic.author
    for message in topic.messages:
        yield message.author
        yield from MENTION.findall(message.text)
        for people in message.reactions.values():
            yield from people
        for option in message.poll.options if message.poll else ():
            yield from option.votes


def _topic(node: Node) -> Topic:
    topic = Topic(
        id=node.text("id"),
        community=node.text("community"),
        language=node.one_of("lang", LANGUAGES),
        title=node.text("title"),
        description=node.text("description"),
        competences=node.texts("competences"),
        author=node.text("by"),
        created_at=node.moment("created"),
        outcome=node.optional_text("outcome"),
        pinned=node.texts("pinned"),
        messages=tuple(_message(each) for each in node.nodes("messages")),
    )
    known: set[str] = set()
    for message in topic.messages:
        if message.reply_to is not None and message.reply_to not in known:
            raise node.fault(f"messages[{message.id}].reply_to", f"{message.reply_to!r} does not stand above")
        known.add(message.id)
    for pinned in topic.pinned:
        if pinned not in known:
            raise node.fault("pinned", f"{pinned!r} is no message of the topic")
    return topic


def _message(node: Node) -> Message:
    file, poll, reactions = (
        node.optional_node("file"),
        node.optional_node("poll"),
        node.optional_node("reactions"),
    )
    return Message(
        id=node.text("id"),
        author=node.text("by"),
        at=node.moment("at"),
        reply_to=node.optional_text("reply_to"),
        text=node.text("text"),
        reactions={emoji: reactions.texts(emoji) for emoji in reactions.values} if reactions else {},
        file=Attachment(file.text("name"), file.text("description")) if file else None,
        poll=_poll(poll) if poll else None,
    )


def _poll(node: Node) -> Poll:
    return Poll(
        is_multiple=node.truth("multiple"),
        closes_at=node.moment("closes"),
        options=tuple(
            PollOption(option.text("text"), option.texts("votes")) for option in node.nodes("options")
        ),
    )
