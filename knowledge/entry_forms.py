"""The form of the admin for what an entry has in all its languages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from people.models import Competence


class CompetenceChoices(forms.ModelMultipleChoiceField):
    """Competences in the order of their tree, each indented as deep as it lies."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return "\u2003" * (obj.depth - 1) + obj.name


class EntryForm(WagtailAdminModelForm):
    competences = CompetenceChoices(
        queryset=Competence.objects.order_by("path"), required=False, label=_("competences")
    )
