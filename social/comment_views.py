"""Comments and signs on anything that a person may see."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from core import rates
from core.subjects import subjects
from people.requests import Request
from social import comments as threads
from social import places
from social.choices import Purpose
from social.models import Conversation
from social.services import conversations, reactions
from social.views import refusing, send_message


def _place(request: Request, kind: str, key: Any) -> places.Place:
    """The comments on a thing, for those who may see it; where nobody has commented yet they are begun unsaved."""
    takes = kind in subjects and subjects[kind].takes_comments
    row = subjects[kind].find(key, request.viewer) if takes else None
    if row is None:
        raise Http404
    named = {"subject_kind": kind, "subject_key": key, "purpose": Purpose.COMMENTS}
    found = Conversation.objects.filter(**named).first() or Conversation(**named)
    return places.Place(found, request.viewer, subjects[kind], row)


@require_safe
def comments(request: Request, kind: str, key: Any) -> HttpResponse:
    """What people say of it; a part of its page, or a page of its own where it is asked for as such."""
    place = _place(request, kind, key)
    context = {**threads.context(request, place), "kind": kind, "key": key}
    template = "social/comments.html" if request.htmx else "social/comments_page.html"
    return render(request, template, context)


@require_POST
def comment(request: Request, kind: str, key: Any) -> HttpResponseBase:
    """Write one; where it is the first, the conversation begins with it."""
    place = _place(request, kind, key)
    if not place.takes_part:
        raise PermissionDenied
    begun = conversations.about(kind=kind, key=key, purpose=Purpose.COMMENTS)
    return send_message(request, public_id=begun.public_id)


@require_POST
@refusing
def react_to(request: Request, public_id: Any, kind: str) -> HttpResponseBase:
    """Put a sign beside a thing, or take one's own away."""
    place = _place(request, kind, public_id)
    rates.require("reaction", request.user.pk)
    is_on = request.POST.get("on", "yes") == "yes"
    reactions.to_subject(
        kind=kind, key=public_id, by=request.user, emoji=request.POST.get("emoji", ""), is_on=is_on
    )
    if request.htmx:
        context = {"signs": threads.signs(kind, public_id, request), "kind": kind, "key": public_id}
        return render(request, "social/signs.html", context)
    return redirect(place.card.url)
