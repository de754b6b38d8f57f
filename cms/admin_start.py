"""The first page of the admin: what waits, what is stale and what is new, for whoever looks after it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.models import TaskState, get_default_page_content_type
from wagtail.permissions import policy_registry

from core import clock
from knowledge.models import Entry, EntryPage
from knowledge.permission_policies import explorable_pages
from people import access
from people.choices import CommunityState
from people.models import Community

SHOWN = 5
NEW_DAYS = 14


@dataclass(frozen=True)
class Row:
    title: str
    url: str
    detail: Any = ""


@dataclass(frozen=True)
class Figure:
    """A number, what it counts, and the list behind it with its first rows."""

    label: Any
    count: int
    url: str
    rows: list[Row]
    empty: Any


def reviews(user: Any) -> QuerySet[Any]:
    """Steps of reviews that this person may decide, of pages that they may see."""
    seen = explorable_pages(user).annotate(text=Cast("pk", CharField())).values("text")
    return TaskState.objects.reviewable_by(user).filter(
        workflow_state__base_content_type=get_default_page_content_type(), workflow_state__object_id__in=seen
    )


def drafts_of_others(user: Any) -> QuerySet[Any]:
    """Pages with something unpublished that somebody else wrote and nobody has sent for review."""
    in_review = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, workflow_state__object_id=Cast(OuterRef("pk"), CharField())
    )
    pages = EntryPage.objects.filter(pk__in=explorable_pages(user).values("pk"), has_unpublished_changes=True)
    return pages.exclude(owner=user).filter(~Exists(in_review))


def entries_of(user: Any) -> Any:
    """Entries that the person looks after."""
    return policy_registry.get_by_type(Entry).instances_user_has_permission_for(user, "change")


class Waiting(Component):
    """Reviews, proposals and drafts: what does not go on without a curator."""

    name = "waiting"
    template_name = "cms/admin/start_panel.html"
    order = 100

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        user = parent_context["request"].user
        figures = [self.reviews(user), self.drafts(user)]
        if access.viewer_of(user).may("people.confirm_community"):
            figures.insert(1, self.proposals(user))
        return {"id": self.name, "title": _("Waits for you"), "figures": figures}

    def reviews(self, user: Any) -> Figure:
        waiting = reviews(user).select_related("revision__user").order_by("started_at")
        pages = [
            Row(
                state.revision.object_str,
                reverse("wagtailadmin_pages:edit", args=[state.revision.object_id]),
                state.revision.user or "",
            )
            for state in waiting[:SHOWN]
        ]
        return Figure(
            label=_("Sent for review"),
            count=waiting.count(),
            url=reverse("wagtailadmin_reports:workflow_tasks") + "?status=in_progress",
            rows=pages,
            empty=_("Nothing has been sent for review."),
        )

    def proposals(self, user: Any) -> Figure:
        proposed = Community.objects.visible_to(access.viewer_of(user)).filter(state=CommunityState.PROPOSED)
        rows = proposed.select_related("proposed_by").order_by("created_at")[:SHOWN]
        return Figure(
            label=_("Proposed communities"),
            count=proposed.count(),
            url=reverse("community_proposals"),
            rows=[Row(row.name, reverse("community_proposals"), row.proposed_by or "") for row in rows],
            empty=_("Nobody has proposed a community."),
        )

    def drafts(self, user: Any) -> Figure:
        drafts = drafts_of_others(user)
        rows = drafts.select_related("owner").order_by("-latest_revision_created_at")[:SHOWN]
        return Figure(
            label=_("Drafts of others"),
            count=drafts.count(),
            url=reverse("entry_pages:index") + "?" + urlencode({"draft": "true"}),
            rows=[
                Row(page.draft_title, reverse("wagtailadmin_pages:edit", args=[page.pk]), page.owner or "")
                for page in rows
            ],
            empty=_("There are no drafts of others."),
        )


class Freshness(Component):
    """What nobody has looked at since its review date, and what has just come."""

    name = "freshness"
    template_name = "cms/admin/start_panel.html"
    order = 200

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        user = parent_context["request"].user
        return {"id": self.name, "title": _("Stale and new"), "figures": [self.stale(user), self.new(user)]}

    def stale(self, user: Any) -> Figure:
        stale = entries_of(user).stale()
        return Figure(
            label=_("Past their review date"),
            count=stale.count(),
            url=reverse("entry:index") + "?" + urlencode({"stale": "true"}),
            rows=_rows(stale.order_by("review_date", "pk")),
            empty=_("Every entry has been looked at in time."),
        )

    def new(self, user: Any) -> Figure:
        since = clock.now() - timedelta(days=NEW_DAYS)
        new = entries_of(user).filter(published_at__gte=since)
        return Figure(
            label=_("Published in the last two weeks"),
            count=new.count(),
            url=reverse("entry:index") + "?" + urlencode({"ordering": "-published_at"}),
            rows=_rows(new.order_by("-published_at", "-pk")),
            empty=_("Nothing has been published in the last two weeks."),
        )


def _rows(entries: Any) -> list[Row]:
    titled = entries.titled(get_language() or "en").select_related("owner")[:SHOWN]
    return [Row(entry.title, reverse("entry:edit", args=[entry.pk]), entry.owner) for entry in titled]
