from dataclasses import dataclass
from typing import Any

from allauth.account import views
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from people import adapters
from people.models import User
from people.roles import Role

DEMONSTRATION_DOMAIN = "aurora.example"
DEMONSTRATION_PASSWORD = "guildhall-demo"  # noqa: S105 - public, and refused outside the embedded profile


@dataclass(frozen=True)
class DemonstrationAccount:
    email: str
    name: str
    role: Any


class LoginView(views.LoginView):
    """Signing in; where the demonstration is loaded, its accounts stand beside the form."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            is_open_for_signup=adapters.is_open_for_signup(self.request),
            demonstration_accounts=demonstration_accounts(),
            demonstration_password=DEMONSTRATION_PASSWORD,
        )


def demonstration_accounts() -> list[DemonstrationAccount]:
    """One account a role, while the demonstration is loaded where it may be."""
    if not settings.DEMONSTRATION_ALLOWED:
        return []
    labels = {**{str(role.value): role.label for role in Role}, "lead": _("Community lead")}
    by_email = {f"{role}@{DEMONSTRATION_DOMAIN}": label for role, label in labels.items()}
    names = dict(User.objects.active().filter(email__in=by_email).values_list("email", "name"))
    return [
        DemonstrationAccount(email, names[email], label)
        for email, label in by_email.items()
        if email in names
    ]
