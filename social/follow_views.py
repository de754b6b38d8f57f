"""Following and muting: a button beside what it is about."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core import rates
from people.preference_views import way_back
from people.requests import Request
from social import telling
from social.models import Follow
from social.notification_views import uuid
from social.services import follows
from social.services.follows import TooManyFollowed


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: Request) -> HttpResponse:
    """The button for a subject (`kind` and `key`), and what it does; a page of its own for who has no script."""
    asked = request.POST if request.method == "POST" else request.GET
    pair = (asked.get("kind", ""), uuid(asked.get("key", "")))
    wants = asked.get("follow") != "no"
    if request.method == "POST" and not wants:
        # Of what one may not see any more as well.
        follows.unfollow(user=request.user, subject=pair)
    card = telling.cards_of([pair], request.viewer).get(pair)
    if card is None and (request.method != "POST" or wants):
        raise Http404
    if request.method == "POST":
        refused = _follow(request, pair) if wants else None
        if refused is not None:
            return refused
        if not request.htmx:
            return HttpResponseRedirect(way_back(request))
    own = Follow.objects.filter(user=request.user, subject_kind=pair[0], subject_key=pair[1])
    context = {
        "kind": pair[0],
        "key": pair[1],
        "card": card,
        "title": card.title if card else "",
        "button": asked.get("button", ""),
        "is_followed": own.exists(),
    }
    return render(request, f"social/{'follow_part' if request.htmx else 'follow'}.html", context)


@require_POST
def mute(request: Request) -> HttpResponse:
    """Hear nothing of a subject any more, or again."""
    pair = (request.POST.get("kind", ""), uuid(request.POST.get("key", "")))
    if request.POST.get("mute") == "no":
        follows.unmute(user=request.user, subject=pair)
        messages.success(request, _("You hear of it again."))
    else:
        if pair not in telling.cards_of([pair], request.viewer):
            raise Http404
        follows.mute(user=request.user, subject=pair)
        messages.success(request, _("You hear nothing of it any more. You can change that in the settings."))
    return HttpResponseRedirect(way_back(request))


def _follow(request: Request, pair: tuple[str, object]) -> HttpResponse | None:
    """Begin to follow; what is to be answered where that is refused."""
    try:
        rates.require("follow", request.user.pk)
        follows.follow(user=request.user, subject=pair)
    except rates.TooOften as refusal:
        return HttpResponse(
            str(refusal), status=HTTPStatus.TOO_MANY_REQUESTS, headers={"Retry-After": str(refusal.wait)}
        )
    except TooManyFollowed:
        messages.error(request, _("You follow as much as one can. Stop following something first."))
        return HttpResponseRedirect(way_back(request))
    return None
