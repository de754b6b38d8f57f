"""What stands above every page of a community: names, standing, tabs."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.declarations import CommunitySection, community_sections
from people import access
from people.access import Viewer
from people.models import Community, Membership
from people.requests import Request

# What the reader wrote to a community's leads and could not send, until it is shown again.
UNSENT = "unsent_message"


def context(request: Request, community: Community, current: str = "overview") -> dict[str, Any]:
    """The variables of templates/people/community_header.html; costs one query. `current` is a section's slug."""
    viewer = request.viewer
    membership = None
    if viewer.is_employee:
        membership = Membership.objects.filter(user=viewer.user_id, community=community).first()
    is_inside = access.is_inside(viewer, community)
    return {
        "community": community,
        "membership": membership,
        "unsent_message": _unsent(request, community),
        "is_inside": is_inside,
        "is_manager": access.manages(viewer, community),
        "sections": sections(community, viewer, current) if is_inside else [],
        "current": current,
        "crumbs": [
            {"label": _("Communities"), "url": reverse("communities")},
            {"label": community.name, "url": "" if current == "overview" else community.get_absolute_url()},
        ],
        "cleared_until": dict(viewer.glass).get(community.pk) if community.pk in viewer.cleared else None,
    }


def _unsent(request: Request, community: Community) -> str:
    kept = request.session.get(UNSENT)
    if not kept or kept["community"] != community.slug:
        return ""
    return str(request.session.pop(UNSENT)["message"])


def sections(community: Community, viewer: Viewer, current: str) -> list[dict[str, Any]]:
    """The tabs that this viewer may open, in order."""
    return [
        {"label": section.label, "url": _address(section, community), "is_current": section.slug == current}
        for section in sorted(community_sections, key=lambda section: section.order)
        if section.shown(community, viewer)
    ]


def _address(section: CommunitySection, community: Community) -> str:
    return reverse(section.url_name, kwargs={"slug": community.slug, **section.arguments})
