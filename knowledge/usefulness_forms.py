from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import HouseStyle

YES, NO, NONE = "yes", "no", "none"
LONGEST = 2000


class UsefulnessForm(HouseStyle, forms.Form):
    """The answer comes with the button that is pressed; the text only from those whom the entry did not help."""

    useful = forms.ChoiceField(choices=[(each, each) for each in (YES, NO, NONE)], widget=forms.HiddenInput)
    missing = forms.CharField(
        label=_("What is missing?"),
        help_text=_("The owner of the entry reads it, with your name."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("useful") != NO:
            cleaned["missing"] = ""
        return cleaned
