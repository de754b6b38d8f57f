"""How many notifications somebody has not read: one read of an index that holds nothing else.

No page asks for it: its script does, so that a page and what a browser keeps of it do not follow from it
(docs/adr/the-bell-is-filled-by-the-browser.md).
"""

from functools import cache as once

from core import prepared
from social.models import Notification

# More than these are many.
MOST = 99


def count(user_id: int) -> int:
    """How many, but never more than one above `MOST`: counting further would tell nobody more."""
    row = _statement().first([user_id])
    return int(row[0]) if row else 0


def shown(number: int) -> str:
    """As a badge has room for it."""
    return f"{MOST}+" if number > MOST else str(number)


@once
def _statement() -> prepared.Statement:
    table = Notification._meta.db_table
    of_one = "recipient_id = %s AND read_at IS NULL AND is_shown AND NOT is_hidden"
    return prepared.Statement(
        "unread_notifications",
        f"SELECT COUNT(*) FROM (SELECT 1 FROM {table} WHERE {of_one} LIMIT {MOST + 1}) AS found",  # noqa: S608 - our own names
        ("bigint",),
    )
