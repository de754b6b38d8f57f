"""Mails about notifications: what is said of one subject at once, and digests."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import ngettext

from core.notifications import Reason
from core.subjects import Card
from people import mails
from people.models import User
from social import unsubscribing
from social.services.deliveries import Ready
from social.services.notification_settings import DIGESTS

# What a digest names one by one; the others are counted, and stand on the site.
MOST_NAMED = 40
LONGEST_TEXT = 1500


@dataclass(frozen=True)
class Part:
    """What is said about one subject."""

    card: Card | None
    lines: Sequence[Ready]


@dataclass(frozen=True)
class Letter:
    """One mail, and the deliveries that it is."""

    subject: str
    parts: Sequence[Part]
    ready: Sequence[Ready]
    is_digest: bool

    @property
    def scope(self) -> str:
        """What its link ends: the kind, or digests."""
        kinds = {each.told.kind.name for each in self.ready}
        return DIGESTS if self.is_digest or len(kinds) > 1 else kinds.pop()


def letters(ready: Sequence[Ready]) -> list[Letter]:
    """At once: one about each subject. All that is gathered for a digest: one more. In the active language."""
    found = [
        Letter(_about(part), [part], part.lines, is_digest=False)
        for part in _parts([each for each in ready if not each.delivery.is_digest])
    ]
    gathered = [each for each in ready if each.delivery.is_digest]
    if gathered:
        number = len(gathered)
        said = ngettext("%(number)d thing is new for you", "%(number)d things are new for you", number)
        found.append(Letter(said % {"number": number}, _parts(gathered), gathered, is_digest=True))
    return found


def message(letter: Letter, user: User, connection: Any) -> EmailMultiAlternatives:
    """The mail as it is sent, in the active language."""
    end = unsubscribing.url(user.pk, letter.scope)
    context = {
        "letter": letter,
        "parts": _named(letter.parts),
        "more": max(0, len(letter.ready) - MOST_NAMED),
        "site": str(settings.WAGTAILADMIN_BASE_URL),
        "language": user.preferred_language,
        "person": user,
        "reason": Reason(letter.ready[0].told.notification.reason).label,
        "unsubscribe_url": end,
        "settings_url": mails.address("notification_settings"),
        "list_url": mails.address("notifications"),
        "longest": LONGEST_TEXT,
    }
    # A name may hold a line's end; a header may not.
    subject = " ".join(letter.subject.split())
    mail = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string("social/mail/notifications.txt", context).strip() + "\n",
        to=[user.email],
        connection=connection,
        headers={
            "Message-ID": _message_id(letter, user),
            "Auto-Submitted": "auto-generated",
            **unsubscribing.headers(end),
        },
    )
    mail.attach_alternative(
        render_to_string("social/mail/notifications.html", {**context, "subject": subject}), "text/html"
    )
    return mail


def _parts(ready: Sequence[Ready]) -> list[Part]:
    groups: dict[Any, list[Ready]] = {}
    for each in ready:
        event = each.told.event
        same = (event.subject_kind, event.subject_key) if event.subject_key is not None else event.pk
        groups.setdefault(same, []).append(each)
    return [Part(lines[0].told.card, lines) for lines in groups.values()]


def _about(part: Part) -> str:
    newest = part.lines[0].told.words.title
    more = len(part.lines) - 1
    if not more:
        return newest
    said = ngettext("%(title)s, and %(number)d more", "%(title)s, and %(number)d more", more)
    return said % {"title": newest, "number": more}


def _named(parts: Sequence[Part]) -> list[Part]:
    left, named = MOST_NAMED, []
    for part in parts:
        if left > 0:
            named.append(Part(part.card, part.lines[:left]))
            left -= len(part.lines)
    return named


def _message_id(letter: Letter, user: User) -> str:
    """The same whenever the same is sent to the same person."""
    told = sorted(each.delivery.event_id for each in letter.ready)
    digest = hashlib.sha256(repr((user.pk, told)).encode()).hexdigest()[:32]
    return f"<{digest}@{urlsplit(str(settings.WAGTAILADMIN_BASE_URL)).hostname}>"
