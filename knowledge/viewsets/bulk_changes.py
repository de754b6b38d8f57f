"""What somebody has done to many entries: how far it is, what was refused and why, and the way back."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import BaseListingView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from core import pagination
from knowledge.choices import LASTING, BulkAction, BulkItemState, BulkState
from knowledge.models import BulkChange, Entry, Tag
from knowledge.services import bulk_changes
from knowledge.services.curation import Refusal
from knowledge.viewsets.reports import may_report
from people import access
from people.models import Community, User

A_PAGE = 50


def own(request: HttpRequest) -> Any:
    return BulkChange.objects.visible_to(access.viewer_of(request.user))


class Changes(BaseListingView):
    """One's own, the newest first."""

    template_name = "wagtailadmin/generic/listing.html"
    page_title = _("Bulk changes")
    header_icon = "tasks"
    default_ordering = "-asked_at"
    paginate_by = A_PAGE
    index_url_name = "bulk_change:index"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_report(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet[BulkChange]:
        changes: QuerySet[BulkChange] = own(self.request).with_counts()
        return changes

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn(
                "action",
                label=_("Action"),
                accessor="get_action_display",
                get_url=lambda change: reverse("bulk_change:one", args=[change.public_id]),
            ),
            Column("state", label=_("State"), accessor="get_state_display"),
            Column("total", label=_("Entries"), accessor="total"),
            Column("done", label=_("Done"), accessor="done_count"),
            Column("refused", label=_("Refused"), accessor="refused_count"),
            DateColumn("asked_at", label=_("Asked for"), sort_key="asked_at"),
        ]


class OneChange(WagtailAdminTemplateMixin, TemplateView):
    template_name = "knowledge/admin/bulk_change.html"
    header_icon = "tasks"

    @cached_property
    def change(self) -> Any:
        return get_object_or_404(own(self.request).with_counts(), public_id=self.kwargs["key"])

    def get_page_title(self) -> str:
        return str(BulkAction(self.change.action).label)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        changes = {"url": reverse("bulk_change:index"), "label": _("Bulk changes")}
        return [*self.breadcrumbs_items, changes, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        change = self.change
        left = {BulkState.UNDOING: change.done_count, BulkState.UNDONE: 0}.get(
            change.state, change.waiting_count
        )
        is_open = change.state in {BulkState.RUNNING, BulkState.UNDOING}
        stuck = bulk_changes.stands_still(change)
        page = pagination.numbered(change.items.order_by("state", "pk"), self.request.GET.get("p"), A_PAGE)
        return {
            **super().get_context_data(**kwargs),
            "change": change,
            "details": _details(change, self.request.user),
            "settled": change.total - left,
            "is_open": is_open,
            "stands_still": stuck,
            "may_cancel": change.state == BulkState.RUNNING,
            "may_resume": stuck or (change.state == BulkState.CANCELLED and change.waiting_count),
            "may_undo": change.done_count
            and change.state in {BulkState.RUNNING, BulkState.DONE, BulkState.CANCELLED}
            and change.action not in LASTING,
            "is_lasting": change.action in LASTING,
            "page": page,
            "rows": _rows(page.object_list, self.request.user),
        }


def _rows(items: Any, user: Any) -> list[dict[str, Any]]:
    """What became of each; an entry that is no longer for the person is not named."""
    items = list(items)
    seen = Entry.objects.visible_to(access.viewer_of(user)).filter(pk__in=[item.entry_id for item in items])
    titles = dict(seen.titled((get_language() or "en").split("-")[0]).order_by().values_list("pk", "title"))
    return [
        {
            "title": titles.get(item.entry_id, ""),
            "url": reverse("entry:edit", args=[item.entry_id]) if item.entry_id in titles else "",
            "state": BulkItemState(item.state).label,
            "reason": Refusal(item.refusal).label if item.refusal else "",
        }
        for item in items
    ]


def _details(change: BulkChange, user: Any) -> list[tuple[Any, Any]]:
    """What was asked for, in words."""
    arguments = change.arguments
    said: list[tuple[Any, Any]] = []
    if "owner" in arguments:
        said.append((_("New owner"), User.objects.filter(pk=arguments["owner"]).first()))
    if "community" in arguments:
        known = Community.objects.visible_to(access.viewer_of(user))
        community = known.filter(pk=arguments["community"]).first()
        said.append((_("Community"), community.name if community else ""))
    if "tags" in arguments:
        names = Tag.objects.filter(pk__in=arguments["tags"]).values_list("name", flat=True)
        said.append((_("Tags"), ", ".join(names)))
    if "review_date" in arguments:
        said.append((_("Review date"), arguments["review_date"]))
    for name, label in (("note", _("Note")), ("reason", _("Reason"))):
        if arguments.get(name):
            said.append((label, arguments[name]))
    return said


def _doing(verb: Callable[..., None]) -> Callable[..., HttpResponse]:
    @require_POST
    def view(request: HttpRequest, key: UUID) -> HttpResponse:
        change = get_object_or_404(own(request), public_id=key)
        try:
            verb(change=change, by=cast(User, request.user))
        except bulk_changes.BulkChangeRefused:
            messages.error(request, _("That is not possible any more."))
        return redirect("bulk_change:one", change.public_id)

    return view


class BulkChangeViewSet(ViewSet):
    name = "bulk_change"
    url_prefix = "bulk-changes"
    menu_label = _("Bulk changes")
    icon = "tasks"

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", Changes.as_view(), name="index"),
            path("<uuid:key>/", OneChange.as_view(), name="one"),
            path("<uuid:key>/cancel/", _doing(bulk_changes.cancel), name="cancel"),
            path("<uuid:key>/resume/", _doing(bulk_changes.resume), name="resume"),
            path("<uuid:key>/undo/", _doing(bulk_changes.undo), name="undo"),
        ]
