"""What is asked before something is done to many entries."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from taggit.forms import TagField
from wagtail.admin.widgets import AdminDateInput, AdminTagWidget

from core import clock
from knowledge.models import Tag
from knowledge.reading import next_review_date
from knowledge.services import tags
from people import access
from people.choosers import person_chooser_viewset
from people.models import Community, User


class BulkForm(forms.Form):
    """`token` makes the same form, sent twice, one change."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.viewer = access.viewer_of(by)

    def arguments(self) -> dict[str, Any]:
        """What the change keeps of the answers, as JSON can."""
        return {}


class HandOverForm(BulkForm):
    owner = forms.ModelChoiceField(
        label=_("New owner"), queryset=User.objects.none(), widget=person_chooser_viewset.widget_class
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands in the mail that the new owner gets."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The stubs know form fields by their base class, which has no rows to choose from; so below.
        self.fields["owner"].queryset = User.objects.visible_to(self.viewer)  # type: ignore[attr-defined]  # of a choice field

    def arguments(self) -> dict[str, Any]:
        return {"owner": self.cleaned_data["owner"].pk, "note": self.cleaned_data["note"].strip()}


class ReviewDateForm(BulkForm):
    review_date = forms.DateField(label=_("Review date"), widget=AdminDateInput, initial=next_review_date)

    def clean_review_date(self) -> Any:
        day = self.cleaned_data["review_date"]
        if day < clock.today():
            raise forms.ValidationError(_("This day is over."))
        return day

    def arguments(self) -> dict[str, Any]:
        return {"review_date": self.cleaned_data["review_date"].isoformat()}


class MoveForm(BulkForm):
    community = forms.ModelChoiceField(label=_("Community"), queryset=Community.objects.none())
    with_files = forms.BooleanField(
        label=_("Move their files too"),
        required=False,
        initial=True,
        help_text=_("Files that others use as well stay where they are."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        managed = Community.objects.managed_by(self.viewer).order_by("name_en")
        self.fields["community"].queryset = managed  # type: ignore[attr-defined]  # of a choice field

    def arguments(self) -> dict[str, Any]:
        return {
            "community": self.cleaned_data["community"].pk,
            "with_files": self.cleaned_data["with_files"],
        }


class TagsForm(BulkForm):
    tags = TagField(label=_("Tags"), widget=AdminTagWidget(tag_model=Tag))

    def known(self) -> list[Tag]:
        wanted = [Tag.objects.filter(name__iexact=name).first() for name in self.cleaned_data["tags"]]
        return [tag for tag in wanted if tag is not None]

    def arguments(self) -> dict[str, Any]:
        return {"tags": [tag.pk for tag in self.known()]}


class AddTagsForm(TagsForm):
    """Tags that are not there yet are made, by those who may."""

    def arguments(self) -> dict[str, Any]:
        known = self.known()
        names = {tag.name.lower() for tag in known}
        new = [name for name in self.cleaned_data["tags"] if name.lower() not in names]
        return {"tags": [tag.pk for tag in (*known, *(tags.create(name=name, by=self.by) for name in new))]}

    def clean_tags(self) -> Any:
        wanted = self.cleaned_data["tags"]
        may_make = self.viewer.may("knowledge.add_tag")
        lacking = [name for name in wanted if not Tag.objects.filter(name__iexact=name).exists()]
        if lacking and not may_make:
            raise forms.ValidationError(_("There is no tag “%(name)s”."), params={"name": lacking[0]})
        return wanted


class RemoveTagsForm(TagsForm):
    def clean_tags(self) -> Any:
        wanted = self.cleaned_data["tags"]
        if not self.known():
            raise forms.ValidationError(_("There is no tag “%(name)s”."), params={"name": wanted[0]})
        return wanted


class ArchiveForm(BulkForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept with each entry, for those who look for it later."),
    )

    def arguments(self) -> dict[str, Any]:
        return {"reason": self.cleaned_data["reason"].strip()}
