"""What people are told of conversations: that they are named, answered, written to, and that it goes on."""

from collections.abc import Sequence
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.notifications import Cadence, NotificationKind, Occurrence, Words, kinds
from people.access import Viewer
from social import markdown
from social.choices import Purpose
from social.models import Conversation, Message

MESSAGE_MENTION = "message_mention"
MESSAGE_REPLY = "message_reply"
CONVERSATION_GOES_ON = "conversation_goes_on"
DIRECT_MESSAGE = "direct_message"
OF_MESSAGES = (MESSAGE_MENTION, MESSAGE_REPLY, CONVERSATION_GOES_ON, DIRECT_MESSAGE)
EXCERPT = 300


def _place_url(occurrence: Occurrence, message: Message) -> str:
    card = occurrence.card
    if message.conversation.purpose == Purpose.COMMENTS:
        return reverse("comments", args=[message.conversation.subject_kind, message.conversation.subject_key])
    return f"{card.url}?at={message.number}" if card else ""


def _of_messages(
    occurrences: Sequence[Occurrence], title: Any, keys: Sequence[int | None] = ()
) -> list[Words | None]:
    """Words of what was written about something, as long as it stands there; `keys` are other messages than told."""
    keys = keys or [occurrence.data["message"] for occurrence in occurrences]
    rows = Message.objects.standing().select_related("conversation", "author").in_bulk(keys)
    said: list[Words | None] = []
    for occurrence, key in zip(occurrences, keys, strict=True):
        message = rows.get(key)
        if message is None or occurrence.card is None:
            said.append(None)
            continue
        names = {"name": message.author.name, "title": occurrence.card.title}
        said.append(
            Words(
                title=title() % names,
                text=markdown.excerpt(message.text, EXCERPT),
                url=_place_url(occurrence, message),
            )
        )
    return said


def _mentions(occurrences: Sequence[Occurrence], viewer: Viewer) -> list[Words | None]:
    return _of_messages(occurrences, lambda: _("%(name)s names you in “%(title)s”"))


def _replies(occurrences: Sequence[Occurrence], viewer: Viewer) -> list[Words | None]:
    return _of_messages(occurrences, lambda: _("%(name)s answers you in “%(title)s”"))


def _goes_on(occurrences: Sequence[Occurrence], viewer: Viewer) -> list[Words | None]:
    """By the newest that somebody else wrote: the first of the day may be gone, and is old in the evening."""
    others = Message.objects.standing().exclude(author=viewer.user_id)
    newest = others.filter(conversation=OuterRef("pk")).order_by("-number").values("pk")[:1]
    rooms = Conversation.objects.filter(pk__in=[each.data["conversation"] for each in occurrences])
    last = dict(rooms.annotate(newest=Subquery(newest)).values_list("pk", "newest"))
    return _of_messages(
        occurrences,
        lambda: _("%(name)s writes in “%(title)s”"),
        [last.get(each.data["conversation"]) for each in occurrences],
    )


def _direct(occurrences: Sequence[Occurrence], viewer: Viewer) -> list[Words | None]:
    """To those who are in the conversation, and to nobody else."""
    keys = [occurrence.data["message"] for occurrence in occurrences]
    own = Conversation.objects.filter(purpose=Purpose.DIRECT, participants__user=viewer.user_id)
    rows = Message.objects.standing().filter(conversation__in=own).select_related("conversation", "author")
    found = rows.in_bulk(keys)
    return [_direct_words(found.get(key)) for key in keys]


def _direct_words(message: Message | None) -> Words | None:
    if message is None:
        return None
    return Words(
        title=_("%(name)s writes to you") % {"name": message.author.name},
        text=markdown.excerpt(message.text, EXCERPT),
        url=reverse("direct", args=[message.conversation.public_id]),
    )


def register() -> None:
    group = gettext_lazy("Conversations")
    for name, label, icon, describe, email, push, judges in (
        (
            MESSAGE_MENTION,
            gettext_lazy("Somebody names you"),
            "user",
            _mentions,
            Cadence.INSTANT,
            True,
            False,
        ),
        (
            MESSAGE_REPLY,
            gettext_lazy("Somebody answers you"),
            "arrow-back-up",
            _replies,
            Cadence.INSTANT,
            True,
            False,
        ),
        (
            CONVERSATION_GOES_ON,
            gettext_lazy("A conversation that you take part in goes on"),
            "messages",
            _goes_on,
            Cadence.DAILY,
            False,
            False,
        ),
        (
            DIRECT_MESSAGE,
            gettext_lazy("Somebody writes to you directly"),
            "message-circle",
            _direct,
            Cadence.INSTANT,
            True,
            True,
        ),
    ):
        kinds.register(
            name,
            NotificationKind(
                name=name,
                label=label,
                group=group,
                icon=icon,
                describe=describe,
                email=email,
                push=push,
                judges_itself=judges,
            ),
        )
