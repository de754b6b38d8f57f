"""Messages as a room shows them: the same HTML for everybody who reads in one language.

What depends on the reader (their own signs, what they may do) is settled by the page's script from `data-` attributes,
so that one rendering serves all who are connected.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import translation

from social import markdown
from social.choices import Emoji
from social.models import Conversation, Message, Reaction
from social.services.reactions import MESSAGE

# Names beside a sign: more are counted, not named.
NAMED = 30
MOST_CHANGES = 200
QUOTED = 120


@dataclass(frozen=True)
class Sign:
    """How many put this sign beside a message; `by` are public ids of the first of them, `names` theirs."""

    emoji: str
    label: str
    count: int
    by: list[str]
    names: list[str]


@dataclass(frozen=True)
class Option:
    place: int
    text: str
    count: int
    share: int


@dataclass(frozen=True)
class Shown:
    """A message with what stands around it."""

    message: Message
    signs: list[Sign]
    options: list[Option]
    quote: str
    voters: int = 0


@dataclass(frozen=True)
class Changes:
    """What changed since a revision: the numbers of messages with their HTML, up to `revision`.

    `is_whole` says that nothing is left out; else the page is to be loaded again.
    """

    revision: int
    items: list[tuple[int, str]]
    is_whole: bool
    is_locked: bool


def shown(messages: Iterable[Message]) -> list[Shown]:
    """With the signs beside each, in one query more."""
    messages = list(messages)
    signs = _signs([message.public_id for message in messages])
    return [
        Shown(
            message,
            signs.get(message.public_id, []),
            *_poll(message),
        )
        for message in messages
    ]


def html(each: Shown) -> str:
    return render_to_string("social/message.html", {"each": each, "message": each.message})


def changes(conversation_id: int, after: int) -> Changes:
    """What came or changed since a revision, in the active language."""
    conversation = Conversation.objects.get(pk=conversation_id)
    rows = Message.objects.filter(conversation=conversation, revision__gt=after).for_room()
    found = list(rows.order_by("revision", "number")[: MOST_CHANGES + 1])
    if len(found) > MOST_CHANGES:
        return Changes(conversation.revision, [], False, conversation.locked_at is not None)
    items = [(each.message.number, html(each)) for each in shown(sorted(found, key=lambda row: row.number))]
    newest = max([conversation.revision, *(row.revision for row in found)])
    return Changes(newest, items, True, conversation.locked_at is not None)


def changes_in(conversation_id: int, after: int, language: str) -> Changes:
    """The same in a language, for those who have no request of their own."""
    with translation.override(language):
        return changes(conversation_id, after)


class Kept:
    """The last few changes, so that a hundred sockets that follow one room ask once."""

    def __init__(self, size: int = 256) -> None:
        self._size = size
        self._known: OrderedDict[Any, Any] = OrderedDict()

    def get(self, key: Any) -> Any:
        return self._known.get(key)

    def put(self, key: Any, value: Any) -> None:
        self._known[key] = value
        while len(self._known) > self._size:
            self._known.popitem(last=False)

    def drop(self, key: Any) -> None:
        self._known.pop(key, None)


def _signs(keys: list[UUID]) -> dict[UUID, list[Sign]]:
    rows = (
        Reaction.objects.filter(kind=MESSAGE, key__in=keys)
        .order_by("at", "pk")
        .values_list("key", "emoji", "user__public_id", "user__name")
    )
    given: dict[UUID, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for key, emoji, person, name in rows:
        given[key][emoji].append((str(person), name))
    return {
        key: [
            Sign(
                emoji=emoji,
                label=str(Emoji(emoji).label),
                count=len(people),
                by=[person for person, _name in people[:NAMED]],
                names=[name for _person, name in people[:NAMED]],
            )
            for emoji, people in by_emoji.items()
        ]
        for key, by_emoji in given.items()
    }


def _poll(message: Message) -> tuple[list[Option], str, int]:
    answered = message.reply_to
    quote = markdown.excerpt(answered.text, QUOTED) if answered else ""
    poll = getattr(message, "poll", None)
    if poll is None:
        return [], quote, 0
    options = list(poll.options.all())
    total = sum(option.vote_count for option in options)
    return (
        [
            Option(
                option.place,
                option.text,
                option.vote_count,
                round(100 * option.vote_count / total) if total else 0,
            )
            for option in options
        ],
        quote,
        total,
    )
