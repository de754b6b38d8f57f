"""The form with which curators say of words that they mean the same."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from search import analysis
from search.models import Synonyms
from search.query.synonyms import LONGEST

MOST_LINES = 12
LONGEST_LINE = 80


class SynonymsForm(WagtailAdminModelForm):
    """Saving is left to the service."""

    words = forms.CharField(
        label=_("Words"),
        max_length=MOST_LINES * (LONGEST_LINE + 2),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        help_text=_(
            "One word or short phrase a line; who looks for one finds all. Forms of a word count as the word."
        ),
    )

    class Meta:
        model = Synonyms
        fields = ["language", "words"]

    def clean_words(self) -> str:
        written = [" ".join(line.split()) for line in self.cleaned_data["words"].splitlines()]
        lines = list(
            {" ".join(analysis.words(line)): line for line in written if analysis.words(line)}.values()
        )
        if len(lines) < 2:
            raise ValidationError(_("Write at least two words, each in a line of its own."))
        if len(lines) > MOST_LINES or any(len(line) > LONGEST_LINE for line in lines):
            raise ValidationError(_("Twelve lines of 80 letters are the most."))
        long: Any = next((line for line in lines if len(analysis.words(line)) > LONGEST), None)
        if long:
            raise ValidationError(_("“%(line)s” is longer than four words."), params={"line": long})
        return "\n".join(lines)
