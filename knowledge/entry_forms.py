"""Forms of the admin for entries and tags."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from knowledge.models import Tag
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


class TagForm(WagtailAdminModelForm):
    """The address of a tag follows from its name."""

    class Meta:
        model = Tag
        fields = ["name"]

    def clean_name(self) -> str:
        name: str = " ".join(self.cleaned_data["name"].split())
        if Tag.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("There is such a tag already. Merge this one into it instead."))
        return name


class MergeForm(forms.Form):
    """Which tag stays."""

    into = forms.CharField(
        label=_("Tag that stays"),
        max_length=100,
        help_text=_("Write its name as it is. Pages that have this tag will have that one instead."),
    )

    def __init__(self, *args: Any, tags: Any, merged: Tag, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tags = tags.exclude(pk=merged.pk)

    def clean_into(self) -> Tag:
        found = self.tags.filter(name__iexact=self.cleaned_data["into"].strip()).first()
        if found is None:
            raise ValidationError(_("There is no other tag of this name."))
        return found
