"""Who is told of a message: those whom it names or answers, those to whom it is written, those who take part."""

from datetime import timedelta
from typing import Any

from core import clock, notifications
from core.notifications import Reason
from social import notification_kinds as kinds
from social.choices import Purpose
from social.models import Mention, Message, Participant

# Whoever was there so short a while ago reads it in the room.
THERE = timedelta(seconds=60)


def tell(message: Message) -> None:
    """Within the transaction that sends it."""
    conversation = message.conversation
    if conversation.purpose == Purpose.DIRECT:
        _tell(
            kinds.DIRECT_MESSAGE,
            message,
            Reason.OWN,
            _others(message).filter(is_muted=False).exclude(seen_at__gt=clock.now() - THERE),
        )
        return
    named = list(Mention.objects.filter(message=message).values_list("user_id", flat=True))
    answered = [message.reply_to.author_id] if message.reply_to else []
    _tell_people(kinds.MESSAGE_MENTION, message, Reason.MENTION, named)
    _tell_people(kinds.MESSAGE_REPLY, message, Reason.REPLY, [pk for pk in answered if pk not in named])
    # Once a day and conversation: the number of what is unread says the rest.
    takers = _others(message).filter(is_muted=False).exclude(user__in=[*named, *answered])
    wrote = Message.objects.filter(conversation=conversation).values("author")
    _tell(
        kinds.CONVERSATION_GOES_ON,
        message,
        Reason.TAKES_PART,
        takers.filter(user__in=wrote).exclude(seen_at__gt=clock.now() - THERE),
        dedupe=f"goes-on:{conversation.pk}:{message.created_at:%Y-%m-%d}",
    )


def _others(message: Message) -> Any:
    here = Participant.objects.filter(conversation=message.conversation)
    return here.exclude(user=message.author)


def _tell(kind: str, message: Message, reason: Reason, rows: Any, *, dedupe: str = "") -> None:
    _tell_people(kind, message, reason, list(rows.values_list("user_id", flat=True)), dedupe=dedupe)


def _tell_people(kind: str, message: Message, reason: Reason, people: list[int], *, dedupe: str = "") -> None:
    if not people:
        return
    conversation = message.conversation
    about = (conversation.subject_kind, conversation.subject_key) if conversation.subject_key else None
    notifications.notify(
        kind=kind,
        subject=about,
        actor=message.author,
        recipients=people,
        reason=reason,
        data={"message": message.pk},
        dedupe=dedupe or f"{kind}:{message.pk}",
    )
