"""Mails about notifications are sent, person by person: one whose address fails keeps nobody else waiting."""

import logging
import smtplib
from typing import Any

from django.core import mail
from django.utils import timezone, translation

from core import background
from core.notifications import Channel
from people.models import User
from social import letters, notification_tasks
from social.models import Delivery
from social.services import deliveries, notification_settings

logger = logging.getLogger("guildhall.notifications")

# SMTP's answers from 500 on are for good (RFC 5321, 4.2.1); of these the address itself is refused.
NO_SUCH_ADDRESS = frozenset({550, 551, 553, 554})


def send_due() -> int:
    """Mail everybody for whom something is due; returns how many mails were sent."""
    people = deliveries.people_due(Channel.EMAIL)
    connection = mail.get_connection()
    number = sum(send_to(user_id=user_id, connection=connection) for user_id in people)
    connection.close()
    if len(people) == deliveries.PEOPLE_A_JOB:
        background.ask_once(notification_tasks.send_mails)
    return number


def send_to(*, user_id: int, connection: Any = None) -> int:
    """Mail one person what is due for them; returns how many mails they got."""
    taken = deliveries.take(user_id=user_id, channel=Channel.EMAIL)
    if not taken:
        return 0
    user = User.objects.get(pk=user_id)
    try:
        return _send(user, taken, connection or mail.get_connection())
    except Exception:  # whatever a kind raises, it keeps nobody else from being told
        logger.exception("mail failed", extra={"user": user_id})
        deliveries.try_again(taken)
        return 0


def _send(user: User, taken: list[Delivery], connection: Any) -> int:
    number = 0
    with translation.override(user.preferred_language), timezone.override(user.time_zone):
        ready = deliveries.ready(user=user, channel=Channel.EMAIL, taken=taken)
        for letter in letters.letters(ready):
            own = [each.delivery for each in letter.ready]
            try:
                letters.message(letter, user, connection).send()
            except smtplib.SMTPRecipientsRefused as refusal:
                _refused(user, own, refusal)
            except (smtplib.SMTPException, OSError) as error:
                logger.warning("mail not sent: %s", error, extra={"user": user.pk})
                deliveries.try_again(own)
                connection.close()
            else:
                deliveries.sent(own)
                number += 1
    return number


def _refused(user: User, own: list[Delivery], refusal: smtplib.SMTPRecipientsRefused) -> None:
    """For good: no more mail until the person says that their address is right. For now: later."""
    code, answer = next(iter(refusal.recipients.values()), (0, b""))
    if code in NO_SUCH_ADDRESS:
        deliveries.drop(own)
        said = answer.decode(errors="replace") if isinstance(answer, bytes) else str(answer)
        notification_settings.note_bounce(user_id=user.pk, answer=f"{code} {said}")
    else:
        deliveries.try_again(own)
