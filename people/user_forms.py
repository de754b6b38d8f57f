"""Forms with which moderators look after people's accounts."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people import roles, time_zones
from people.choices import UnitKind
from people.models import Competence, Unit, User
from people.organisation_forms import NodeChoiceField
from people.roles import Role


class VettedCompetencesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, node: Any) -> str:
        return "\N{EM SPACE}" * (node.depth - 1) + str(node)


class PersonForm(forms.ModelForm):
    """What is known of a person in the company. Saving is left to the services."""

    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones.choices)
    enterprise = NodeChoiceField(
        label=_("Enterprise"),
        required=False,
        queryset=Unit.objects.filter(kind__in=[UnitKind.HOLDING, UnitKind.ENTERPRISE]).order_by("name"),
    )
    site = NodeChoiceField(
        label=pgettext_lazy("place of work", "Site"),
        required=False,
        queryset=Unit.objects.filter(kind=UnitKind.SITE).order_by("path"),
    )
    department = NodeChoiceField(
        label=_("Department"),
        required=False,
        queryset=Unit.objects.filter(kind=UnitKind.DEPARTMENT).order_by("path"),
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        required=False,
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Every giving and taking of a role stands in the audit log."),
    )
    competences = VettedCompetencesField(
        label=_("Vetted competences"),
        required=False,
        queryset=Competence.objects.order_by("path"),
        widget=forms.SelectMultiple(attrs={"size": 14}),
    )

    class Meta:
        model = User
        fields = ["name", "email", "job", "language", "time_zone", "enterprise", "site", "department"]

    def __init__(self, *args: Any, may_manage_roles: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["roles"] = [str(role) for role in roles.of(self.instance)]
            self.initial["competences"] = [competence.pk for competence in self.instance.competences.all()]
        else:
            self.initial["roles"] = [Role.EMPLOYEE]
        self.fields["roles"].disabled = not may_manage_roles

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("There is a person with this address already."))
        return email


class NewPersonForm(PersonForm):
    """Somebody who comes; they set a password themselves."""


class ExistingPersonForm(PersonForm):
    is_active = forms.BooleanField(
        label=_("Works here"),
        required=False,
        help_text=_(
            "Who leaves loses sessions, tokens and open invitations at once; what they wrote keeps their name."
        ),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        help_text=_("Why they leave, for the audit log."),
    )

    field_order = [*PersonForm.Meta.fields, "roles", "competences", "is_active", "reason"]

    class Meta(PersonForm.Meta):
        fields = [*PersonForm.Meta.fields, "is_active"]

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if editing_self:
            del self.fields["is_active"]
            del self.fields["reason"]
