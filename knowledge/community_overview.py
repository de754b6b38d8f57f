"""What the overview of a community shows to those inside."""

from typing import Any

from knowledge import cards, rendering
from knowledge.models import CommunityPage, Entry
from people import community_header
from people.models import Membership
from people.requests import Request

NEWEST = 6


def context(request: Request, page: CommunityPage) -> dict[str, Any]:
    """The variables of templates/knowledge/community_page.html."""
    community, viewer = page.community, request.viewer
    language = page.locale.language_code
    newest = Entry.objects.visible_to(viewer).published().filter(community=community).for_rows()
    leads = Membership.objects.leads().filter(community=community).select_related("user__enterprise")
    return {
        **community_header.context(request, community),
        "welcome": rendering.text_html(page.welcome, language, viewer),
        "content_language": language,
        "cards": cards.cards(newest.order_by("-published_at", "-pk")[:NEWEST], viewer),
        "leads": leads.order_by("since", "pk"),
    }
