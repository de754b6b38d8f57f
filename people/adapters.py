"""How sign-in by django-allauth fits the house."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from people import invitation_session
from people.models import Invitation
from people.roles import Role
from people.services import invitations, roles


def display_name(user: Any) -> str:
    return str(user)


def invitation_of(request: HttpRequest) -> Invitation | None:
    """The invitation with which a visitor came, if it still holds."""
    secret = invitation_session.current(request)
    if secret is None:
        return None
    try:
        return invitations.find(secret)
    except invitations.InvitationUnusable:
        return None


def is_open_for_signup(request: HttpRequest) -> bool:
    return bool(settings.SIGNUP_MAIL_DOMAINS) or invitation_of(request) is not None


def may_sign_up(email: str) -> bool:
    """Whether an address may have an account: it is the company's, or the invitation in this session is for it."""
    domain = email.rpartition("@")[2].lower()
    if domain in {allowed.lower() for allowed in settings.SIGNUP_MAIL_DOMAINS}:
        return True
    invitation = invitation_of(context.request)
    return invitation is not None and invitation.email in {"", email.lower()}


class AccountAdapter(DefaultAccountAdapter):
    """Signing up is open to invited people and to the company's own mail domains, to nobody else."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail or the password is not right."),
        "too_many_login_attempts": _(
            "Too many attempts. Wait five minutes and try again, or set a new password."
        ),
        "enter_current_password": _("This is not your present password."),
        "rate_limited": _("That was too often in a short time. Wait a few minutes and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return is_open_for_signup(request)

    def is_email_verified(self, request: HttpRequest, email: str) -> bool:
        """Who comes with the link that was mailed to an address has shown that it is theirs."""
        invitation = invitation_of(request)
        invited = invitation is not None and bool(invitation.email) and invitation.email == email.lower()
        return invited or super().is_email_verified(request, email)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        secret = invitation_session.current(request)
        if secret is not None and invitation_of(request) is not None:
            return reverse("accept_invitation", args=[secret])
        return super().get_login_redirect_url(request)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("profile")

    def clean_email(self, email: str) -> str:
        return super().clean_email(email).lower()

    @transaction.atomic
    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        user = super().save_user(request, user, form, commit=False)
        user.name = form.cleaned_data.get("name", "")
        user.language = get_language() or ""
        if commit:
            user.save()
            roles.give(user=user, role=Role.EMPLOYEE, by=None)
        return user
