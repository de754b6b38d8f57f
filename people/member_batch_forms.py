from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import HouseStyle
from people import member_lists
from people.choices import BatchAction, UnitKind
from people.models import Competence, Unit
from people.services.membership_rules import RuleDraft


class BatchForm(forms.Form):
    """A step for those chosen on the list of members: some by their ids, or everybody whom the list's filter finds."""

    action = forms.ChoiceField(
        choices=[choice for choice in BatchAction.choices if choice[0] != BatchAction.ADD]
    )
    everyone = forms.BooleanField(required=False)
    confirmed = forms.BooleanField(required=False)
    reason = forms.CharField(max_length=1000, required=False, strip=True)


class AddMembersForm(HouseStyle, forms.Form):
    """People by a list; after `clean`, `given` holds its rows."""

    people = forms.CharField(
        label=_("People"),
        required=False,
        max_length=300_000,
        help_text=_("One a line: an e-mail address, or the whole name as it stands in the directory."),
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
    file = forms.FileField(
        label=_("Or a CSV file"),
        required=False,
        help_text=_("With an address or a name in each row, up to 1 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,text/csv"}),
    )
    given: list[str]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.given = []
        for name in ("people", "file"):
            value = cleaned.get(name)
            if not value:
                continue
            try:
                text = (
                    value
                    if name == "people"
                    else member_lists.decoded(value.read(member_lists.LARGEST_FILE + 1))
                )
                self.given += member_lists.rows_of(text)
            except forms.ValidationError as error:
                self.add_error(name, error)
        if not self.errors and not self.given:
            self.add_error("people", _("Name at least one person."))
        return cleaned


class UnitField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{'– ' * (obj.depth - 1)}{obj}"


class RuleForm(HouseStyle, forms.Form):
    unit = UnitField(
        label=_("Everybody of"),
        queryset=Unit.objects.none(),
        empty_label=_("Choose an enterprise, a site or a department"),
    )
    with_units_below = forms.BooleanField(label=_("and of the units below it"), required=False, initial=True)
    competence = UnitField(
        label=_("Vetted in"),
        queryset=Competence.objects.none(),
        required=False,
        empty_label=_("Any competence, or none"),
        help_text=_(
            "Only competences that a curator has vetted count, not skills that people name themselves."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser: Any = self.fields["unit"]
        chooser.queryset = Unit.objects.filter(kind__in=UnitKind.values).order_by("path")
        chooser = self.fields["competence"]
        chooser.queryset = Competence.objects.order_by("path")

    def draft(self) -> RuleDraft:
        chosen = self.cleaned_data
        return RuleDraft(chosen["unit"], chosen["with_units_below"], chosen["competence"])
