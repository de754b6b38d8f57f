"""Signs beside messages and other things; the same one given twice is one."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import clock
from core.subjects import subjects
from people import access
from people.models import User
from social import places
from social.choices import Emoji
from social.models import Message, Reaction
from social.services import conversations

MESSAGE = "message"


class NoSuchEmoji(ValidationError):
    """There is no such sign among those to choose from."""


@transaction.atomic
def to_message(*, message: Message, by: User, emoji: str, is_on: bool) -> Message:
    """Put a sign beside a message, or take one's own away."""
    place = places.enter(message.conversation, access.viewer_of(by))
    if place is None or not place.takes_part:
        raise PermissionDenied
    stored = conversations.held_message(message)
    if stored.deleted_at is not None:
        raise PermissionDenied
    if _set(MESSAGE, stored.public_id, by, emoji, is_on):
        conversations.take_revision(stored)
        stored.save(update_fields=["revision"])
    return stored


@transaction.atomic
def to_subject(*, kind: str, key: UUID, by: User, emoji: str, is_on: bool) -> None:
    """The same beside anything that the person may see."""
    if (
        kind not in subjects
        or not subjects[kind].takes_comments
        or subjects[kind].find(key, access.viewer_of(by)) is None
    ):
        raise PermissionDenied
    _set(kind, key, by, emoji, is_on)


def _set(kind: str, key: UUID, by: User, emoji: str, is_on: bool) -> bool:
    """Whether that changed anything."""
    if emoji not in Emoji.values:
        raise NoSuchEmoji(_("There is no such sign to choose."))
    given = Reaction.objects.filter(kind=kind, key=key, user=by, emoji=emoji)
    if given.exists() == is_on:
        return False
    if not is_on:
        given.delete()
        return True
    made: list[Any] = Reaction.objects.bulk_create(
        [Reaction(kind=kind, key=key, user=by, emoji=emoji, at=clock.now())], ignore_conflicts=True
    )
    return bool(made)
