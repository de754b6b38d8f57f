"""What people are told of: kinds declared by the app whose news it is, carried by social/, which knows no feature.

An app registers a `NotificationKind` and calls `notify` within the transaction of the change:

    notifications.notify(
        kind="request_made",
        subject=("community", community.public_id),
        actor=membership.user,
        recipients=leads,
        reason=Reason.DECIDES,
        data={"membership": membership.pk},
        dedupe=f"request:{membership.pk}:{membership.since.isoformat()}",
    )
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.declarations import Registry
from core.subjects import Card

# The kind of a subject and its key.
Pair = tuple[str, Any]


class Channel(models.TextChoices):
    IN_APP = "in_app", _("Here")
    EMAIL = "email", _("E-mail")
    PUSH = "push", _("On your devices")


class Cadence(models.TextChoices):
    """How soon a channel tells; only e-mail gathers, the others are at once or off."""

    INSTANT = "instant", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")
    OFF = "off", _("Not at all")


class Reason(models.TextChoices):
    """Why somebody is told."""

    OWN = "own", _("It is about you or about something of yours.")
    DECIDES = "decides", _("You are one of those who decide it.")
    MEMBER = "member", _("You are a member there.")
    MENTION = "mention", _("You are named in it.")
    REPLY = "reply", _("It is an answer to you.")
    TAKES_PART = "takes_part", _("You take part in it.")
    FOLLOWS = "follows", _("You follow it, or where it comes from.")


@dataclass(frozen=True)
class Words:
    """One thing told, in the reader's language: a line, more if there is more, and where it opens on this site.

    `action` invites to what is to be done there.
    """

    title: str
    url: str
    text: str = ""
    action: str = ""


@dataclass(frozen=True)
class Occurrence:
    """What happened, for a kind to put into words; `card` is of its subject, None where the reader may not see it."""

    event: Any
    card: Card | None

    @property
    def data(self) -> dict[str, Any]:
        return dict(self.event.data)

    @property
    def actor_name(self) -> str:
        return self.event.actor.name if self.event.actor else ""


Describe = Callable[[Sequence[Occurrence], Any], Sequence[Words | None]]


@dataclass(frozen=True)
class NotificationKind:
    """A kind of news.

    `describe(occurrences, viewer)` gives each its words in the active language, in the same order and in a constant
    number of queries; None where the viewer is not to be told of it any more. It is asked whenever something is shown
    and at the moment of sending. It is asked only for what has a subject that the viewer may see, unless the kind
    `judges_itself`: then it answers alone for who may be told, and is asked of each person before they are.
    """

    name: str
    label: Any
    group: Any
    icon: str
    describe: Describe
    email: Cadence = Cadence.DAILY
    push: bool = False
    judges_itself: bool = False

    def default(self, channel: str) -> str:
        if channel == Channel.EMAIL:
            return self.email
        is_on = channel == Channel.IN_APP or self.push
        return Cadence.INSTANT if is_on else Cadence.OFF


@dataclass
class Courier:
    """Who carries what is told; see `notify` and `settle`."""

    notify: Callable[..., Any] | None = None
    settle: Callable[..., Any] | None = None


kinds: Registry[NotificationKind] = Registry()
_courier = Courier()


def appoint(*, notify: Callable[..., Any], settle: Callable[..., Any]) -> None:
    """From now on these carry the news; they take what `notify` and `settle` take."""
    _courier.notify, _courier.settle = notify, settle


def notify(
    *,
    kind: str,
    dedupe: str,
    subject: Pair | None = None,
    place: Pair | None = None,
    actor: Any = None,
    recipients: Iterable[Any] = (),
    reason: str = Reason.OWN,
    followers_of: Iterable[Pair] = (),
    except_for: Iterable[Any] = (),
    data: dict[str, Any] | None = None,
) -> None:
    """Tell people that something happened, if the running transaction comes about.

    `subject` is what it is about and `place` where it happened, such as the community of an entry: who muted either
    hears nothing. `recipients` are users, their primary keys, or a queryset of them; those who follow one of
    `followers_of` are found by the worker. Neither the actor nor `except_for` are told. `data` holds ids, and no more
    content than a sentence. The same `dedupe` is the same event: whoever was told of it is not told twice, others may
    still be.
    """
    if _courier.notify is not None:
        _courier.notify(
            kind=kind,
            dedupe=dedupe,
            subject=subject,
            place=place,
            actor=actor,
            recipients=recipients,
            reason=reason,
            followers_of=followers_of,
            except_for=except_for,
            data=data or {},
        )


def settle(*, dedupe: str) -> None:
    """There is nothing to be done any more: the event counts as read by everybody, and is not sent where it was not."""
    if _courier.settle is not None:
        _courier.settle(dedupe=dedupe)
