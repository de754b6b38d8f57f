"""What leads put on top of their community's overview, and which sections it shows."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from knowledge import cards
from knowledge.models import Entry, Pin
from knowledge.services import pins
from people import community_header, declared_sections
from people.choices import CommunityState
from people.community_views import managed
from people.models import Community
from people.requests import Request

OFFERED = 10
LONGEST = 100


@require_safe
def arrange_community(request: Request, slug: str) -> HttpResponse:
    """Sections and pins of a community, in the order of its leads; entries to pin are looked for by title."""
    community = managed(request, slug)
    pinned = Pin.objects.filter(community=community).visible_to(request.viewer)
    shown = cards.cards([each.entry for each in pinned.for_rows()], request.viewer)
    context = {
        **community_header.context(request, community, community_header.MANAGE, tool="arrangement"),
        "arranged": [
            {
                "section": section,
                "url": community_header.address(section, community),
                "is_shown": section.slug not in community.hidden_sections,
                "is_fixed": section.slug == declared_sections.OVERVIEW,
            }
            for section in declared_sections.arranged(community.section_order)
        ],
        "pinned": shown,
        "most": pins.MOST,
        "has_room": pinned.count() < pins.MOST and community.state == CommunityState.ACTIVE,
        "offered": cards.cards(_offered(request, community), request.viewer),
        "q": _question(request),
    }
    return render(request, "knowledge/arrange_community.html", context)


@require_POST
def pin_entry(request: Request, key: Any) -> HttpResponse:
    """Pin an entry on its community's overview, or take it down where `pin=no` is sent."""
    entry = _entry(request, key)
    if request.POST.get("pin") == "no":
        pins.take_down(entry=entry, by=request.user)
        messages.success(request, _("Taken down from the overview."))
    else:
        try:
            pins.pin(entry=entry, by=request.user)
        except pins.PinRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Pinned on the overview of the community."))
    return redirect(_back(request, entry))


@require_POST
def move_pin(request: Request, key: Any) -> HttpResponse:
    """A place up or down."""
    entry = _entry(request, key)
    pins.move(entry=entry, by=request.user, up=request.POST.get("way") == "up")
    return redirect("arrange_community", entry.community.slug)


def _entry(request: Request, key: Any) -> Entry:
    """An entry whose community the reader manages."""
    found: Entry = get_object_or_404(
        Entry.objects.visible_to(request.viewer).select_related("community"), key=key
    )
    managed(request, found.community.slug)
    return found


def _back(request: Request, entry: Entry) -> str:
    """Where the button stood, if that is a page of ours."""
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        return back
    return entry.get_absolute_url()


def _offered(request: Request, community: Community) -> Any:
    found = Entry.objects.visible_to(request.viewer).published().filter(community=community, pin=None)
    question = _question(request)
    if question:
        found = found.filter(pages__live=True, pages__title__icontains=question).distinct()
    return found.for_rows().order_by("-published_at", "-pk")[:OFFERED]


def _question(request: Request) -> str:
    return " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST]
