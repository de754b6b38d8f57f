"""Merging two enterprises, from the page of one of them in the admin."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button

from knowledge.services import enterprise_mergers
from knowledge.services.enterprise_mergers import KINDS, MergerRefused
from people import access
from people.models import Unit
from people.requests import Request


class MergerForm(forms.Form):
    into = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Into"))
    understood = forms.BooleanField(label=gettext_lazy("I understand that this cannot be undone"))

    def __init__(self, *arguments: Any, source: Unit, **options: Any) -> None:
        super().__init__(*arguments, **options)
        others = Unit.objects.filter(kind__in=KINDS).exclude(pk=source.pk).order_by("name")
        self.fields["into"].queryset = others  # type: ignore[attr-defined]  # of a choice field


def merge_unit(request: Request, pk: int) -> HttpResponse:
    """Give what is recorded of one enterprise to another."""
    enterprise_mergers.require_permission(request.user)
    source: Unit = get_object_or_404(Unit, pk=pk, kind__in=KINDS)
    form = MergerForm(request.POST or None, source=source)
    if request.method == "POST" and form.is_valid():
        try:
            number = enterprise_mergers.merge(
                source=source,
                into=form.cleaned_data["into"],
                by=request.user,
            )
        except MergerRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            text = ngettext("%(number)d record was moved.", "%(number)d records were moved.", number)
            messages.success(request, text % {"number": number})
            return redirect("unit:edit", form.cleaned_data["into"].pk)
    context = {"form": form, "source": source, "header_icon": "site"}
    return render(request, "knowledge/admin/merge_unit.html", context)


def urls() -> list[Any]:
    return [path("units/merge/<int:pk>/", merge_unit, name="merge_unit")]


def button(unit: Unit, user: Any) -> list[Button]:
    """The way there, on the page of an enterprise."""
    if unit.kind not in KINDS or not access.viewer_of(user).may(enterprise_mergers.PERMISSION):
        return []
    url = reverse("merge_unit", args=[unit.pk])
    return [Button(_("Merge into another"), url=url, icon_name="resubmit", priority=30)]
