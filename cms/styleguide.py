"""The page that shows every component with example data; visual and accessibility tests visit it."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from cms import styleguide_examples
from cms.context_processors import THEMES
from people.choices import Focus


class ExampleForm(forms.Form):
    """One field of each sort that forms of the site have."""

    title = forms.CharField(
        max_length=80, help_text="What would a colleague type to find it?", label="Title of the practice"
    )
    summary = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}), label="In two sentences", required=False
    )
    difficulty = forms.ChoiceField(
        choices=[("beginner", "Beginner"), ("basic", "Basic"), ("advanced", "Advanced")], label="Difficulty"
    )
    notify = forms.BooleanField(label="Tell me when somebody uses it", required=False)
    focus = forms.ChoiceField(
        label="What must stay in sight",
        choices=Focus.choices,
        initial=Focus.MIDDLE,
        widget=forms.RadioSelect,
        required=False,
    )
    photo = forms.FileField(label="Photo", required=False, help_text="JPEG, PNG or WebP, up to 15 MB")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            kind: dict[type[forms.Widget], str] = {
                forms.Select: "form-select",
                forms.CheckboxInput: "form-check-input",
                forms.RadioSelect: "form-check-input",
            }
            field.widget.attrs["class"] = kind.get(type(field.widget), "form-control")


def styleguide(request: HttpRequest) -> HttpResponse:
    """Here, and only here, the address may ask for a theme and a language."""
    context = styleguide_examples.of_all_components()
    context["form"] = ExampleForm()
    context["failed_form"] = ExampleForm({"title": "", "difficulty": "impossible"}, prefix="failed")
    if (theme := request.GET.get("theme")) in THEMES:
        context["theme"] = theme
    language = request.GET.get("lang")
    if language not in dict(settings.LANGUAGES):
        return render(request, "styleguide/index.html", context)
    with translation.override(language):
        return render(request, "styleguide/index.html", context)
