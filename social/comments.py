"""Comments on a thing: its conversation, read as threads rather than as a stream."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from core import pagination
from core.fields import uuid7
from people.requests import Request
from social import rendering, room
from social.choices import Emoji
from social.models import Message, Reaction
from social.places import Place
from social.services import messages
from social.services.reactions import MESSAGE

SIZE = 20
MOST_ANSWERS = 200
NEWEST, OLDEST, BEST = "newest", "oldest", "best"
SORTS = (NEWEST, OLDEST, BEST)


@dataclass
class Thread:
    """A comment and the answers to it, oldest first."""

    begun: rendering.Shown
    answers: list[rendering.Shown] = field(default_factory=list)


def context(request: Request, place: Place) -> dict[str, Any]:
    """The variables of templates/social/comments.html, with a constant number of queries."""
    sort = request.GET.get("sort", NEWEST)
    sort = sort if sort in SORTS else NEWEST
    page = pagination.numbered(_ordered(place, sort), request.GET.get("page"), SIZE)
    return {
        "place": place,
        "conversation": place.conversation,
        "threads": _threads(place, list(page)),
        "page": page,
        "sort": sort,
        "signs": signs(place.subject.kind if place.subject else "", place.conversation.subject_key, request),
        "emojis": list(Emoji),
        "token": uuid7(),
        "me": request.user,
        "longest": messages.LONGEST,
        "unsent": room.unsent(request, place),
    }


def signs(kind: str, key: Any, request: Request) -> list[dict[str, Any]]:
    """The signs beside a thing: of each how many, and whether the reader's own is among them; one query."""
    rows = Reaction.objects.filter(kind=kind, key=key).values("emoji")
    counted = {
        row["emoji"]: row
        for row in rows.annotate(
            count=Count("pk"), mine=Count("pk", filter=Q(user=request.viewer.user_id))
        ).order_by()
    }
    nobody = {"count": 0, "mine": 0}
    given = [(emoji, counted.get(emoji.value, nobody)) for emoji in Emoji]
    return [
        {"emoji": emoji, "label": emoji.label, "count": row["count"], "is_mine": bool(row["mine"])}
        for emoji, row in given
    ]


def _ordered(place: Place, sort: str) -> Any:
    # What was taken away stays where somebody has answered it.
    rows = Message.objects.filter(conversation=place.conversation.pk, thread=None).filter(
        Q(deleted_at=None) | Q(reply_count__gt=0)
    )
    if sort == OLDEST:
        return rows.order_by("number")
    if sort == NEWEST:
        return rows.order_by("-number")
    given = Reaction.objects.filter(kind=MESSAGE, key=OuterRef("public_id")).order_by().values("key")
    number = Subquery(given.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
    return rows.annotate(sign_count=Coalesce(number, 0)).order_by("-sign_count", "-number")


def _threads(place: Place, begun: list[Message]) -> list[Thread]:
    keys = [message.pk for message in begun]
    rows = Message.objects.filter(conversation=place.conversation.pk)
    answers = rows.filter(thread__in=keys).for_room().order_by("number")[:MOST_ANSWERS]
    shown = rendering.shown([*rows.filter(pk__in=keys).for_room(), *answers])
    by_thread: dict[int, list[rendering.Shown]] = defaultdict(list)
    by_key: dict[int, rendering.Shown] = {}
    for each in shown:
        by_key[each.message.pk] = each
        if each.message.thread_id is not None:
            by_thread[each.message.thread_id].append(each)
    return [Thread(by_key[key], by_thread[key]) for key in keys]
