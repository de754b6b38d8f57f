"""Direct messages: the list, one conversation, beginning one, keeping somebody away."""

from typing import Any

from django.contrib import messages as told
from django.core.exceptions import ValidationError
from django.db.models import F, OuterRef, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import pagination, rates
from people.models import User
from people.requests import Request
from social import places, room
from social.choices import Purpose
from social.models import Block, Conversation, Message, Participant
from social.services import direct as services

SIZE = 30
MOST_OFFERED = 20


@require_safe
def direct_messages(request: Request) -> HttpResponse:
    """With whom one has talked, the latest first."""
    own = Participant.objects.filter(user=request.viewer.user_id, conversation=OuterRef("pk"))
    last = Message.objects.filter(conversation=OuterRef("pk"), number=OuterRef("last_number"))
    rows = (
        Conversation.objects.filter(
            purpose=Purpose.DIRECT, participants__user=request.viewer.user_id, last_number__gt=0
        )
        .annotate(
            unread=F("last_number") - Subquery(own.values("read_number")[:1]),
            last_text=Subquery(last.values("text")[:1]),
        )
        .select_related("last_author")
        .order_by("-last_message_at", "-pk")
    )
    page = pagination.numbered(rows, request.GET.get("page"), SIZE)
    people = _people_of(list(page), request)
    return render(
        request,
        "social/direct_messages.html",
        {"page": page, "rows": [(row, people.get(row.pk, [])) for row in page]},
    )


def _people_of(conversations: list[Conversation], request: Request) -> dict[int, list[User]]:
    """Who else is in each, in two queries."""
    rows = Participant.objects.filter(conversation__in=conversations).exclude(user=request.viewer.user_id)
    pairs = list(rows.order_by("pk").values_list("conversation_id", "user_id"))
    users = User.objects.with_photos().in_bulk({user for _conversation, user in pairs})
    found: dict[int, list[User]] = {}
    for conversation, user in pairs:
        found.setdefault(conversation, []).append(users[user])
    return found


@require_safe
def direct(request: Request, public_id: Any) -> HttpResponse:
    """One conversation."""
    place = places.find(public_id, request.viewer)
    if place is None or place.conversation.purpose != Purpose.DIRECT:
        raise Http404
    other = place.others[0] if len(place.others) == 1 else None
    context = {
        **room.context(request, place),
        "other": other,
        "is_blocked": other is not None and Block.objects.filter(by=request.user, blocked=other).exists(),
    }
    return render(request, "social/direct.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def begin_direct(request: Request) -> HttpResponse:
    """Choose to whom to write; `to` names people by their public ids."""
    people = User.objects.visible_to(request.viewer).exclude(pk=request.user.pk)
    words = request.GET.get("q", "").strip()[:100]
    if request.method == "POST":
        chosen = [each for each in request.POST.getlist("to") if len(each) == 36][: services.MOST_PEOPLE + 1]
        try:
            rates.require("message", request.user.pk)
            made = services.begin(by=request.user, others=list(people.filter(public_id__in=chosen)))
        except ValidationError as error:
            for text in error.messages:
                told.error(request, text)
        else:
            return redirect("direct", made.public_id)
    found = people.matching(words).for_listing().order_by("name", "pk")[:MOST_OFFERED] if words else []
    return render(request, "social/begin_direct.html", {"query": words, "found": found})


@require_POST
def block_person(request: Request, public_id: Any) -> HttpResponse:
    """Keep somebody away, or not any more."""
    person = get_object_or_404(User.objects.visible_to(request.viewer), public_id=public_id)
    if request.POST.get("blocked") == "yes":
        services.block(by=request.user, person=person)
        told.success(request, _("You get no direct messages from %(name)s any more.") % {"name": person.name})
    else:
        services.unblock(by=request.user, person=person)
        told.success(request, _("%(name)s can write to you again.") % {"name": person.name})
    return redirect("direct_messages")
