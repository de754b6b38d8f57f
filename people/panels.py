"""What people/ shows on the home page, each for one query."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.declarations import HomePanel, home_panels
from people import invitation_session, selectors
from people.access import Viewer, viewer_of
from people.choices import CommunityState
from people.models import Community, Invitation, Membership
from people.services import invitations

SHOWN = 5


def register() -> None:
    for name, context, order, aside in (
        ("invitation", invitation, 5, False),
        ("requests_waiting", requests_waiting, 10, False),
        ("proposals_waiting", proposals_waiting, 15, False),
        ("my_communities", my_communities, 20, True),
        ("communities_for_you", communities_for_you, 60, True),
    ):
        home_panels.register(
            name,
            HomePanel(
                name=name, template=f"people/panels/{name}.html", context=context, order=order, aside=aside
            ),
        )


def invitation(request: HttpRequest) -> dict[str, Any] | None:
    """The invitation that brought a newcomer here, until they answer it."""
    secret = invitation_session.current(request)
    if secret is None:
        return None
    try:
        found: Invitation = invitations.find(secret)
    except invitations.InvitationUnusable:
        invitation_session.forget(request)
        return None
    return {"invitation": found, "secret": secret}


def requests_waiting(request: HttpRequest) -> dict[str, Any] | None:
    """Who asked to join a community that the reader leads."""
    viewer = _viewer(request)
    if not viewer.leads:
        return None
    own = Membership.objects.leads().filter(user=viewer.user_id).values("community_id")
    waiting = Membership.objects.waiting().filter(
        community__in=own, community__state=CommunityState.ACTIVE, user__is_active=True
    )
    found = list(waiting.select_related("user__enterprise", "community").order_by("since", "pk")[: SHOWN + 1])
    return {"requests": found[:SHOWN], "has_more": len(found) > SHOWN} if found else None


def proposals_waiting(request: HttpRequest) -> dict[str, Any] | None:
    """Communities that wait for a curator."""
    viewer = _viewer(request)
    if not viewer.may("people.confirm_community"):
        return None
    waiting = Community.objects.visible_to(viewer).filter(state=CommunityState.PROPOSED)
    found = list(waiting.select_related("proposed_by").order_by("created_at", "pk")[: SHOWN + 1])
    return {"proposals": found[:SHOWN], "has_more": len(found) > SHOWN} if found else None


def my_communities(request: HttpRequest) -> dict[str, Any] | None:
    viewer = _viewer(request)
    memberships = Membership.objects.active().filter(
        user=viewer.user_id, community__state=CommunityState.ACTIVE
    )
    found = list(memberships.select_related("community").order_by("role", "-since", "pk")[: SHOWN + 3])
    return {"memberships": found} if found else None


def communities_for_you(request: HttpRequest) -> dict[str, Any] | None:
    """Open communities that suit what the person can do, with the reason said."""
    user: Any = request.user
    found = list(selectors.communities_to_join(user, _viewer(request))[:4])
    for community in found:
        community.why = _why(community)
    return {"communities": found} if found else None


def _why(community: Any) -> Any:
    if community.is_near:
        return _("About your skills")
    return _("Your colleagues are in it") if community.colleague_count else _("Open to all")


def _viewer(request: HttpRequest) -> Viewer:
    return viewer_of(request.user)
