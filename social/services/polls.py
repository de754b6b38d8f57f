"""Questions to all: put with a message, answered until they close."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import clock
from people import access
from people.models import User
from social import markdown, places
from social.models import Message, Poll, PollOption, PollVote
from social.services import conversations

FEWEST, MOST = 2, 12
LONGEST = 200


class PollRefused(ValidationError):
    """It cannot be done so; the message says why, to the person."""


@dataclass(frozen=True)
class PollDraft:
    """The answers to choose from; `closes_at` is the moment after which nobody chooses any more."""

    options: Sequence[str]
    is_multiple: bool = False
    closes_at: datetime | None = None


def put(*, message: Message, draft: PollDraft) -> Poll:
    """Within the transaction that sends the message."""
    texts = list(dict.fromkeys(text for each in draft.options if (text := markdown.cleaned(each))))
    if not FEWEST <= len(texts) <= MOST:
        raise PollRefused(
            _("A poll has between %(least)d and %(most)d different answers."),
            params={"least": FEWEST, "most": MOST},
        )
    if any(len(text) > LONGEST for text in texts):
        raise PollRefused(_("An answer has at most %(number)d characters."), params={"number": LONGEST})
    poll = Poll.objects.create(message=message, is_multiple=draft.is_multiple, closes_at=draft.closes_at)
    PollOption.objects.bulk_create(
        PollOption(poll=poll, place=place, text=text) for place, text in enumerate(texts)
    )
    return poll


@transaction.atomic
def vote(*, message: Message, by: User, options: Iterable[int]) -> Message:
    """Choose these places of the list, and no others; what was chosen before is taken back."""
    place = places.enter(message.conversation, access.viewer_of(by))
    if place is None or not place.takes_part:
        raise PermissionDenied
    stored = conversations.held_message(message)
    poll = Poll.objects.filter(message=stored).first()
    if poll is None or stored.deleted_at is not None:
        raise PermissionDenied
    if place.is_locked or (poll.closes_at is not None and poll.closes_at <= clock.now()):
        raise PollRefused(_("The poll is closed. Nobody chooses any more."))
    chosen = set(options)
    known = {each.place: each for each in poll.options.all()}
    if not chosen <= known.keys() or (len(chosen) > 1 and not poll.is_multiple):
        raise PollRefused(_("Choose one of the answers."))
    own = PollVote.objects.filter(option__poll=poll, user=by)
    own.exclude(option__place__in=chosen).delete()
    PollVote.objects.bulk_create(
        (PollVote(option=known[each], user=by) for each in sorted(chosen)), ignore_conflicts=True
    )
    conversations.take_revision(stored)
    stored.save(update_fields=["revision"])
    return stored


def own_votes(*, user_id: int | None, conversation_id: int, first: int, last: int) -> dict[int, list[int]]:
    """What somebody has chosen in the polls of these messages: places of answers by the number of the message."""
    votes = PollVote.objects.filter(
        user=user_id,
        option__poll__message__conversation=conversation_id,
        option__poll__message__number__gte=first,
        option__poll__message__number__lte=last,
    )
    chosen: dict[int, list[int]] = {}
    for number, place in votes.values_list("option__poll__message__number", "option__place"):
        chosen.setdefault(number, []).append(place)
    return chosen
