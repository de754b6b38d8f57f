"""The one way into the audit log."""

from typing import Any

from django.db.models import Model

from core.models import AuditEntry


def log(
    action: str,
    *,
    actor: Any,
    target: Model | None = None,
    reason: str = "",
    **details: Any,
) -> AuditEntry:
    """Write that `actor` (a user, or None for the system) did `action` to `target`.

    `details` hold ids and states, never content.
    """
    key = ""
    if target is not None:
        key = str(getattr(target, "public_id", None) or getattr(target, "key", None) or target.pk)
    return AuditEntry.objects.create(
        actor=actor if getattr(actor, "pk", None) else None,
        action=action,
        kind=target._meta.label_lower if target is not None else "",
        key=key,
        reason=reason,
        details=details,
    )
