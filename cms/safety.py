"""What must never be true of a real installation, asked before the first request."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from people.models import User

DEMONSTRATION_DOMAIN = "@aurora.example"


def refuse_demonstration() -> None:
    """Raises ImproperlyConfigured where accounts with a published password could sign in."""
    if settings.DEMONSTRATION_ALLOWED:
        return
    try:
        found = User.objects.active().filter(email__iendswith=DEMONSTRATION_DOMAIN)
        usable = [user.email for user in found if user.has_usable_password()]
    except DatabaseError:
        return  # not migrated yet, or away: readiness says so, and there is nobody to sign in as
    if usable:
        raise ImproperlyConfigured(
            f"{len(usable)} demonstration accounts with a published password are in this database. "
            "Guildhall does not start with them: deactivate them or use another database."
        )
