"""What is the same in every language of an entry: listed, exported and edited in the admin; born with its pages."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from core.table_files import TableFile
from knowledge.entry_filters import EntryIndexFilters
from knowledge.entry_forms import EntryForm
from knowledge.models import Entry, EntryPage
from knowledge.services import entry_details
from people.choosers import person_chooser_viewset


def languages(entry: Entry) -> str:
    """Those in which the entry is published."""
    return ", ".join(entry.languages)


class EntryList(TableFile, generic.IndexView):
    default_ordering = "-published_at"
    template_name = "knowledge/admin/report.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "offers_bulk": True}

    def get_base_queryset(self) -> QuerySet[Any]:
        ours = self.permission_policy.instances_user_has_permission_for(self.request.user, "change")
        return ours.titled(get_language() or "en").select_related("community", "owner", "enterprise")

    @property
    def is_searchable(self) -> bool:
        return True

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.is_searching:
            return queryset
        pages = EntryPage.objects.filter(entry=OuterRef("pk"), title__icontains=self.search_query)
        return queryset.filter(Exists(pages))


class Titled:
    """Mix into a view of one entry: its heading and what it logs name the entry as its readers do."""

    def get_object(self, *arguments: Any, **named: Any) -> Entry:
        found: Entry = super().get_object(*arguments, **named)  # type: ignore[misc]
        titled = Entry.objects.titled(get_language() or "en").filter(pk=found.pk)
        found.title = titled.values_list("title", flat=True).first()
        return found


class EntryHistory(Titled, generic.HistoryView):
    pass


class EntryUsage(Titled, generic.UsageView):
    pass


class EditEntry(Titled, generic.EditView):
    def save_instance(self) -> Entry:
        return entry_details.save(entry=self.form.instance, by=self.request.user, write=super().save_instance)


PANELS = [
    MultiFieldPanel(
        [
            FieldPanel("access"),
            FieldPanel("owner", widget=person_chooser_viewset.widget_class),
            FieldPanel("review_date"),
            FieldPanel("archive_reason", read_only=True),
        ],
        heading=_("Who may see it, who answers for it"),
    ),
    InlinePanel(
        "shares",
        panels=[FieldPanel("user", widget=person_chooser_viewset.widget_class), FieldPanel("unit")],
        heading=_("Who else may see it, if it is classified"),
        label=_("person or unit"),
    ),
    InlinePanel(
        "authors",
        panels=[FieldPanel("user", widget=person_chooser_viewset.widget_class)],
        heading=_("Authors"),
        label=_("author"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("enterprise"),
            FieldPanel("department"),
            FieldPanel("difficulty"),
            FieldPanel("competences"),
        ],
        heading=_("What it is about"),
    ),
    FieldRowPanel(
        [FieldPanel("effect_amount"), FieldPanel("effect_currency"), FieldPanel("effect_period")],
        heading=_("Economic effect"),
    ),
]


class EntryViewSet(ModelViewSet):
    model = Entry
    name = "entry"
    url_prefix = "entries"
    menu_label = _("All entries")
    icon = "list-ul"
    index_view_class = EntryList
    edit_view_class = EditEntry
    history_view_class = EntryHistory
    usage_view_class = EntryUsage
    copy_view_enabled = False
    edit_handler = ObjectList(PANELS, base_form_class=EntryForm)
    filterset_class = EntryIndexFilters
    list_display = [
        BulkActionsCheckboxColumn("bulk_actions", obj_type="entry"),
        TitleColumn(
            "title",
            label=_("Title"),
            url_name="entry:edit",
            sort_key="title",
            get_title_id=lambda entry: f"entry_{entry.pk}_title",
        ),
        "kind",
        Column("community", label=_("Community"), accessor="community", sort_key="community__name_en"),
        "access",
        Column("owner", label=_("Owner"), accessor="owner", sort_key="owner__name"),
        Column("languages", label=_("Languages"), accessor=languages),
        "review_date",
        "published_at",
    ]
    list_export = [
        "key",
        "title",
        "kind",
        "community",
        "access",
        "owner",
        "enterprise",
        "languages",
        "review_date",
        "published_at",
        "effect_amount",
        "effect_currency",
        "effect_period",
        "archive_reason",
    ]
    export_headings = {"key": _("Key"), "title": _("Title")}
    export_filename = "entries"

    def get_urlpatterns(self) -> list[Any]:
        """Without adding and deleting: an entry lives and dies with its pages."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name not in {"add", "delete"}]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(**{"add_url_name": None, "delete_url_name": None, **kwargs})
