"""Merging and splitting competences in the admin, with a look beforehand at who and what that concerns."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permissions import policy_registry

from people import access, competence_holders
from people.competence_holders import Holders, holders
from people.models import Competence, User
from people.organisation_forms import NodeChoiceField, NodeChoicesField
from people.services import competences, trees

# Of each kind so many are shown to choose from; "all" means the others too.
SHOWN = 100


class MergeForm(forms.Form):
    """Which competence stays."""

    into = NodeChoiceField(
        queryset=Competence.objects.none(),
        label=gettext_lazy("Competence that stays"),
        help_text=gettext_lazy("What stands below the other is moved below it."),
    )

    def __init__(self, *args: Any, node: Competence, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Competence.objects.exclude(path__startswith=node.path).order_by("path")
        self.fields["into"].queryset = others  # type: ignore[attr-defined]  # of a choice field


class SplitForm(forms.Form):
    """Which competences the chosen get."""

    parts = NodeChoicesField(
        queryset=Competence.objects.order_by("path"),
        label=gettext_lazy("Competences in its place"),
        help_text=gettext_lazy("Choose the competence itself too where it is to stay beside the others."),
    )


class CompetenceStep(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """A page of the care of one competence, for whoever may change them."""

    model = Competence
    permission_required = "change"
    header_icon = "clipboard-list"

    @cached_property
    def permission_policy(self) -> Any:
        return policy_registry.get_by_type(Competence)

    @cached_property
    def object(self) -> Competence:
        found: Competence = get_object_or_404(Competence, pk=self.kwargs["pk"])
        return found

    @property
    def viewer(self) -> access.Viewer:
        return access.viewer_of(self.request.user)

    @property
    def person(self) -> User:
        return cast(User, self.request.user)

    def get_page_subtitle(self) -> str:
        return self.object.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("competence:index"), "label": _("Competences")},
            {"url": reverse("competence:edit", args=[self.object.pk]), "label": self.object.name},
            {"url": "", "label": self.get_page_title()},
        ]


class MergeCompetence(CompetenceStep):
    """Say which other competence takes this one's place."""

    form_class = MergeForm
    template_name = "people/admin/merge_competence.html"
    page_title = gettext_lazy("Merge competence")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "node": self.object}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            node=self.object, counts=competence_holders.counts(self.object, self.viewer), **kwargs
        )

    def form_valid(self, form: MergeForm) -> HttpResponse:
        name, into = self.object.name, form.cleaned_data["into"]
        try:
            competences.merge(competence=self.object, into=into, by=self.person)
        except trees.NodeRefused as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        text = _("“%(name)s” is merged into “%(into)s”.") % {"name": name, "into": into.name}
        messages.success(self.request, text)
        return redirect("competence:index")


class SplitCompetence(CompetenceStep):
    """Choose people and entries, and say which competences they get in the place of this one."""

    form_class = SplitForm
    template_name = "people/admin/split_competence.html"
    page_title = gettext_lazy("Split competence")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            node=self.object, groups=[self._group(each) for each in holders], **kwargs
        )

    def form_valid(self, form: SplitForm) -> HttpResponse:
        chosen = _chosen(self.object, self.viewer, self.request.POST)
        if not chosen:
            form.add_error(None, _("Choose at least one person or entry."))
            return self.form_invalid(form)
        try:
            count = competences.split(
                competence=self.object, chosen=chosen, parts=list(form.cleaned_data["parts"]), by=self.person
            )
        except trees.NodeRefused as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        text = ngettext("%(count)d has the new competences.", "%(count)d have the new competences.", count)
        messages.success(self.request, text % {"count": count})
        return redirect("competence:split", self.object.pk)

    def _group(self, each: Holders) -> dict[str, Any]:
        having = each.having(self.object, self.viewer)
        return {
            "kind": each.kind,
            "label": each.label,
            "total": having.count(),
            "rows": each.titled(having)[:SHOWN],
            "chosen": set(self.request.POST.getlist(each.kind)),
            "all": f"{each.kind}-all" in self.request.POST,
        }


def _chosen(competence: Competence, viewer: access.Viewer, data: QueryDict) -> Mapping[str, QuerySet[Any]]:
    """By kind, those that were ticked among the ones that may be seen."""
    found: dict[str, QuerySet[Any]] = {}
    for each in holders:
        having = each.having(competence, viewer)
        numbers = [value for value in data.getlist(each.kind) if value.isascii() and value.isdecimal()]
        if f"{each.kind}-all" in data:
            found[each.kind] = having
        elif numbers:
            found[each.kind] = having.filter(pk__in=[number for number in numbers if len(number) < 19])
    return found
