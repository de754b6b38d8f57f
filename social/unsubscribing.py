"""The signed link by which a mail is ended, and the headers by which mail programs do so with one click (RFC 8058)."""

from dataclasses import dataclass
from typing import Any

from django.core import signing

from people import mails

SALT = "social.unsubscribe"


class InvalidToken(ValueError):
    """Nobody of this site made it."""


@dataclass(frozen=True)
class Wanted:
    """Whose mails are to end, and which: a kind's, or the digests."""

    user_id: int
    scope: str


def token(user_id: int, scope: str) -> str:
    """Valid for ever: a mail is kept, and its link does nothing but end such mails."""
    return signing.dumps([user_id, scope], salt=SALT)


def read(text: str) -> Wanted:
    """Raises InvalidToken."""
    try:
        found: Any = signing.loads(text, salt=SALT)
    except signing.BadSignature as error:
        raise InvalidToken from error
    user_id, scope = found
    return Wanted(int(user_id), str(scope))


def url(user_id: int, scope: str) -> str:
    return mails.address("unsubscribe", token(user_id, scope))


def headers(address: str) -> dict[str, str]:
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
