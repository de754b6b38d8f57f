"""Forms of the admin for the care of tags."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from core.fields import folded
from knowledge.choices import EntryKind
from knowledge.models import EntryPage, Tag
from people.access import Viewer
from people.models import Community
from people.querysets import any_case

LONGEST_NAME = 100


class TagForm(WagtailAdminModelForm):
    """The name alone: the address follows it, and says nothing that the name does not."""

    class Meta:
        model = Tag
        fields = ["name"]

    def clean_name(self) -> str:
        name: str = " ".join(self.cleaned_data["name"].split())
        if Tag.objects.filter(folded=folded(name)).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("There is such a tag already. Merge this one into it instead."))
        return name


class MergeForm(forms.Form):
    """Which tag stays."""

    into = forms.CharField(
        label=_("Tag that stays"),
        max_length=LONGEST_NAME,
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


class PagesFilter(forms.Form):
    """Which pages with a tag are meant."""

    q = forms.CharField(label=_("Words in the title"), required=False, max_length=200)
    community = forms.ModelChoiceField(
        Community.objects.none(), label=_("Community"), required=False, empty_label=_("All communities")
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        communities = Community.objects.visible_to(viewer).active().by_name(get_language() or "en")
        self.fields["community"].queryset = communities  # type: ignore[attr-defined]  # of a choice field
        self.fields["language"].choices = [("", _("All languages")), *settings.LANGUAGES]  # type: ignore[attr-defined]  # of a choice field
        self.fields["kind"].choices = [("", _("All kinds")), *EntryKind.choices]  # type: ignore[attr-defined]  # of a choice field

    def narrow(self, pages: QuerySet[EntryPage]) -> QuerySet[EntryPage]:
        """Those of `pages` that are meant; a filter that cannot be understood finds none."""
        if not self.is_bound:
            return pages
        if not self.is_valid():
            return pages.none()
        asked = self.cleaned_data
        for word in asked["q"].split():
            pages = pages.filter(title__regex=any_case(word))
        if asked["community"]:
            pages = pages.filter(entry__community=asked["community"])
        if asked["language"]:
            pages = pages.filter(locale__language_code=asked["language"])
        if asked["kind"]:
            pages = pages.filter(entry__kind=asked["kind"])
        return pages


class SplitForm(forms.Form):
    """Which tags the chosen pages get."""

    parts = forms.CharField(
        label=_("Tags in its place"),
        max_length=1000,
        help_text=_(
            "One or more, with commas between them. Name the tag itself too where it is to stay beside the others."
        ),
    )
    all = forms.BooleanField(required=False)
    page = forms.TypedMultipleChoiceField(required=False, coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbers = self.data.getlist("page") if self.is_bound else []  # type: ignore[attr-defined]  # of what was sent
        sound = [value for value in numbers if value.isascii() and value.isdecimal() and len(value) < 19]
        self.fields["page"].choices = [(value, value) for value in sound]  # type: ignore[attr-defined]  # of a choice field

    def clean_parts(self) -> list[str]:
        names = [" ".join(name.split()) for name in self.cleaned_data["parts"].replace("،", ",").split(",")]
        if any(len(name) > LONGEST_NAME for name in names):
            raise ValidationError(_("A tag has 100 letters at most."))
        return list(dict.fromkeys(filter(None, names)))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("all") and not cleaned.get("page") and not self.errors:
            raise ValidationError(_("Choose at least one page."))
        return cleaned
