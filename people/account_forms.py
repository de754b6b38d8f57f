"""The forms of django-allauth in the words and the look of the house."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms import HouseStyle
from people import adapters

PASSWORD_HELP = _("At least 10 characters, not a common password, and not your name or address.")


class AccountForm(HouseStyle):
    """Labels stand above the fields and say it once: no placeholders, no links inside the help."""

    labels: dict[str, Any] = {}
    help_texts: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.help_texts.get(name, "")


class LoginForm(AccountForm, allauth.LoginForm):
    labels = {"login": _("E-mail"), "password": _("Password")}


class SignupForm(AccountForm, allauth.SignupForm):
    name = forms.CharField(
        label=_("Name"), max_length=300, widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"})
    )
    field_order = ["name", "email", "password1", "password2"]
    labels = {
        "name": _("Name"),
        "email": _("E-mail"),
        "password1": _("Password"),
        "password2": _("The same password again"),
    }
    help_texts = {
        "name": _("As your colleagues know you."),
        "email": _("Your address at work. We send a link there to make sure that it is yours."),
        "password1": PASSWORD_HELP,
    }

    def clean_email(self) -> str:
        email = super().clean_email()
        if not adapters.may_sign_up(email):
            raise ValidationError(
                _(
                    "%(email)s is neither an address of the company nor was it invited. Use your address at work, "
                    "or ask somebody in the company to invite you."
                ),
                params={"email": email},
            )
        return email


class ResetPasswordForm(AccountForm, allauth.ResetPasswordForm):
    labels = {"email": _("E-mail")}


class ResetPasswordKeyForm(AccountForm, allauth.ResetPasswordKeyForm):
    labels = {"password1": _("New password"), "password2": _("The same password again")}
    help_texts = {"password1": PASSWORD_HELP}


class ChangePasswordForm(AccountForm, allauth.ChangePasswordForm):
    labels = {
        "oldpassword": _("Present password"),
        "password1": _("New password"),
        "password2": _("The same password again"),
    }
    help_texts = {"password1": PASSWORD_HELP}


class SetPasswordForm(AccountForm, allauth.SetPasswordForm):
    labels = {"password1": _("New password"), "password2": _("The same password again")}
    help_texts = {"password1": PASSWORD_HELP}
