"""The centre of notifications: the list, what the bell shows, and what is read."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core import clock, rates
from core.notifications import kinds
from core.pagination import InvalidCursor
from people.preference_views import way_back
from people.requests import Request
from social import notification_lists, unread
from social.services import notifications as services

UNREAD = "unread"


@require_safe
def notifications(request: Request) -> HttpResponse:
    """What somebody was told, the newest first, gathered by what it is about."""
    only_unread, kind = request.GET.get("show") == UNREAD, request.GET.get("kind", "")
    try:
        listed = notification_lists.page(
            request.viewer, unread=only_unread, kind=kind, cursor=request.GET.get("cursor")
        )
    except InvalidCursor as error:
        raise Http404 from error
    asked = {"show": UNREAD if only_unread else "", "kind": kind if kind in kinds else ""}
    context = {
        "listed": listed,
        "only_unread": only_unread,
        "kind": asked["kind"],
        "kinds": sorted(kinds, key=lambda each: (str(each.group), str(each.label))),
        "asked": {name: value for name, value in asked.items() if value},
        "now": clock.now(),
    }
    is_more = request.htmx and request.GET.get("cursor")
    return render(request, f"social/notification{'_groups' if is_more else 's'}.html", context)


@require_safe
@never_cache
def notifications_latest(request: Request) -> HttpResponse:
    """What the bell holds when it is opened."""
    context = {"items": notification_lists.latest(request.viewer), "now": clock.now()}
    return render(request, "social/notifications_latest.html", context)


@require_safe
@never_cache
def notifications_count(request: Request) -> HttpResponse:
    """How many are unread, for a page that is open."""
    number = unread.count(request.user.pk)
    return JsonResponse({"count": number, "shown": unread.shown(number)})


@require_POST
def read_notifications(request: Request) -> HttpResponse:
    """One (`notification`), all about a subject (`kind` and `key`), or all that were there at a moment (`until`)."""
    try:
        rates.require("notifications", request.user.pk)
    except rates.TooOften as refusal:
        return HttpResponse(str(refusal), status=429, headers={"Retry-After": str(refusal.wait)})
    _read(request)
    if request.headers.get("Accept", "").startswith("application/json"):
        number = unread.count(request.user.pk)
        return JsonResponse({"count": number, "shown": unread.shown(number)})
    if "until" in request.POST:
        messages.success(request, _("All of it counts as read."))
    return HttpResponseRedirect(way_back(request) if "next" in request.POST else reverse("notifications"))


def _read(request: Request) -> None:
    asked, user = request.POST, request.user
    if "notification" in asked:
        services.mark_read(user=user, public_id=uuid(asked["notification"]))
    elif "key" in asked:
        services.mark_read_about(user=user, subject=(asked.get("kind", ""), uuid(asked["key"])))
    else:
        services.mark_all_read(user=user, until=_moment(asked.get("until", "")))


def _moment(text: str) -> Any:
    """A moment as the page wrote it; whoever writes another means all until now."""
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    return found if found is not None and found.tzinfo is not None else clock.now()


def uuid(text: str) -> UUID:
    """The key that somebody sent; raises Http404 for what is none."""
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error
