"""The members of a community as a list shows them and as an address filters them."""

from django.http import QueryDict

from people.access import Viewer
from people.choices import CommunityState, MembershipRole
from people.models import Community, Membership, User
from people.querysets import MembershipQuerySet

FIELDS = ("q", "role", "enterprise")
LONGEST = 100


def members(community: Community, viewer: Viewer, query: QueryDict) -> MembershipQuerySet:
    """Leads first, then by name; what the address asks for and does not exist is passed over, or finds nobody."""
    found = User.objects.visible_to(viewer)
    text = " ".join(query.get("q", "").replace("\0", "").split())[:LONGEST]
    if text:
        found = found.matching(text)
    rows = Membership.objects.active().filter(community=community)
    if text or not viewer.may("people.view_directory"):
        rows = rows.filter(user__in=found)
    rows = rows.filter(user__is_active=True)
    if query.get("role") in MembershipRole.values:
        rows = rows.filter(role=query["role"])
    enterprise = query.get("enterprise", "").replace("\0", "")
    if enterprise:
        rows = rows.filter(user__enterprise__slug=enterprise)
    return rows.order_by("role", "user__name", "pk")


def requests(community: Community) -> MembershipQuerySet:
    """Who asks to come in, the longest waiting first."""
    if community.state != CommunityState.ACTIVE:
        return Membership.objects.none()
    waiting = Membership.objects.waiting().filter(community=community, user__is_active=True)
    return waiting.order_by("since", "pk")
