"""What of people/ waits for the leads of a community, each for one query."""

from typing import Any

from django.http import HttpRequest

from core import clock
from core.declarations import DeskPanel, desk_panels
from people import member_filter
from people.models import Community, Invitation

SHOWN = 5


def register() -> None:
    for name, context, order in (
        ("requests", requests, 10),
        ("open_invitations", open_invitations, 40),
    ):
        desk_panels.register(
            name, DeskPanel(name=name, template=f"people/desk/{name}.html", context=context, order=order)
        )


def requests(request: HttpRequest, community: Community) -> dict[str, Any] | None:
    """Who asks to come in."""
    found = list(member_filter.requests(community).for_listing()[: SHOWN + 1])
    return {"requests": found[:SHOWN], "has_more": len(found) > SHOWN} if found else None


def open_invitations(request: HttpRequest, community: Community) -> dict[str, Any] | None:
    """Who was invited by mail and has not answered, the longest ago first."""
    waiting = Invitation.objects.filter(
        community=community, revoked_at=None, uses_left__gt=0, expires_at__gt=clock.now()
    ).exclude(email="")
    found = list(waiting.select_related("invited_by").order_by("created_at", "pk")[: SHOWN + 1])
    return {"invitations": found[:SHOWN], "has_more": len(found) > SHOWN} if found else None
