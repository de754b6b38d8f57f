"""A conversation as its page shows it: which messages, from where, and what the reader may do with them."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from core import clock
from core.fields import uuid7
from people.querysets import any_case
from social import rendering
from social.choices import Emoji
from social.models import Message, Participant
from social.places import Place
from social.services import messages, polls

WINDOW = 50
MOST_FOUND = 50
MOST_WORDS = 6
# What the reader wrote and could not send, until it is shown again.
UNSENT = "unsent_in_conversation"


@dataclass(frozen=True)
class Window:
    """A stretch of messages, and whether there are others on either side."""

    items: list[rendering.Shown]
    first: int
    last: int
    has_before: bool
    has_after: bool


def window(place: Place, *, first: int, last: int) -> Window:
    """Messages by their numbers, which have no gaps: the same work wherever in however many."""
    newest = place.conversation.last_number
    first, last = max(1, first), min(last, newest)
    rows = Message.objects.filter(conversation=place.conversation, number__gte=first, number__lte=last)
    items = rendering.shown(rows.for_room().order_by("number"))
    return Window(items, first, last, first > 1, last < newest)


def latest(place: Place) -> Window:
    newest = place.conversation.last_number
    return window(place, first=newest - WINDOW + 1, last=newest)


def around(place: Place, number: int) -> Window:
    return window(place, first=number - WINDOW // 2, last=number + WINDOW // 2)


def before(place: Place, number: int) -> Window:
    return window(place, first=number - WINDOW, last=number - 1)


def after(place: Place, number: int) -> Window:
    return window(place, first=number + 1, last=number + WINDOW)


def number_on(place: Place, day: date) -> int:
    """The first message of a day of the reader's zone, or of the next day that has one; else the last."""
    zone = timezone.get_current_timezone_name()
    begins = clock.moment(datetime.combine(day, time.min), zone) if zone else datetime.combine(day, time.min)
    rows = Message.objects.filter(conversation=place.conversation, created_at__gte=begins)
    found = rows.order_by("created_at", "number").values_list("number", flat=True).first()
    return found if found is not None else place.conversation.last_number


def thread(place: Place, number: int) -> list[rendering.Shown]:
    """A message and what was answered to it, oldest first."""
    root = Message.objects.filter(conversation=place.conversation, number=number).first()
    if root is None:
        return []
    begun = root.thread_id or root.pk
    rows = Message.objects.filter(conversation=place.conversation)
    answers = rows.filter(thread=begun).for_room().order_by("number")[:500]
    return rendering.shown([*rows.filter(pk=begun).for_room(), *answers])


def found(place: Place, text: str) -> list[rendering.Shown]:
    """Messages in which every word stands, newest first."""
    rows = Message.objects.filter(conversation=place.conversation).standing()
    for word in text.split()[:MOST_WORDS]:
        rows = rows.filter(text__regex=any_case(word))
    return rendering.shown(rows.for_room().order_by("-number")[:MOST_FOUND])


def context(request: HttpRequest, place: Place) -> dict[str, Any]:
    """The variables of templates/social/conversation.html."""
    asked = request.GET
    own = Participant.objects.filter(conversation=place.conversation, user=place.viewer.user_id).first()
    read = own.read_number if own else 0
    words = asked.get("q", "").strip()[:200]
    anchor = _number(asked.get("at")) or _number_of_day(place, asked.get("date", ""))
    if anchor is None and _number(asked.get("before")):
        shown = before(place, int(asked["before"]))
    elif anchor is None and _number(asked.get("after")):
        shown = after(place, int(asked["after"]))
    elif anchor is None and own and place.conversation.last_number - read > WINDOW:
        shown = around(place, read)
    else:
        shown = around(place, anchor) if anchor else latest(place)
    return {
        "place": place,
        "conversation": place.conversation,
        "window": shown,
        "anchor": anchor,
        "read_number": read,
        # A line above the first of them; who comes for the first time needs none.
        "is_first_visit": own is None,
        "is_muted": bool(own and own.is_muted),
        "pinned": rendering.shown(
            Message.objects.filter(conversation=place.conversation).pinned().for_room()
        ),
        "query": words,
        "found": found(place, words) if words else None,
        "emojis": list(Emoji),
        "token": uuid7(),
        "own_votes": own_votes(place, shown),
        "me": request.user,
        "longest": messages.LONGEST,
        "unsent": unsent(request, place),
    }


def own_votes(place: Place, shown: Window) -> str:
    """What the reader has chosen in the polls of a stretch, for the page's script."""
    return json.dumps(
        polls.own_votes(
            user_id=place.viewer.user_id,
            conversation_id=place.conversation.pk,
            first=shown.first,
            last=shown.last,
        )
    )


def keep_unsent(request: HttpRequest, place: Place, text: str) -> None:
    request.session[UNSENT] = {"conversation": str(place.conversation.public_id), "text": text[:200_000]}


def unsent(request: HttpRequest, place: Place) -> str:
    kept = request.session.get(UNSENT)
    if not kept or kept["conversation"] != str(place.conversation.public_id):
        return ""
    return str(request.session.pop(UNSENT)["text"])


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 10 and int(text) > 0 else None


def _number_of_day(place: Place, text: str) -> int | None:
    try:
        return number_on(place, date.fromisoformat(text)) if text else None
    except (ValueError, OverflowError):
        return None
