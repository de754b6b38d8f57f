"""Generated rows are numbered on, however often more of them are made."""

from typing import Any


def next_number(queryset: Any, field: str) -> int:
    """One more than the highest number at the end of `field`."""
    last = queryset.order_by(f"-{field}").values_list(field, flat=True).first()
    digits = "".join(sign for sign in (last or "").split("@")[0] if sign.isdigit())
    return int(digits or 0) + 1
