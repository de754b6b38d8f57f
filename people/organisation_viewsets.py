"""The organisation in the admin: units, competences, working calendars."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from core.table_files import TableFile
from people import time_zones
from people.competence_care import MergeCompetence, SplitCompetence
from people.models import Competence, Unit, WorkingCalendar
from people.organisation_forms import CompetenceForm, UnitForm, WorkingCalendarForm
from people.refusals import TellsRefusal
from people.requests import Request
from people.services import calendars, trees


class NodeColumn(TitleColumn):
    """A node's name, as deep as it stands: from the side where the page begins, whatever language the name is in."""

    def get_link_attrs(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        return {**super().get_link_attrs(instance, parent_context), "data-depth": instance.depth}


def zone_said(row: Any) -> str:
    return time_zones.said(row.time_zone)


class NodeList(TableFile, generic.IndexView):
    """In the order of the tree; a search leaves it."""

    default_ordering = "path"


class CompetenceList(NodeList):
    def get_base_queryset(self) -> QuerySet[Any]:
        experts = Count("experts", distinct=True)
        return Competence.objects.select_related("community").annotate(expert_count=experts)

    def get_list_more_buttons(self, instance: Competence) -> list[Any]:
        buttons: list[Any] = super().get_list_more_buttons(instance)
        return [*buttons, *_care_of(instance)] if self.user_has_permission("change") else buttons


class UnitList(NodeList):
    def get_base_queryset(self) -> QuerySet[Any]:
        return Unit.objects.select_related("calendar")


def _care_of(node: Competence) -> list[Button]:
    return [
        Button(
            _("Merge into another"),
            url=reverse("competence:merge", args=[node.pk]),
            icon_name="resubmit",
            priority=20,
        ),
        Button(
            _("Split"), url=reverse("competence:split", args=[node.pk]), icon_name="duplicate", priority=25
        ),
    ]


class AddNode(TellsRefusal, generic.CreateView):
    refusals = (trees.NodeRefused,)

    def save_instance(self) -> Any:
        parent = self.form.cleaned_data["parent"]
        return trees.add(node=self.form.node, parent=parent, by=self.request.user)


class EditNode(TellsRefusal, generic.EditView):
    refusals = (trees.NodeRefused,)

    def save_instance(self) -> Any:
        parent = self.form.cleaned_data["parent"]
        return trees.change(node=self.form.node, parent=parent, by=self.request.user)


class EditCompetence(EditNode):
    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, *_care_of(self.object)]


class EditUnit(EditNode):
    """Apps above add what else can be done with a unit by the hook `register_unit_buttons`."""

    @property
    def header_more_buttons(self) -> list[Any]:
        made = (hook(self.object, self.request.user) for hook in hooks.get_hooks("register_unit_buttons"))
        return [*super().header_more_buttons, *(button for buttons in made for button in buttons)]


class DeleteNode(generic.DeleteView):
    def form_valid(self, form: Any) -> HttpResponse:
        try:
            trees.remove(node=self.object, by=self.request.user)
        except trees.NodeRefused as error:
            messages.error(self.request, str(error))
            return redirect(self.get_success_url())
        messages.success(self.request, self.get_success_message())
        return redirect(self.get_success_url())


class NodeViewSet(ModelViewSet):
    index_view_class = NodeList
    add_view_class = AddNode
    edit_view_class = EditNode
    delete_view_class = DeleteNode
    copy_view_enabled = False
    list_per_page = 100


class UnitViewSet(NodeViewSet):
    model = Unit
    index_view_class = UnitList
    edit_view_class = EditUnit
    name = "unit"
    url_prefix = "units"
    menu_label = _("Units")
    icon = "site"
    list_filter = ["kind", "language"]
    search_fields = ["name", "short_name", "slug"]
    list_display = [
        NodeColumn("name", label=pgettext_lazy("of a thing", "Name"), accessor=str, url_name="unit:edit"),
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        Column("time_zone", label=_("Time zone"), accessor=zone_said),
        Column("calendar", label=_("Working calendar")),
    ]
    list_export = ["slug", "kind", "name", "short_name", "language", "time_zone"]
    export_filename = "units"

    def get_form_class(self, for_update: bool = False) -> type[UnitForm]:
        return UnitForm


class CompetenceViewSet(NodeViewSet):
    model = Competence
    index_view_class = CompetenceList
    edit_view_class = EditCompetence
    name = "competence"
    url_prefix = "competences"
    menu_label = _("Competences")
    icon = "clipboard-list"
    list_filter = ["community"]
    search_fields = ["name_en", "name_ru", "name_uk", "name_bg", "name_he", "slug"]
    list_display = [
        NodeColumn(
            "name", label=pgettext_lazy("of a thing", "Name"), accessor=str, url_name="competence:edit"
        ),
        Column("community", label=_("Community")),
        NumberColumn("expert_count", label=_("Experts")),
    ]
    list_export = ["slug", "name_en", "name_ru", "name_uk", "name_bg", "name_he"]
    export_filename = "competences"

    def get_form_class(self, for_update: bool = False) -> type[CompetenceForm]:
        return CompetenceForm

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("merge/<int:pk>/", MergeCompetence.as_view(), name="merge"),
            path("split/<int:pk>/", SplitCompetence.as_view(), name="split"),
        ]


class AddCalendar(generic.CreateView):
    def save_instance(self) -> WorkingCalendar:
        return _saved_calendar(self.form, self.request)


class EditCalendar(generic.EditView):
    def save_instance(self) -> WorkingCalendar:
        return _saved_calendar(self.form, self.request)


def _saved_calendar(form: WorkingCalendarForm, request: Request) -> WorkingCalendar:
    return calendars.save(
        calendar=form.instance,
        hours=form.hours,
        holidays=form.cleaned_data["holidays"],
        by=request.user,
    )


class WorkingCalendarViewSet(ModelViewSet):
    model = WorkingCalendar
    name = "working_calendar"
    url_prefix = "working-calendars"
    menu_label = _("Working calendars")
    icon = "calendar-alt"
    add_view_class = AddCalendar
    edit_view_class = EditCalendar
    copy_view_enabled = False
    search_fields = ["name", "time_zone"]
    list_display = ["name", Column("time_zone", label=_("Time zone"), accessor=zone_said)]

    def get_form_class(self, for_update: bool = False) -> type[WorkingCalendarForm]:
        return WorkingCalendarForm


class Organisation(ViewSetGroup):
    menu_label = _("Organisation")
    menu_icon = "site"
    menu_name = "organisation"
    menu_order = 130
    items = (UnitViewSet(), CompetenceViewSet(), WorkingCalendarViewSet())
