"""Who is told of a message: those whom it names or answers, those to whom it is written, those who take part."""

from typing import Any

from core import clock, notifications
from core.notifications import Reason
from social import notification_kinds as kinds
from social.choices import Purpose
from social.models import Mention, Message, Notification, Participant
from social.services import hints


def tell(message: Message) -> None:
    """Within the transaction that sends it."""
    conversation = message.conversation
    if conversation.purpose == Purpose.DIRECT:
        _tell(
            kinds.DIRECT_MESSAGE,
            message,
            Reason.OWN,
            _others(message).filter(is_muted=False),
        )
        return
    named = tell_named(message)
    answered = [message.reply_to.author_id] if message.reply_to else []
    _tell_people(kinds.MESSAGE_REPLY, message, Reason.REPLY, [pk for pk in answered if pk not in named])
    # Once a day and conversation: the number of what is unread says the rest.
    takers = _others(message).filter(is_muted=False).exclude(user__in=[*named, *answered])
    wrote = Message.objects.filter(conversation=conversation).values("author")
    _tell(
        kinds.CONVERSATION_GOES_ON,
        message,
        Reason.TAKES_PART,
        takers.filter(user__in=wrote),
        dedupe=f"goes-on:{conversation.pk}:{message.created_at:%Y-%m-%d}",
    )


def tell_named(message: Message) -> list[int]:
    """Those whom it names hear of it once, however often it is said differently; returns who they are."""
    named = list(Mention.objects.filter(message=message).values_list("user_id", flat=True))
    if message.conversation.purpose != Purpose.DIRECT:
        _tell_people(kinds.MESSAGE_MENTION, message, Reason.MENTION, named)
    return named


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
        # Of what goes on for a day nobody is the author: whoever wrote first is told of what others write later.
        actor=None if kind == kinds.CONVERSATION_GOES_ON else message.author,
        recipients=people,
        reason=reason,
        data={"message": message.pk, "conversation": conversation.pk},
        dedupe=dedupe or f"{kind}:{message.pk}",
    )


def have_read(*, user_id: int, conversation_id: int, number: int) -> None:
    """What somebody was told of messages up to this number counts as read: they have read the messages."""
    messages = Message.objects.filter(conversation=conversation_id, number__lte=number)
    last = messages.order_by("-number").values_list("pk", flat=True).first()
    if last is None:
        return
    told = Notification.objects.filter(
        recipient=user_id,
        read_at=None,
        event__kind__in=kinds.OF_MESSAGES,
        event__data__conversation=conversation_id,
        event__data__message__lte=last,
    )
    if told.update(read_at=clock.now()):
        hints.tell([user_id])


def take_back(message: Message) -> None:
    """It was taken away: there is nothing left to be told of."""
    for kind in kinds.OF_MESSAGES:
        notifications.settle(dedupe=f"{kind}:{message.pk}")
