from typing import Any

from django import forms
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from core.forms import HouseStyle
from people import pictures, time_zones
from people.choices import Theme
from people.models import Community, Competence, User
from people.scopes import SCOPES
from people.services.people import Profile

MOST_OTHER_SKILLS = 20
LONGEST_SKILL = 80


def reading_language_choices() -> list[tuple[str, str]]:
    """Languages by their own names: those of the interface first."""
    own = dict(settings.LANGUAGES)
    others = {
        code: str(info["name_local"]).capitalize()
        for code, info in LANG_INFO.items()
        if "-" not in code and "name_local" in info and code not in own
    }
    return [*own.items(), *sorted(others.items(), key=lambda choice: choice[1])]


class CompetenceTreeField(forms.ModelMultipleChoiceField):
    """Competences, chosen branch by branch."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Competence.objects.all(), widget=forms.CheckboxSelectMultiple, required=False, **kwargs
        )

    def branches(self, chosen: set[int]) -> list[dict[str, Any]]:
        """For a template: each top competence with those below it, and whether any of them is chosen."""
        branches: list[dict[str, Any]] = []
        for node in Competence.objects.order_by("path"):
            if node.is_root():
                branches.append({"name": node.name, "nodes": [], "chosen": 0})
            branches[-1]["nodes"].append({"pk": node.pk, "name": node.name, "is_chosen": node.pk in chosen})
            branches[-1]["chosen"] += node.pk in chosen
        return branches


class ProfileForm(HouseStyle, forms.ModelForm):
    other_skills = forms.CharField(
        label=_("Other skills"),
        required=False,
        max_length=MOST_OTHER_SKILLS * LONGEST_SKILL,
        help_text=_("What the list does not have, separated by commas."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    skills = CompetenceTreeField(label=_("Skills"))
    reading_languages = forms.MultipleChoiceField(
        label=_("Languages you read and answer in"),
        choices=reading_language_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = User
        fields = ["name", "job", "about"]
        widgets = {
            "name": forms.TextInput(attrs={"dir": "auto", "autocomplete": "name"}),
            "job": forms.TextInput(attrs={"dir": "auto", "autocomplete": "organization-title"}),
            "about": forms.Textarea(attrs={"dir": "auto", "rows": 5}),
        }
        help_texts = {
            "name": _("As your colleagues know you."),
            "about": _("What you work on, and what you can be asked about."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("skills", [skill.pk for skill in self.instance.skills.all()])
        self.initial["other_skills"] = ", ".join(self.instance.other_skills)
        self.initial["reading_languages"] = self.instance.reading_languages

    @property
    def branches(self) -> list[dict[str, Any]]:
        field = self.fields["skills"]
        assert isinstance(field, CompetenceTreeField)
        chosen = {int(pk) for pk in self["skills"].value() or [] if str(pk).isdigit()}
        return field.branches(chosen)

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_other_skills(self) -> list[str]:
        words = [" ".join(word.split()) for word in self.cleaned_data["other_skills"].split(",")]
        skills = list(dict.fromkeys(word for word in words if word))
        if len(skills) > MOST_OTHER_SKILLS:
            raise forms.ValidationError(
                ngettext("At most %(number)d skill.", "At most %(number)d skills.", MOST_OTHER_SKILLS)
                % {"number": MOST_OTHER_SKILLS}
            )
        if any(len(skill) > LONGEST_SKILL for skill in skills):
            raise forms.ValidationError(_("One of them is longer than 80 characters. Say it more shortly."))
        return skills

    @property
    def profile(self) -> Profile:
        data = self.cleaned_data
        return Profile(
            name=data["name"],
            job=data["job"],
            about=data["about"],
            skills=list(data["skills"]),
            other_skills=data["other_skills"],
            reading_languages=data["reading_languages"],
        )


class PhotoForm(HouseStyle, forms.Form):
    photo = forms.FileField(
        label=_("Photo"),
        help_text=_("JPEG, PNG or WebP, up to 5 MB. Only the picture is kept, not where it was taken."),
        error_messages={"required": _("Choose a picture first."), "empty": _("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": pictures.ACCEPT}),
    )

    def refuse(self, error: pictures.PictureRefused | forms.ValidationError) -> None:
        self.add_error("photo", error if isinstance(error, forms.ValidationError) else str(error))

    @property
    def upload(self) -> "UploadedFile[Any]":
        return self.cleaned_data["photo"]


class PreferencesForm(HouseStyle, forms.ModelForm):
    language = forms.ChoiceField(label=_("Language of the interface"), choices=settings.LANGUAGES)
    theme = forms.ChoiceField(label=_("Theme"), choices=Theme.choices)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=time_zones.choices,
        help_text=_(
            "Times are shown in it, with the zone said; colleagues see what time it is where you are."
        ),
    )

    class Meta:
        model = User
        fields = ["language", "theme", "time_zone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.instance.time_zone
        if kept not in time_zones.names():  # an old name of a zone stays until another is chosen
            field = self.fields["time_zone"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(kept, time_zones.said(kept)), *time_zones.choices()]


class WelcomeForm(HouseStyle, forms.ModelForm):
    """The first minute: how the site speaks, and which communities to begin with."""

    language = forms.ChoiceField(label=_("Language of the interface"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones.choices)
    reading_languages = forms.MultipleChoiceField(
        label=_("Languages you read and answer in"),
        choices=reading_language_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    communities = forms.ModelMultipleChoiceField(
        label=_("Communities"),
        queryset=Community.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = User
        fields = ["language", "time_zone"]

    def __init__(self, *args: Any, joinable: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["communities"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = joinable
        self.initial["reading_languages"] = self.instance.reading_languages or [self.initial["language"]]


def days_offered() -> list[tuple[int, str]]:
    """For how long a token may be valid, in the words of whoever is asked."""
    return [
        (days, ngettext("%(number)d day", "%(number)d days", days) % {"number": days})
        for days in (7, 30, 90, 365)
    ]


class TokenForm(HouseStyle, forms.Form):
    name = forms.CharField(
        label=pgettext_lazy("of a thing", "Name"),
        max_length=100,
        help_text=_("What will use it, so that you know it again."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may be used for"),
        choices=list(SCOPES.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what the token may be used for.")},
    )
    days = forms.TypedChoiceField(
        label=_("Valid for"),
        coerce=int,
        choices=days_offered,
        initial=90,
    )
