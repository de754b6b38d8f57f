"""Where a lead's day begins: what waits for the leads of a community, gathered from the apps."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.declarations import DeskPanel, desk_panels
from people import community_header, declared_sections
from people.community_views import managed, visible
from people.models import Community
from people.requests import Request
from people.services import communities, memberships


@require_safe
def community_to_do(request: Request, slug: str) -> HttpResponse:
    """What waits for the community's leads."""
    community = managed(request, slug)
    panels = []
    for panel in sorted(desk_panels, key=_order):
        context = panel.context(request, community)
        if context is not None:
            panels.append({"template": panel.template, "context": context})
    header = community_header.context(request, community, community_header.MANAGE, tool="to-do")
    return render(request, "people/community_to_do.html", {**header, "panels": panels})


@require_POST
def arrange_sections(request: Request, slug: str) -> HttpResponse:
    """Which sections are shown (`shown`, once each) and in which order (`order`); `up` or `down` moves one."""
    community = managed(request, slug)
    order = _moved(community, request)
    hidden = [
        one for one in order if one != declared_sections.OVERVIEW and one not in request.POST.getlist("shown")
    ]
    try:
        communities.arrange_sections(community=community, by=request.user, order=order, hidden=hidden)
    except ValidationError:
        messages.error(request, _("There is no such section."))
    else:
        messages.success(request, _("Saved."))
    return redirect("arrange_community", slug)


@require_POST
def put_greeting_away(request: Request, slug: str) -> HttpResponse:
    """A new member has read the welcome."""
    community = visible(request, slug)
    memberships.put_greeting_away(user=request.user, community=community)
    return redirect(community)


def _moved(community: Community, request: Request) -> list[str]:
    """The order as it stands, with one section a place up or down. The overview stays first."""
    order = [section.slug for section in declared_sections.arranged(community.section_order)]
    for way, step in (("up", -1), ("down", 1)):
        slug = request.POST.get(way, "")
        if slug not in order:
            continue
        place = order.index(slug)
        other = place + step
        if place > 0 and 0 < other < len(order):
            order[place], order[other] = order[other], order[place]
    return order


def _order(panel: DeskPanel) -> int:
    return panel.order
