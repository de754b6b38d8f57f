"""The first page of the admin: what waits, what lacks and what is new, for whoever looks after it.

Each figure counts the rows of the list that it leads to, by the same query.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from core import clock
from knowledge.models import Entry
from knowledge.reports.freshness import Freshness
from knowledge.reports.links import BrokenLinks
from knowledge.reports.listing import Report, entries_of
from knowledge.reports.missing import MissingDescription, MissingOwner, MissingSummary, MissingTranslation
from knowledge.reports.new import NEW, NewEntries
from knowledge.reports.readership import YEAR, Unread
from knowledge.reports.waiting import Drafts, Reviews
from people import access
from people.choices import CommunityState
from people.models import Community

SHOWN = 5


@dataclass(frozen=True)
class Row:
    title: str
    url: str
    detail: Any = ""


@dataclass(frozen=True)
class Figure:
    """A number, what it counts, and the list behind it; with its first rows, or what to say where there are none."""

    label: Any
    count: int
    url: str
    rows: list[Row] = field(default_factory=list)
    empty: Any = ""


def listed(report: type[Report], query: str = "") -> str:
    """Where the rows of a figure stand."""
    return reverse(f"catalogue_reports:{report.name}") + query


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
        waiting = Reviews.rows_of(user)
        pages = [
            Row(
                state.revision.object_str,
                reverse("wagtailadmin_pages:edit", args=[state.revision.object_id]),
                state.revision.user or "",
            )
            for state in waiting.select_related("revision__user").order_by("started_at")[:SHOWN]
        ]
        return Figure(
            label=_("Sent for review"),
            count=_counted(waiting, pages),
            url=listed(Reviews),
            rows=pages,
            empty=_("Nothing has been sent for review."),
        )

    def proposals(self, user: Any) -> Figure:
        proposed = Community.objects.visible_to(access.viewer_of(user)).filter(state=CommunityState.PROPOSED)
        rows = [
            Row(row.name, reverse("community_proposals"), row.proposed_by or "")
            for row in proposed.select_related("proposed_by").order_by("created_at")[:SHOWN]
        ]
        return Figure(
            label=_("Proposed communities"),
            count=_counted(proposed, rows),
            url=reverse("community_proposals"),
            rows=rows,
            empty=_("Nobody has proposed a community."),
        )

    def drafts(self, user: Any) -> Figure:
        drafts = Drafts.rows_of(user)
        rows = [
            Row(page.draft_title, reverse("wagtailadmin_pages:edit", args=[page.pk]), page.owner or "")
            for page in drafts.select_related("owner").order_by("-latest_revision_created_at")[:SHOWN]
        ]
        return Figure(
            label=_("Drafts of others"),
            count=_counted(drafts, rows),
            url=listed(Drafts),
            rows=rows,
            empty=_("There are no drafts of others."),
        )


class Standing(Component):
    """What nobody has looked at in time, what lacks something, and what has just come."""

    name = "standing"
    template_name = "cms/admin/start_panel.html"
    order = 200

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        user = parent_context["request"].user
        entries = entries_of(user)
        now = clock.now()
        wanted = {
            "stale": Entry.objects.stale(),
            "ownerless": Entry.objects.without_owner(),
            "untranslated": Entry.objects.without_translation(),
            "unread": Entry.objects.unread_since(now - YEAR),
            "new": Entry.objects.new_since(now - NEW),
        }
        counts = entries.order_by().aggregate(
            **{name: Count("pk", filter=Q(pk__in=rows.values("pk"))) for name, rows in wanted.items()}
        )
        figures = [
            Figure(
                label=_("Past their review date"),
                count=counts["stale"],
                url=listed(Freshness, "?" + urlencode({"state": "past"})),
                rows=_rows(entries.stale().order_by("review_date", "pk")),
                empty=_("Every entry has been looked at in time."),
            ),
            Figure(
                label=_("Published in the last two weeks"),
                count=counts["new"],
                url=listed(NewEntries),
                rows=_rows(entries.new_since(now - NEW).order_by("-published_at", "-pk")),
                empty=_("Nothing has been published in the last two weeks."),
            ),
        ]
        return {
            "id": self.name,
            "title": _("Stale and new"),
            "figures": figures,
            "tiles": list(self.tiles(user, counts)),
        }

    def tiles(self, user: Any, counts: dict[str, int]) -> Iterable[Figure]:
        yield Figure(_("Without an owner"), counts["ownerless"], listed(MissingOwner))
        for report in (MissingSummary, MissingDescription, BrokenLinks):
            yield Figure(report.page_title, report.rows_of(user).order_by().count(), listed(report))
        yield Figure(_("Without a translation"), counts["untranslated"], listed(MissingTranslation))
        yield Figure(_("Unread for a year"), counts["unread"], listed(Unread))


def _counted(rows: Any, shown: list[Row]) -> int:
    """How many there are; where not all are shown already, the database is asked."""
    return len(shown) if len(shown) < SHOWN else int(rows.order_by().count())


def _rows(entries: Any) -> list[Row]:
    titled = entries.titled((get_language() or "en").split("-")[0]).select_related("owner")[:SHOWN]
    return [Row(entry.title, reverse("entry:edit", args=[entry.pk]), entry.owner) for entry in titled]
