"""What of knowledge/ waits for the leads of a community."""

from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import WorkflowState

from core.declarations import CommunitySection, DeskPanel, community_tools, desk_panels
from knowledge.choices import CorrectionState
from knowledge.models import Correction, Entry, EntryPage
from people.access import viewer_of
from people.models import Community

SHOWN = 8


def register() -> None:
    for name, context, order in (
        ("corrections", corrections, 15),
        ("in_review", in_review, 20),
        ("stale", stale, 30),
    ):
        desk_panels.register(
            name, DeskPanel(name=name, template=f"knowledge/desk/{name}.html", context=context, order=order)
        )
    for slug, label, url_name, order in (
        ("arrangement", _("Sections and pins"), "arrange_community", 35),
        ("statistics", _("Statistics"), "community_statistics", 90),
    ):
        community_tools.register(
            slug, CommunitySection(slug=slug, label=label, url_name=url_name, order=order)
        )


def corrections(request: HttpRequest, community: Community) -> dict[str, Any] | None:
    """What readers would have changed in entries of the community, and nobody has decided; the longest ago first."""
    viewer = viewer_of(request.user)
    waiting = Correction.objects.decided_by(viewer).filter(state=CorrectionState.OPEN)
    of_here = waiting.filter(entry__community=community).exclude(entry__published_at=None).for_listing()
    found = list(of_here.order_by("suggested_at", "pk")[: SHOWN + 1])
    return {"rows": found[:SHOWN], "has_more": len(found) > SHOWN} if found else None


def in_review(request: HttpRequest, community: Community) -> dict[str, Any] | None:
    """Pages of the community that wait for a review, and drafts that nobody has published, newest first."""
    viewer = viewer_of(request.user)
    reviews = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS, object_id=Cast(OuterRef("pk"), CharField())
    )
    pages = (
        EntryPage.objects.visible_to(viewer)
        .filter(entry__community=community)
        .annotate(is_in_review=Exists(reviews))
        .filter(Q(is_in_review=True) | Q(live=False, first_published_at=None))
        .select_related("owner", "locale")
        .defer("body")
        .order_by("-latest_revision_created_at", "-pk")
    )
    found = list(pages[: SHOWN + 1])
    may_edit = viewer.may("wagtailadmin.access_admin")
    rows = [
        {
            "page": page,
            "is_in_review": page.is_in_review,
            "url": reverse("wagtailadmin_pages:edit", args=[page.pk]) if may_edit else "",
        }
        for page in found[:SHOWN]
    ]
    return {"rows": rows, "has_more": len(found) > SHOWN} if rows else None


def stale(request: HttpRequest, community: Community) -> dict[str, Any] | None:
    """Entries past the day on which somebody should have looked at them again, with who answers for each."""
    viewer = viewer_of(request.user)
    language = (get_language() or "en").split("-", maxsplit=1)[0]
    due = Entry.objects.visible_to(viewer).stale().filter(community=community).titled(language)
    found = list(due.select_related("owner").order_by("review_date", "pk")[: SHOWN + 1])
    rows = [{"entry": entry, "is_own": entry.owner_id == viewer.user_id} for entry in found[:SHOWN]]
    return {"rows": rows, "has_more": len(found) > SHOWN} if rows else None
