from typing import Any

from django.db import transaction

from core import audit
from people import access, roles
from people.models import User


@transaction.atomic
def give(*, user: User, role: str, by: User | None) -> None:
    """Give a person a role; `by` is None for the system itself."""
    _permit(by)
    user.groups.add(roles.group(role))
    audit.log("role.given", actor=by, target=user, role=str(role))


@transaction.atomic
def take(*, user: User, role: str, by: User | None) -> None:
    """Take a role from a person."""
    _permit(by)
    user.groups.remove(roles.group(role))
    audit.log("role.taken", actor=by, target=user, role=str(role))


def _permit(by: Any) -> None:
    if by is not None:
        access.require(by, "people.manage_roles")
