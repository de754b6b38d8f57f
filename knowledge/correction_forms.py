from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import HouseStyle

ACCEPT, DECLINE = "accept", "decline"


class CorrectionForm(HouseStyle, forms.Form):
    quoted = forms.CharField(
        label=_("Which passage do you mean?"),
        help_text=_("What you had selected in the text stands here; or copy the sentence."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "data-takes-passage": ""}),
    )
    proposed = forms.CharField(
        label=_("How should it read, and why?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )


class CorrectionDecisionForm(HouseStyle, forms.Form):
    """Who declines says why; who accepts may leave it at that."""

    decision = forms.ChoiceField(choices=[(ACCEPT, ACCEPT), (DECLINE, DECLINE)], widget=forms.HiddenInput)
    answer = forms.CharField(
        label=_("Your answer"),
        help_text=_("It is mailed to who made the suggestion. Say why if you decline."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("decision") == DECLINE and not cleaned.get("answer") and "answer" not in self.errors:
            self.add_error("answer", _("Say why you decline: somebody took the trouble to write to you."))
        return cleaned
