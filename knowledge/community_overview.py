"""What the overview of a community shows to those inside."""

from datetime import timedelta
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from core import clock
from knowledge import cards, rendering
from knowledge.models import CommunityPage, Entry, Pin
from people import community_header
from people.choices import MembershipRole, MembershipState
from people.models import Community, Membership
from people.requests import Request

NEWEST = 6
# Who has been a member for longer needs no welcome any more.
NEW_FOR = timedelta(days=30)


def context(request: Request, page: CommunityPage) -> dict[str, Any]:
    """The variables of templates/knowledge/community_page.html."""
    community, viewer = page.community, request.viewer
    language = page.locale.language_code
    leads = Membership.objects.leads().filter(community=community).select_related("user__enterprise")
    header = community_header.context(request, community)
    shown = _shown(request, community)
    pinned = sorted(
        (entry for entry in shown if entry.pin_place is not None), key=lambda each: each.pin_place
    )
    newest = [entry for entry in shown if entry.pin_place is None][:NEWEST]
    drawn = {card.key: card for card in cards.cards(shown, viewer)}
    return {
        **header,
        "welcome": rendering.text_html(page.welcome, language, viewer),
        "content_language": language,
        "greeting": community.greeting_text if _is_new(header["membership"]) else "",
        "pinned": [drawn[str(entry.key)] for entry in pinned if str(entry.key) in drawn],
        "cards": [drawn[str(entry.key)] for entry in newest if str(entry.key) in drawn],
        "leads": leads.order_by("since", "pk"),
    }


def _shown(request: Request, community: Community) -> list[Any]:
    """The pinned entries and the newest, by one statement; `pin_place` says which is pinned."""
    of_community = Entry.objects.visible_to(request.viewer).published().filter(community=community)
    pins = Pin.objects.filter(community=community)
    newest = of_community.exclude(pk__in=pins.values("entry_id")).order_by("-published_at", "-pk")
    wanted = Q(pk__in=pins.values("entry_id")) | Q(pk__in=newest.values("pk")[:NEWEST])
    place = pins.filter(entry=OuterRef("pk")).order_by().values("place")[:1]
    return list(
        of_community.filter(wanted)
        .annotate(pin_place=Subquery(place))
        .for_rows()
        .order_by("-published_at", "-pk")
    )


def _is_new(membership: Membership | None) -> bool:
    """A member, not a lead, since a short while, who has not put the welcome away."""
    return (
        membership is not None
        and membership.state == MembershipState.ACTIVE
        and membership.role == MembershipRole.MEMBER
        and membership.greeted_at is None
        and membership.since > clock.now() - NEW_FOR
    )
