"""Conversations begin, are read, locked and opened again."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.functions import Greatest

from core import audit, clock
from people import access
from people.models import User
from social import live, places
from social.choices import Purpose
from social.models import Conversation, Message, Participant
from social.services import news


@transaction.atomic
def about(*, kind: str, key: UUID, purpose: Purpose) -> Conversation:
    """The conversation of a subject; it begins when it is first asked for, and once if two ask at the same time."""
    made, _is_new = Conversation.objects.get_or_create(
        subject_kind=kind, subject_key=key, purpose=purpose, defaults={"created_at": clock.now()}
    )
    return made


@transaction.atomic
def mark_read(*, place: places.Place, number: int) -> None:
    """The viewer has read up to a number; reading further up again takes nothing back."""
    now = clock.now()
    number = min(number, place.conversation.last_number)
    news.have_read(user_id=_person(place).pk, conversation_id=place.conversation.pk, number=number)
    known = Participant.objects.filter(conversation=place.conversation, user=place.viewer.user_id)
    if known.update(read_number=Greatest("read_number", number), seen_at=now):
        return
    _begin_reading(place, number)


def _begin_reading(place: places.Place, number: int) -> None:
    Participant.objects.bulk_create(
        [
            Participant(
                conversation=place.conversation,
                user=_person(place),
                read_number=number,
                joined_at=clock.now(),
                seen_at=clock.now(),
            )
        ],
        ignore_conflicts=True,
    )


def stay(*, place: places.Place) -> None:
    """The viewer has the conversation open; of those who never read here nothing is kept."""
    Participant.objects.filter(conversation=place.conversation, user=place.viewer.user_id).update(
        seen_at=clock.now()
    )


def _person(place: places.Place) -> User:
    return User.objects.get(pk=place.viewer.user_id)


@transaction.atomic
def set_muted(*, place: places.Place, is_muted: bool) -> None:
    """Whether the conversation is kept quiet for the viewer."""
    own = Participant.objects.filter(conversation=place.conversation, user=place.viewer.user_id)
    if not own.exists():
        _begin_reading(place, 0)
    own.update(is_muted=is_muted)


@transaction.atomic
def lock(*, conversation: Conversation, by: User) -> None:
    """Nobody writes here until it is opened again; what was written stays."""
    _change_lock(conversation, by, is_locked=True)


@transaction.atomic
def unlock(*, conversation: Conversation, by: User) -> None:
    _change_lock(conversation, by, is_locked=False)


def _change_lock(conversation: Conversation, by: User, *, is_locked: bool) -> None:
    place = places.enter(conversation, access.viewer_of(by))
    if place is None or not place.moderates or (place.has_ended and not is_locked):
        raise PermissionDenied
    if set_lock(conversation, is_locked=is_locked):
        audit.log(
            "conversation.locked" if is_locked else "conversation.unlocked", actor=by, target=conversation
        )


def set_lock(conversation: Conversation, *, is_locked: bool) -> bool:
    """For services that have asked who may; whether that changed anything."""
    held = held_for_change(conversation)
    if (held.locked_at is not None) == is_locked:
        return False
    held.locked_at = clock.now() if is_locked else None
    held.save(update_fields=["locked_at"])
    bump(held)
    return True


def held_for_change(conversation: Conversation) -> Conversation:
    """Its row, locked: whoever numbers a message or a change of one waits here for those before."""
    return Conversation.objects.select_for_update().get(pk=conversation.pk)


def bump(conversation: Conversation) -> None:
    """Of a held conversation: something about it has changed that everybody in the room sees."""
    conversation.revision += 1
    conversation.save(update_fields=["revision"])
    live.tell_room(conversation)


def held_message(message: Message) -> Message:
    """The message as it is now, with its conversation's row locked. That one alone: two locks could cross."""
    held = held_for_change(message.conversation)
    stored: Message = Message.objects.get(pk=message.pk)
    stored.conversation = held
    return stored


def take_revision(message: Message) -> None:
    """Of a held message: the next revision of the conversation is this change, which the caller saves."""
    bump(message.conversation)
    message.revision = message.conversation.revision


def unread_of(user: User, conversations: Any) -> dict[int, int]:
    """How many messages of each conversation came since the person read last, by id; in one query.

    Those that they never opened are not in it.
    """
    rows = Participant.objects.filter(user=user, conversation__in=conversations).with_unread()
    return dict(rows.values_list("conversation_id", "unread"))
