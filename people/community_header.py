"""What stands above every page of a community: names, standing, tabs."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from core.declarations import CommunitySection, community_tools
from people import access, declared_sections
from people.access import Viewer
from people.choices import MembershipRole, MembershipState
from people.models import Community, Membership
from people.requests import Request

# What the reader wrote to a community's leads and could not send, until it is shown again.
UNSENT = "unsent_message"
# What the pages of the leads count as, beside the sections.
MANAGE = "manage"


def context(
    request: Request, community: Community, current: str = "overview", tool: str = ""
) -> dict[str, Any]:
    """The variables of templates/people/community_header.html; costs one query, for leads none.

    `current` is a section's slug, `tool` that of a tool of the leads. Raises Http404 in a section that the community
    does not show, but for those who manage it.
    """
    viewer = request.viewer
    is_manager = access.manages(viewer, community)
    is_hidden = current in community.hidden_sections
    if is_hidden and not is_manager:
        raise Http404
    is_inside = access.is_inside(viewer, community)
    return {
        "community": community,
        "membership": _membership(viewer, community),
        "unsent_message": _unsent(request, community),
        "is_inside": is_inside,
        "is_manager": is_manager,
        "is_hidden_section": is_hidden,
        "sections": sections(community, viewer, current) if is_inside and current != MANAGE else [],
        "tools": tools(community, viewer, tool) if is_manager and tool else [],
        "current": current,
        "crumbs": [
            {"label": _("Communities"), "url": reverse("communities")},
            {"label": community.name, "url": "" if current == "overview" else community.get_absolute_url()},
        ],
        "cleared_until": dict(viewer.glass).get(community.pk) if community.pk in viewer.cleared else None,
    }


def _membership(viewer: Viewer, community: Community) -> Membership | None:
    """What the viewer is in the community; of its leads all that is shown is known without asking."""
    if viewer.user_id is None:
        return None
    if community.pk in viewer.leads:
        return Membership(
            user_id=viewer.user_id,
            community=community,
            state=MembershipState.ACTIVE,
            role=MembershipRole.LEAD,
        )
    return Membership.objects.filter(user=viewer.user_id, community=community).first()


def _unsent(request: Request, community: Community) -> str:
    kept = request.session.get(UNSENT)
    if not kept or kept["community"] != community.slug:
        return ""
    return str(request.session.pop(UNSENT)["message"])


def sections(community: Community, viewer: Viewer, current: str) -> list[dict[str, Any]]:
    """The tabs that this viewer may open, in the community's order."""
    return [
        {"label": section.label, "url": address(section, community), "is_current": section.slug == current}
        for section in declared_sections.arranged(community.section_order)
        if section.slug not in community.hidden_sections and section.shown(community, viewer)
    ]


def tools(community: Community, viewer: Viewer, current: str) -> list[dict[str, Any]]:
    """The tabs of those who manage it."""
    return [
        {"label": tool.label, "url": address(tool, community), "is_current": tool.slug == current}
        for tool in sorted(community_tools, key=lambda tool: tool.order)
        if tool.shown(community, viewer)
    ]


def address(section: CommunitySection, community: Community) -> str:
    return reverse(section.url_name, kwargs={"slug": community.slug, **section.arguments})
