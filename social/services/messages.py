"""Messages are sent, changed, taken away and pinned. Each takes the conversation's next revision."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core import audit, clock
from people import access
from people.models import User
from social import live, markdown, places
from social.choices import Purpose
from social.models import Attachment, Conversation, Mention, Message, MessageVersion, Participant
from social.services import conversations, news, polls

LONGEST = 10_000
MOST_NAMED = 50
MOST_FILES = 10
MOST_PINNED = 20
# Whom a name for everybody means.
OF_LATE = timedelta(days=30)
MOST_HERE = 200


class MessageRefused(ValidationError):
    """It cannot be done so; the message says why, to the person."""


@dataclass(frozen=True)
class Draft:
    """What is to be sent. `token` is made by who sends; `reply_to` is a message's number, `files` are public ids."""

    text: str
    token: UUID
    reply_to: int | None = None
    files: Sequence[UUID] = ()
    poll: "polls.PollDraft | None" = None


@dataclass(frozen=True)
class _Written:
    text: str
    html: str
    named: dict[int, bool] = field(default_factory=dict)


@transaction.atomic
def send(
    *,
    conversation: Conversation,
    by: User,
    draft: Draft,
    at: datetime | None = None,
    is_news: bool = True,
) -> Message:
    """Write a message; sent again with the same token it is the message of before.

    `at` is when it was written, if not now. Of what `is_news` those are told whom it concerns; what comes from
    elsewhere, written long ago, is none.

    Raises PermissionDenied to whoever may not write here, MessageRefused where the draft cannot stand as it is.
    """
    place = _place_of(conversation, by)
    known = Message.objects.filter(conversation=conversation, author=by, token=draft.token).first()
    if known is not None:
        return known
    _require_writing(place)
    files = _own_files(conversation, by, draft.files)
    written = _written(place, draft.text, has_more=bool(files or draft.poll), by=by)
    held = conversations.held_for_change(conversation)
    # Asked again behind the lock, where the first of two that came together has ended.
    known = Message.objects.filter(conversation=held, author=by, token=draft.token).first()
    if known is not None:
        return known
    if held.locked_at is not None:
        raise MessageRefused(_("This conversation was closed meanwhile. Nobody writes here any more."))
    answered = _answered(held, draft.reply_to)
    moment = at or clock.now()
    message = Message.objects.create(
        conversation=held,
        number=held.last_number + 1,
        revision=held.revision + 1,
        token=draft.token,
        author=by,
        text=written.text,
        html=written.html,
        reply_to=answered,
        thread_id=(answered.thread_id or answered.pk) if answered else None,
        created_at=moment,
    )
    _attach(message, files, draft.poll, written.named)
    _grow_thread(message)
    _count(held, message)
    if is_news:
        news.tell(message)
    return message


@transaction.atomic
def edit(*, message: Message, by: User, text: str) -> Message:
    """Its author says it differently; what it said before stays in its history."""
    place = _place_of(message.conversation, by)
    _require_writing(place)
    stored = conversations.held_message(message)
    if stored.author_id != by.pk or stored.deleted_at is not None:
        raise PermissionDenied
    written = _written(place, text, has_more=_has_more(stored), by=by)
    if written.text == stored.text:
        return stored
    _keep_version(stored, by)
    stored.text, stored.html, stored.edited_at = written.text, written.html, clock.now()
    conversations.take_revision(stored)
    stored.save(update_fields=["text", "html", "edited_at", "revision"])
    _renew_quotes(stored)
    Mention.objects.filter(message=stored).exclude(user__in=written.named).delete()
    _name(stored, written.named)
    news.tell_named(stored)
    return stored


@transaction.atomic
def take_away(*, message: Message, by: User) -> Message:
    """Take a message away: its author, or who looks after the place. A trace stays. Twice changes nothing."""
    place = _place_of(message.conversation, by)
    stored = conversations.held_message(message)
    if stored.author_id != by.pk and not place.moderates:
        raise PermissionDenied
    if stored.deleted_at is not None:
        return stored
    _keep_version(stored, by)
    stored.text = stored.html = ""
    stored.deleted_at, stored.deleted_by = clock.now(), by
    stored.pinned_at = stored.pinned_by = None
    conversations.take_revision(stored)
    stored.save()
    Mention.objects.filter(message=stored).delete()
    _renew_quotes(stored)
    _grow_thread(stored)
    news.take_back(stored)
    held = stored.conversation
    held.message_count = Message.objects.filter(conversation=held).standing().count()
    held.save(update_fields=["message_count"])
    if stored.author_id != by.pk:
        audit.log("message.deleted", actor=by, target=stored, author=str(stored.author.public_id))
    return stored


@transaction.atomic
def pin(*, message: Message, by: User) -> Message:
    """Keep a message on top for everybody."""
    stored = _pinnable(message, by)
    if stored.pinned_at is None:
        if Message.objects.filter(conversation=stored.conversation_id).pinned().count() >= MOST_PINNED:
            raise MessageRefused(
                _("At most %(number)d messages are pinned: take one down first."),
                params={"number": MOST_PINNED},
            )
        _set_pin(stored, by)
    return stored


@transaction.atomic
def unpin(*, message: Message, by: User) -> Message:
    stored = _pinnable(message, by)
    if stored.pinned_at is not None:
        _set_pin(stored, None)
    return stored


def _place_of(conversation: Conversation, by: User) -> places.Place:
    place = places.enter(conversation, access.viewer_of(by))
    if place is None:
        raise PermissionDenied
    return place


def _require_writing(place: places.Place) -> None:
    if place.is_locked:
        raise MessageRefused(_("This conversation is closed. Nobody writes here any more."))
    if not place.takes_part:
        raise PermissionDenied


def _own_files(conversation: Conversation, by: User, keys: Sequence[UUID]) -> list[Attachment]:
    if len(keys) > MOST_FILES:
        raise MessageRefused(
            _("At most %(number)d files go with one message. Send the others with the next."),
            params={"number": MOST_FILES},
        )
    own = Attachment.objects.filter(conversation=conversation, uploaded_by=by, message=None)
    found = list(own.filter(public_id__in=keys)) if keys else []
    if len(found) != len(set(keys)):
        raise MessageRefused(_("A file is not there any more. Add it again; your text is kept."))
    return found


def _written(place: places.Place, text: str, *, has_more: bool, by: User) -> _Written:
    """The text checked, as HTML, and whom it names by id: True for those who are named as one of a group."""
    kept = markdown.cleaned(text)
    if markdown.is_blank(kept) and not has_more:
        raise MessageRefused(_("The message is empty. Write something, or add a file."), code="empty")
    if len(kept) > LONGEST:
        raise MessageRefused(
            ngettext_lazy(
                "The message is %(number)d character too long. Send it in parts, or as a file.",
                "The message is %(number)d characters too long. Send it in parts, or as a file.",
                "number",
            ),
            code="long",
            params={"number": len(kept) - LONGEST},
        )
    named = markdown.named_in(kept)
    if len(named.people) > MOST_NAMED:
        raise MessageRefused(
            _("At most %(number)d people can be named in one message."), params={"number": MOST_NAMED}
        )
    people = User.objects.visible_to(place.viewer).filter(public_id__in=named.people)
    rows = list(people.values_list("pk", "public_id", "name"))
    of_group = _everybody_here(place) if markdown.HERE in named.groups else []
    ids = {**dict.fromkeys(of_group, True), **dict.fromkeys((pk for pk, _key, _name in rows), False)}
    ids.pop(by.pk, None)
    return _Written(kept, markdown.to_html(kept, {key: name for _pk, key, name in rows}), ids)


def _everybody_here(place: places.Place) -> list[int]:
    """Those who were there of late and did not ask for quiet; among comments, which anybody may write, for leads."""
    if place.conversation.purpose == Purpose.COMMENTS and not place.moderates:
        return []
    here = Participant.objects.filter(
        conversation=place.conversation,
        is_muted=False,
        user__is_active=True,
        seen_at__gt=clock.now() - OF_LATE,
    )
    return list(here.order_by("-seen_at").values_list("user_id", flat=True)[:MOST_HERE])


def _answered(conversation: Conversation, number: int | None) -> Message | None:
    if number is None:
        return None
    answered: Message | None = Message.objects.filter(conversation=conversation, number=number).first()
    if answered is None:
        raise MessageRefused(_("The message that you answer is not there."))
    return answered


def _attach(
    message: Message, files: list[Attachment], poll: "polls.PollDraft | None", named: dict[int, bool]
) -> None:
    if files:
        Attachment.objects.filter(pk__in=[each.pk for each in files]).update(message=message)
    if poll is not None:
        polls.put(message=message, draft=poll)
    _name(message, named)


def _name(message: Message, named: dict[int, bool]) -> None:
    Mention.objects.bulk_create(
        (Mention(message=message, user_id=user, in_group=in_group) for user, in_group in named.items()),
        ignore_conflicts=True,
    )


def _grow_thread(message: Message) -> None:
    """The message that began the thread shows how many answers it has, so it has changed as well."""
    if message.thread_id is None:
        return
    replies = Message.objects.filter(thread=message.thread_id).standing().count()
    Message.objects.filter(pk=message.thread_id).update(reply_count=replies, revision=message.revision)


def _renew_quotes(message: Message) -> None:
    """Answers show the beginning of what they answer: they have changed with it."""
    Message.objects.filter(reply_to=message).update(revision=message.revision)


def _count(held: Conversation, message: Message) -> None:
    held.last_number, held.revision = message.number, message.revision
    held.message_count += 1
    held.last_message_at, held.last_author = message.created_at, message.author
    held.save(update_fields=["last_number", "revision", "message_count", "last_message_at", "last_author"])
    # Who writes has read what stands above.
    place: dict[str, Any] = {"read_number": message.number, "seen_at": message.created_at}
    Participant.objects.update_or_create(
        conversation=held,
        user=message.author,
        defaults=place,
        create_defaults={**place, "joined_at": message.created_at},
    )
    live.tell_room(held)


def _has_more(message: Message) -> bool:
    return message.attachments.exists() or hasattr(message, "poll")


def _keep_version(message: Message, by: User) -> None:
    MessageVersion.objects.create(message=message, text=message.text, replaced_at=clock.now(), replaced_by=by)


def _pinnable(message: Message, by: User) -> Message:
    place = _place_of(message.conversation, by)
    stored = conversations.held_message(message)
    if not place.moderates or stored.deleted_at is not None:
        raise PermissionDenied
    return stored


def _set_pin(message: Message, by: User | None) -> None:
    message.pinned_at, message.pinned_by = (clock.now(), by) if by else (None, None)
    conversations.take_revision(message)
    message.save(update_fields=["pinned_at", "pinned_by", "revision"])
