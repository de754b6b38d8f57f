"""A person's own reading: the list, what was begun, what was read."""

import re
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from core import pagination, rates
from knowledge import my_reading
from knowledge.models import Entry
from knowledge.services import readings
from people.requests import Request

LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)
PROGRESS = re.compile(r"[0-9]{1,2}|100")


@require_safe
def reading(request: Request, part: str = my_reading.LIST) -> HttpResponse:
    """One part of what somebody reads; nobody sees another's."""
    if part not in my_reading.PARTS:
        raise Http404
    rows = my_reading.rows(part, request.viewer)
    page = pagination.numbered(rows, request.GET.get("page"))
    context = {
        "part": part,
        "tabs": my_reading.tabs(part),
        "page": page,
        "shown": my_reading.shown(page.object_list, request.viewer),
    }
    return render(request, "knowledge/reading.html", context)


@require_POST
def note_reading(request: Request, key: Any) -> HttpResponse:
    """The page of an entry tells how far its reader has come."""
    if rates.seconds_to_wait("reading", request.user.pk):
        return HttpResponse(status=HTTPStatus.TOO_MANY_REQUESTS)
    found = _entry(request, key)
    language, progress = request.POST.get("language", ""), request.POST.get("progress", "")
    if language not in LANGUAGES or not PROGRESS.fullmatch(progress):
        return HttpResponseBadRequest()
    readings.note(user=request.user, entry=found, language=language, progress=int(progress))
    return HttpResponse(status=204)


@require_POST
def keep_entry(request: Request, key: Any) -> HttpResponse:
    """Put an entry on the reading list, or take it off."""
    found = _entry(request, key)
    change = readings.release if request.POST.get("keep") == "no" else readings.keep
    change(user=request.user, entry=found)
    if request.htmx:
        kept = found.pk in readings.kept_by(request.user.pk)
        return render(request, "knowledge/keep_button.html", {"entry": found, "is_kept": kept})
    return redirect(found)


def _entry(request: Request, key: Any) -> Entry:
    found: Entry = get_object_or_404(Entry.objects.visible_to(request.viewer).published(), key=key)
    return found
