"""Conversations: what is written, read, looked up. Pages and scripts use the same addresses."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib import messages as told
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from core import rates
from people.models import User
from people.requests import Request
from social import places, rendering, room
from social.forms import MessageForm
from social.services import attachments, conversations, messages

MOST_SUGGESTED = 8
View = Callable[..., HttpResponseBase]


def by_script(request: Request) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def entered(request: Request, public_id: Any) -> places.Place:
    """The conversation, for those who may read it."""
    place = places.find(public_id, request.viewer)
    if place is None:
        raise Http404
    return place


def back(request: Request, place: places.Place, number: int | None = None) -> HttpResponse:
    """To the page that shows the conversation, at a message."""
    url = place.card.url or "/"
    given = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(given, allowed_hosts=None):
        url = given
    return redirect(f"{url}#message-{number}" if number else url)


def refusing(view: View) -> View:
    """What a service refuses is said: to a script as JSON with the status, to a person on the page they came from."""

    @wraps(view)
    def answered(request: Request, public_id: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, public_id, **kwargs)
        except ValidationError as error:
            wait = getattr(error, "wait", 0)
            if by_script(request):
                status = HTTPStatus.TOO_MANY_REQUESTS if wait else HTTPStatus.UNPROCESSABLE_ENTITY
                response: HttpResponse = JsonResponse({"errors": error.messages}, status=status)
            else:
                for text in error.messages:
                    told.error(request, text)
                response = _back_from(request, public_id)
            if wait:
                response.headers["Retry-After"] = str(wait)
            return response

    return answered


def _back_from(request: Request, public_id: Any) -> HttpResponse:
    place = places.find(public_id, request.viewer)
    if place is None:
        return redirect("message", public_id)
    if request.POST.get("text"):
        room.keep_unsent(request, place, request.POST["text"])
    return back(request, place)


@require_safe
def conversation_messages(request: Request, public_id: Any) -> HttpResponse:
    """A stretch of messages as HTML: `before` or `after` a number, `at` one, of a `date`, or of a `thread`."""
    place = entered(request, public_id)
    asked = request.GET
    if asked.get("thread", "").isdecimal():
        items = room.thread(place, int(asked["thread"][:9]))
        return render(request, "social/messages.html", {"items": items})
    context = room.context(request, place)
    shown = context["window"]
    html = render_to_string("social/messages.html", {"items": shown.items}, request)
    response = HttpResponse(html)
    response.headers["X-First"], response.headers["X-Last"] = str(shown.first), str(shown.last)
    response.headers["X-Votes"] = context["own_votes"]
    response.headers["X-Newest"] = str(place.conversation.last_number)
    return response


@require_safe
def conversation_changes(request: Request, public_id: Any) -> JsonResponse:
    """What came or changed since a revision, for pages whose socket is not open."""
    place = entered(request, public_id)
    after = request.GET.get("after", "")
    found = rendering.changes(place.conversation.pk, int(after[:18]) if after.isdecimal() else 0)
    return JsonResponse(
        {
            "revision": found.revision,
            "items": [{"number": number, "html": html} for number, html in found.items],
            "is_whole": found.is_whole,
            "is_locked": found.is_locked,
        }
    )


@require_POST
@refusing
def send_message(request: Request, public_id: Any) -> HttpResponseBase:
    """Write a message. A retry carries the same token and finds the message that is there."""
    place = entered(request, public_id)
    form = MessageForm(request.POST)
    if not form.is_valid():
        raise ValidationError([text for errors in form.errors.values() for text in errors])
    rates.require("message", request.user.pk)
    draft = form.draft()
    files = [
        attachments.upload(place=place, by=request.user, file=file).public_id
        for file in request.FILES.getlist("upload")
    ]
    draft = messages.Draft(draft.text, draft.token, draft.reply_to, [*draft.files, *files], draft.poll)
    message = messages.send(conversation=place.conversation, by=request.user, draft=draft)
    if not by_script(request):
        return back(request, place, message.number)
    return JsonResponse(_told(message), status=HTTPStatus.CREATED)


def _told(message: Any) -> dict[str, Any]:
    (each,) = rendering.shown(type(message).objects.filter(pk=message.pk).for_room())
    return {"number": each.message.number, "revision": each.message.revision, "html": rendering.html(each)}


@require_POST
def mark_read(request: Request, public_id: Any) -> HttpResponse:
    """The reader has come to this number."""
    place = entered(request, public_id)
    number = request.POST.get("number", "")
    if number.isdecimal():
        conversations.mark_read(place=place, number=int(number[:9]))
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@require_POST
def mute_conversation(request: Request, public_id: Any) -> HttpResponse:
    """Keep it quiet for oneself, or not any more."""
    place = entered(request, public_id)
    conversations.set_muted(place=place, is_muted=request.POST.get("muted") == "yes")
    return back(request, place)


@require_POST
def lock_conversation(request: Request, public_id: Any) -> HttpResponse:
    """Who looks after it ends the writing, or lets it go on."""
    place = entered(request, public_id)
    change = conversations.lock if request.POST.get("locked") == "yes" else conversations.unlock
    change(conversation=place.conversation, by=request.user)
    return back(request, place)


@require_safe
def conversation_people(request: Request, public_id: Any) -> JsonResponse:
    """Whom one can name: those whose name begins like that, those of this conversation first."""
    place = entered(request, public_id)
    wait = rates.seconds_to_wait("message_lookup", request.user.pk)
    if wait:
        return JsonResponse(
            {"people": []}, status=HTTPStatus.TOO_MANY_REQUESTS, headers={"Retry-After": str(wait)}
        )
    people = User.objects.visible_to(request.viewer).matching(request.GET.get("q", "")[:100])
    here = place.conversation.participants.values("user")
    first = list(people.filter(pk__in=here).order_by("name", "pk")[:MOST_SUGGESTED])
    others = people.exclude(pk__in=here).order_by("name", "pk")[: MOST_SUGGESTED - len(first)]
    return JsonResponse(
        {
            "people": [
                {"id": str(person.public_id), "name": person.name, "job": person.job}
                for person in [*first, *others]
            ]
        }
    )


@require_POST
@refusing
def upload_file(request: Request, public_id: Any) -> HttpResponseBase:
    """A file for the next message."""
    place = entered(request, public_id)
    file = request.FILES.get("file")
    if file is None:
        raise Http404
    rates.require("message_file", request.user.pk)
    made = attachments.upload(place=place, by=request.user, file=file)
    said = {"id": str(made.public_id), "name": made.name, "size": made.size, "url": made.get_absolute_url()}
    return JsonResponse(said, status=HTTPStatus.CREATED)
