from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import HouseStyle
from people.access import Viewer
from people.choices import SavedList
from people.models import Community


def own_communities(viewer: Viewer) -> Any:
    """Those that the person may share with: they are in them."""
    return Community.objects.active().filter(pk__in=viewer.memberships).order_by("name_en")


class CommunityChoice(forms.ModelChoiceField):
    """One of the communities that the person is in."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            Community.objects.none(),
            required=False,
            empty_label=_("Nobody: only I see it"),
            label=_("Share with a community"),
            **options,
        )

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class SaveViewForm(HouseStyle, forms.Form):
    list = forms.ChoiceField(choices=SavedList.choices, widget=forms.HiddenInput)
    query = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name of the view"), max_length=100)
    community = CommunityChoice()
    follow = forms.BooleanField(label=_("Tell me of what is new in it"), required=False)

    def __init__(self, *arguments: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["community"].queryset = own_communities(viewer)  # type: ignore[attr-defined]  # of a choice field


class ShareViewForm(HouseStyle, forms.Form):
    community = CommunityChoice()

    def __init__(self, *arguments: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["community"].queryset = own_communities(viewer)  # type: ignore[attr-defined]  # of a choice field
