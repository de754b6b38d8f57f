"""Views of Wagtail and its companions that would show everybody everything, or ask for what we have elsewhere."""

from array import array
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag as FileTag
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.forms.account import LocalePreferencesForm
from wagtail.admin.views.account import (
    AccountView,
    AvatarSettingsPanel,
    BaseSettingsPanel,
    LocaleSettingsPanel,
    NameEmailSettingsPanel,
)
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.views.pages.search import SearchView
from wagtail.admin.views.reports.aging_pages import AgingPagesView
from wagtail.admin.views.reports.audit_logging import (
    LogEntriesView,
    SiteHistoryReportFilterSet,
    get_users_for_filter,
)
from wagtail.admin.views.reports.locked_pages import LockedPagesView
from wagtail.admin.views.reports.workflows import WorkflowTasksView, WorkflowView
from wagtail.contrib.redirects.views import IndexView as RedirectIndexView
from wagtail.documents.views.documents import UsageView as WagtailDocumentUsage
from wagtail.images.views.images import UsageView as WagtailImageUsage
from wagtail.models import Page
from wagtail_localize.views.report import TranslationsReportView

from cms import admin_guard
from core.table_files import BATCH, ReportFile, TableFile
from people import time_zones

MOST_TAGS = 10


class LanguageAndZone(LocalePreferencesForm):
    """Zones as people name them; the server's own is nobody's."""

    current_time_zone = forms.ChoiceField(required=False, choices=time_zones.choices, label=_("Time zone"))


class Account(AccountView):
    """What the admin alone asks of a person; names and photos are kept on the site, by everybody in the same place."""

    def get_panels(self) -> list[BaseSettingsPanel]:
        elsewhere = (NameEmailSettingsPanel, AvatarSettingsPanel)
        panels = [panel for panel in super().get_panels() if not isinstance(panel, elsewhere)]
        for panel in panels:
            if isinstance(panel, LocaleSettingsPanel):
                panel.form_class = LanguageAndZone
        return panels


class DiscreetUsage(UsageView):
    """Where something is used; a place that is not open to the person is said to be one, so that nobody deletes it
    unawares, and nothing more is said of it.
    """

    def get_table(self, object_list: Any, **kwargs: Any) -> Any:
        finder = AdminURLFinder(self.request.user)
        rows = []
        for thing, references in object_list:
            edit_url = finder.get_edit_url(thing)
            label = str(thing) if edit_url else _("Used where you may not look")
            title = _("Edit") if edit_url else None
            rows.append(
                {
                    "object": thing,
                    "references": references,
                    "edit_url": edit_url,
                    "label": label,
                    "edit_link_title": title,
                }
            )
        return super(UsageView, self).get_table(rows, **kwargs)


class ImageUsage(DiscreetUsage, WagtailImageUsage):
    pass


class DocumentUsage(DiscreetUsage, WagtailDocumentUsage):
    pass


class PageSearch(SearchView):
    """Wagtail's own says "1-2 of 2 None"."""

    verbose_name_plural = Page._meta.verbose_name_plural


class Redirects(TableFile, RedirectIndexView):
    """Addresses that lead elsewhere, without those of pages that are not for the person."""

    def get_base_queryset(self) -> Any:
        return (
            super().get_base_queryset().filter(pk__in=admin_guard.redirects(self.request.user).values("pk"))
        )


class TranslationsReport(ReportFile, TranslationsReportView):
    """Which translations wait for what."""

    def get_queryset(self) -> Any:
        ours = admin_guard.sources(self.request.user)
        return super().get_queryset().filter(source__in=ours).order_by("-source__last_updated_at", "-pk")


class SiteHistoryFilters(SiteHistoryReportFilterSet):
    def get_users_queryset(self) -> Any:
        """Wagtail's names whoever has ever worked on any page."""
        return get_users_for_filter(self.request.user)


class SiteHistory(ReportFile, LogEntriesView):
    filterset_class = SiteHistoryFilters
    log_models: list[Any]

    def keys(self, found: Any) -> Sequence[int]:
        """One number says which log, and which row of it."""
        logs = len(self.log_models)
        rows = found.iterator(chunk_size=BATCH)
        return array("q", (row["pk"] * logs + row["log_model_index"] for row in rows))

    def batch(self, found: Any, keys: Sequence[int]) -> Iterable[Any]:
        places = (divmod(key, len(self.log_models)) for key in keys)
        return self.completed([{"pk": pk, "log_model_index": log} for pk, log in places])


class LockedPages(ReportFile, LockedPagesView):
    pass


class AgingPages(ReportFile, AgingPagesView):
    pass


class Reviews(ReportFile, WorkflowView):
    pass


class ReviewTasks(ReportFile, WorkflowTasksView):
    pass


def suggest_tags(request: HttpRequest, app_name: str = "", model_name: str = "") -> JsonResponse:
    """Tags that begin as typed."""
    if (app_name, model_name) == ("knowledge", "tag"):
        tags: Any = admin_guard.tags(request.user)
    else:
        tags = FileTag.objects.filter(
            Q(people_images__in=admin_guard.pictures(request.user))
            | Q(people_documents__in=admin_guard.documents(request.user))
        ).distinct()
    term = request.GET.get("term", "")
    names = (
        tags.filter(name__istartswith=term).order_by("name").values_list("name", flat=True) if term else []
    )
    return JsonResponse(list(names[:MOST_TAGS]), safe=False)
