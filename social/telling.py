"""Who may be told what, and in which words: asked at the moment of showing and of sending, never remembered."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from core.notifications import NotificationKind, Occurrence, Words, kinds
from core.subjects import Card, subjects
from people.access import Viewer
from social.models import Notification, NotificationEvent

# Sees what every employee sees, whatever they may do.
ANY_READER = Viewer(user_id=0)


@dataclass(frozen=True)
class Told:
    """A notification with its words, for its recipient."""

    notification: Notification
    kind: NotificationKind
    words: Words
    card: Card | None

    @property
    def event(self) -> NotificationEvent:
        event: NotificationEvent = self.notification.event
        return event


def told(notifications: Iterable[Notification], viewer: Viewer) -> list[Told]:
    """Those of the notifications that the viewer may still be told of, in the active language and the given order."""
    known = [each for each in notifications if each.event.kind in kinds]
    words, cards = _words([each.event for each in known], viewer)
    return [
        Told(each, kinds[each.event.kind], words[each.event.pk], cards.get(_pair(each.event)))
        for each in known
        if each.event.pk in words
    ]


def may_be_told(event: NotificationEvent, viewer: Viewer) -> bool:
    words, _cards = _words([event], viewer)
    return event.pk in words


def may_be_told_to_all(event: NotificationEvent) -> bool:
    """Whether every employee may be told of it, so that none need be asked for."""
    kind = kinds[event.kind]
    if kind.judges_itself or event.subject_kind not in subjects:
        return False
    return subjects[event.subject_kind].find(event.subject_key, ANY_READER) is not None


def cards_of(pairs: Iterable[tuple[str, Any]], viewer: Viewer) -> dict[tuple[str, Any], Card]:
    """What subjects are called, of those that the viewer may see."""
    keys: dict[str, set[Any]] = defaultdict(set)
    for kind, key in pairs:
        if kind in subjects and key is not None:
            keys[kind].add(key)
    found: dict[tuple[str, Any], Card] = {}
    for kind, wanted in keys.items():
        subject = subjects[kind]
        # The language of the page or the mail first, whatever the person reads beside it.
        languages = tuple(dict.fromkeys([get_language() or "en", *viewer.languages]))
        rows = list(subject.visible(viewer).filter(**{f"{subject.key}__in": wanted}))
        for row, card in zip(rows, subject.cards(rows, languages), strict=True):
            found[kind, getattr(row, subject.key)] = card
    return found


def _words(
    events: Sequence[NotificationEvent], viewer: Viewer
) -> tuple[dict[int, Words], dict[tuple[str, Any], Card]]:
    cards = cards_of(map(_pair, events), viewer)
    by_kind: dict[str, list[Occurrence]] = defaultdict(list)
    for event in {event.pk: event for event in events}.values():
        card = cards.get(_pair(event))
        if card is not None or kinds[event.kind].judges_itself:
            by_kind[event.kind].append(Occurrence(event, card))
    words = {}
    for name, occurrences in by_kind.items():
        said = kinds[name].describe(occurrences, viewer)
        for occurrence, each in zip(occurrences, said, strict=True):
            if each is not None:
                words[occurrence.event.pk] = each
    return words, cards


def _pair(event: NotificationEvent) -> tuple[str, Any]:
    return event.subject_kind, event.subject_key
