"""Notifications as their reader sees them: a page of them, gathered by what they are about, and what the bell shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from core import pagination
from core.notifications import Reason, kinds
from core.subjects import Card
from people.access import Viewer
from social import telling
from social.models import Follow, Mute, Notification
from social.telling import Told

PAGE_SIZE = 30
LATEST = 7


@dataclass(frozen=True)
class Item:
    """One line of the list."""

    id: str
    title: str
    text: str
    url: str
    icon: str
    reason: str
    at: datetime
    is_read: bool


@dataclass(frozen=True)
class Gathered:
    """What was told about one subject in one day, the newest first. `pair` is empty where it has no subject."""

    day: date
    pair: tuple[str, Any]
    card: Card | None
    items: Sequence[Item]

    @property
    def unread(self) -> int:
        return sum(not item.is_read for item in self.items)


@dataclass(frozen=True)
class Listed:
    """A page of the list; `next` is the cursor of what follows."""

    groups: Sequence[Gathered]
    next: str | None


@dataclass(frozen=True)
class Subscribed:
    """Something that somebody follows or has muted."""

    kind: str
    key: Any
    card: Card


def page(viewer: Viewer, *, unread: bool, kind: str, cursor: str | None) -> Listed:
    """A page of the viewer's notifications. Raises pagination.InvalidCursor."""
    rows = Notification.objects.of(viewer.user_id).for_listing()
    if unread:
        rows = rows.unread()
    if kind in kinds:
        rows = rows.filter(event__kind=kind)
    found = pagination.keyset(rows, order=("-at", "-pk"), cursor=cursor, limit=PAGE_SIZE)
    return Listed(_gathered(telling.told(found.items, viewer)), found.next)


def latest(viewer: Viewer) -> Sequence[Item]:
    """What the bell shows when it is opened."""
    rows = Notification.objects.of(viewer.user_id).for_listing().order_by("-at", "-pk")[:LATEST]
    return [_item(each) for each in telling.told(rows, viewer)]


def followed(viewer: Viewer) -> list[Subscribed]:
    """What the viewer follows and may see, by kind and name."""
    return _subscribed(Follow, viewer)


def muted(viewer: Viewer) -> list[Subscribed]:
    return _subscribed(Mute, viewer)


def _subscribed(model: Any, viewer: Viewer) -> list[Subscribed]:
    pairs = model.objects.filter(user=viewer.user_id).values_list("subject_kind", "subject_key")
    cards = telling.cards_of(pairs, viewer)
    found = [Subscribed(kind, key, card) for (kind, key), card in cards.items()]
    return sorted(found, key=lambda each: (each.kind, each.card.title.casefold()))


def _gathered(told: Sequence[Told]) -> list[Gathered]:
    groups: dict[Any, list[Told]] = {}
    for each in told:
        day = timezone.localtime(each.notification.at).date()
        has_subject = each.event.subject_key is not None
        same = (each.event.subject_kind, each.event.subject_key) if has_subject else each.notification.pk
        groups.setdefault((day, same), []).append(each)
    return [
        Gathered(
            day=day,
            pair=(some[0].event.subject_kind, some[0].event.subject_key),
            card=some[0].card,
            items=[_item(each) for each in some],
        )
        for (day, _same), some in groups.items()
    ]


def _item(told: Told) -> Item:
    row = told.notification
    return Item(
        id=str(row.public_id),
        title=told.words.title,
        text=told.words.text,
        url=told.words.url,
        icon=told.kind.icon,
        reason=str(Reason(row.reason).label),
        at=row.at,
        is_read=row.read_at is not None,
    )
