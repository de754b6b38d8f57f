"""What does not go on without a curator: pages sent for review, and drafts that others have left."""

from typing import Any

from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState, get_default_page_content_type

from knowledge.models import EntryPage
from knowledge.permission_policies import explorable_pages
from knowledge.reports.listing import Field, Moment, PageReport, Report, page_fields


class Reviews(Report):
    name = "reviews"
    page_title = _("Sent for review")
    about = _("Pages that wait for your decision.")
    header_icon = "clipboard-list"
    model = TaskState
    # What Wagtail's rights on steps of reviews are does not matter: whoever may decide sees the step.
    permission_policy = None
    filterset_class = None
    title_sort_key = ""
    default_ordering = "started_at"
    fields = [
        Field("sent_by", _("Sent by"), lambda row: row.revision.user, "revision__user__name"),
        Field("started_at", _("Sent"), lambda row: row.started_at, "started_at", Moment),
    ]

    @classmethod
    def rows_of(cls, user: Any) -> QuerySet[TaskState]:
        """Steps of reviews that this person may decide, of pages that they may see."""
        seen = explorable_pages(user).annotate(text=Cast("pk", CharField())).values("text")
        steps: QuerySet[TaskState] = TaskState.objects.reviewable_by(user).filter(
            workflow_state__base_content_type=get_default_page_content_type(),
            workflow_state__object_id__in=seen,
        )
        return steps

    def listed(self, rows: Any) -> Any:
        return rows.select_related("revision__user")

    def title_of(self, row: Any) -> Any:
        return row.revision.object_str

    def mended_at(self, row: Any) -> str:
        return reverse("wagtailadmin_pages:edit", args=[row.revision.object_id])


class Drafts(PageReport):
    name = "drafts"
    page_title = _("Drafts of others")
    about = _("Pages with something unpublished that somebody else wrote and nobody has sent for review.")
    header_icon = "draft"
    title_sort_key = "draft_title"
    default_ordering = "-latest_revision_created_at"
    fields = [
        *page_fields()[:2],
        Field("author", _("Written by"), lambda row: row.owner, "owner__name"),
        Field(
            "updated",
            _("Updated"),
            lambda row: row.latest_revision_created_at,
            "latest_revision_created_at",
            Moment,
        ),
    ]

    @classmethod
    def rows_of(cls, user: Any) -> QuerySet[EntryPage]:
        in_review = TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS, workflow_state__object_id=Cast(OuterRef("pk"), CharField())
        )
        pages: QuerySet[EntryPage] = EntryPage.objects.filter(
            pk__in=explorable_pages(user).values("pk"), has_unpublished_changes=True
        )
        return pages.exclude(owner=user).filter(~Exists(in_review))

    def listed(self, rows: Any) -> Any:
        return super().listed(rows).select_related("owner")

    def title_of(self, row: Any) -> Any:
        return row.draft_title
