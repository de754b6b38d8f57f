"""What is asked of whoever opens, changes or closes a topic."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.forms import HouseStyle
from knowledge.services.topics import MOST_COMPETENCES
from people.choices import Access
from people.models import Competence
from social.services.messages import LONGEST


class TopicForm(HouseStyle, forms.Form):
    """What a topic is about. Its access is within that of its community, whatever is chosen."""

    title = forms.CharField(
        label=_("Title"),
        help_text=_("The question or the case in one line."),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    description = forms.CharField(
        label=_("What it is about"),
        help_text=_("A sentence or two, shown in the list."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    competences: "forms.ModelMultipleChoiceField[Competence]" = forms.ModelMultipleChoiceField(
        Competence.objects.order_by("path"), label=_("Competences"), required=False
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    access = forms.ChoiceField(
        label=_("Who reads it"),
        choices=[
            (Access.OPEN, _("Whoever may read the community")),
            (Access.CLOSED, _("Members of the community")),
            (Access.CLASSIFIED, _("Its leads and you alone")),
        ],
    )

    def clean_competences(self) -> tuple[Competence, ...]:
        chosen = tuple(self.cleaned_data["competences"])
        if len(chosen) > MOST_COMPETENCES:
            raise forms.ValidationError(
                _("Choose at most %(number)d competences."), params={"number": MOST_COMPETENCES}
            )
        return chosen


class NewTopicForm(TopicForm):
    """The same with its first message."""

    text = forms.CharField(
        label=_("First message"),
        help_text=_(
            "Say what happened, what you have tried and what you would like to know. Markdown works."
        ),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
    token = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ("title", "text", "description")


class CloseTopicForm(HouseStyle, forms.Form):
    outcome = forms.CharField(
        label=_("What came of it"),
        help_text=_("One or two sentences for those who look for this later."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
