"""One message: its page with its history, and what can be done with it."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import rates
from people import file_views
from people.requests import Request
from social import places, rendering
from social.forms import EditForm
from social.models import Attachment, Message
from social.services import messages, polls, reactions
from social.views import back, by_script, refusing


def _found(request: Request, public_id: Any) -> tuple[Message, places.Place]:
    """The message, for those who may read its conversation."""
    rows = Message.objects.filter(public_id=public_id).select_related("conversation", "author")
    message = rows.first()
    place = places.enter(message.conversation, request.viewer) if message else None
    if message is None or place is None:
        raise Http404
    return message, place


@require_safe
def message(request: Request, public_id: Any) -> HttpResponse:
    """A message by itself, with what it said before and what the reader may do with it."""
    found, place = _found(request, public_id)
    return _page(request, found, place, EditForm(initial={"text": found.text}))


def _page(request: Request, found: Message, place: places.Place, form: EditForm) -> HttpResponse:
    (each,) = rendering.shown(Message.objects.filter(pk=found.pk).for_room())
    is_own = found.author_id == request.user.pk
    stands = found.deleted_at is None
    # What was taken away is read by those who look after the place, and by nobody else.
    versions = found.versions.select_related("replaced_by") if stands or place.moderates else []
    context = {
        "each": each,
        "place": place,
        "versions": versions,
        "may_edit": is_own and stands and place.may_write,
        "may_delete": stands and (is_own or place.moderates),
        "may_pin": stands and place.moderates,
        "form": form,
        "url": f"{place.card.url}?at={found.number}#message-{found.number}",
    }
    return render(request, "social/message_page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@refusing
def edit_message(request: Request, public_id: Any) -> HttpResponseBase:
    """Its author says it differently; GET gives its text as it was written."""
    found, place = _found(request, public_id)
    if request.method != "POST":
        if found.author_id != request.user.pk or found.deleted_at is not None:
            raise PermissionDenied
        return JsonResponse({"text": found.text})
    form = EditForm(request.POST)
    form.is_valid()
    try:
        changed = messages.edit(message=found, by=request.user, text=form.cleaned_data.get("text", ""))
    except ValidationError as error:
        if by_script(request):
            raise
        form.add_error("text", error)
        return _page(request, found, place, form)
    return _answer(request, place, changed)


@require_POST
@refusing
def delete_message(request: Request, public_id: Any) -> HttpResponseBase:
    found, place = _found(request, public_id)
    return _answer(request, place, messages.take_away(message=found, by=request.user))


@require_POST
@refusing
def pin_message(request: Request, public_id: Any) -> HttpResponseBase:
    """Keep it on top, or not any more."""
    found, place = _found(request, public_id)
    change = messages.pin if request.POST.get("pinned") == "yes" else messages.unpin
    return _answer(request, place, change(message=found, by=request.user))


@require_POST
@refusing
def react(request: Request, public_id: Any) -> HttpResponseBase:
    """Put a sign beside it, or take one's own away."""
    found, place = _found(request, public_id)
    rates.require("reaction", request.user.pk)
    changed = reactions.to_message(
        message=found,
        by=request.user,
        emoji=request.POST.get("emoji", ""),
        is_on=request.POST.get("on", "yes") == "yes",
    )
    return _answer(request, place, changed)


@require_POST
@refusing
def vote(request: Request, public_id: Any) -> HttpResponseBase:
    """Choose answers of a poll."""
    found, place = _found(request, public_id)
    rates.require("reaction", request.user.pk)
    chosen = [int(each) for each in request.POST.getlist("option") if each.isdecimal() and len(each) < 4]
    return _answer(request, place, polls.vote(message=found, by=request.user, options=chosen))


@require_safe
def message_file(request: Request, public_id: Any, size: str = "") -> HttpResponseBase:
    """A file of a message, or its smaller picture; one that is not sent yet is its uploader's alone."""
    found = Attachment.objects.filter(public_id=public_id).select_related("conversation", "message").first()
    place = places.enter(found.conversation, request.viewer) if found else None
    if found is None or place is None:
        raise Http404
    if found.message is None and found.uploaded_by_id != request.user.pk:
        raise Http404
    if found.message is not None and found.message.deleted_at is not None and not place.moderates:
        raise Http404
    file = found.preview if size == "small" and found.preview else found.file
    return file_views.hand_over(request, file, name=found.name)


def _answer(request: Request, place: places.Place, changed: Message) -> HttpResponse:
    if not by_script(request):
        given = reverse("message", args=[changed.public_id])
        return back(request, place, None if request.POST.get("next") == given else changed.number)
    (each,) = rendering.shown(Message.objects.filter(pk=changed.pk).for_room())
    return JsonResponse(
        {"number": changed.number, "revision": changed.revision, "html": rendering.html(each)},
        status=HTTPStatus.OK,
    )
