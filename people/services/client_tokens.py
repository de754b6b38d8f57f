"""Tokens with which a client application acts for a person."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import audit, clock
from people import access
from people.models import ClientToken, User
from people.scopes import SCOPES

PREFIX = "gh_"
LONGEST_DAYS = 365
MOST_TOKENS = 50


class TokenRefused(Exception):
    """The token cannot be made; the message says why, to the person."""


@transaction.atomic
def issue(*, user: User, name: str, scopes: list[str], days: int) -> tuple[ClientToken, str]:
    """Make a token and return it with its text, which is shown once."""
    access.require(user, "people.use_api")
    if not scopes or not set(scopes) <= set(SCOPES):
        raise TokenRefused(_("Choose what the token may be used for."))
    if not 1 <= days <= LONGEST_DAYS:
        raise TokenRefused(_("A token is valid for between one day and a year."))
    if ClientToken.objects.filter(user=user, revoked_at=None).count() >= MOST_TOKENS:
        raise TokenRefused(_("You have 50 tokens. Revoke one that is not needed first."))
    text = PREFIX + secrets.token_urlsafe(32)
    token = ClientToken.objects.create(
        user=user,
        name=name.strip(),
        scopes=sorted(scopes),
        digest=digest(text),
        hint=text[:8],
        expires_at=clock.now() + timedelta(days=days),
    )
    audit.log("token.issued", actor=user, target=token, scopes=token.scopes)
    return token, text


@transaction.atomic
def revoke(*, token: ClientToken, by: User) -> None:
    """Make a token worthless at once: it is looked up at every use."""
    if token.user_id != by.pk:
        access.require(by, "people.manage_roles")
    if token.revoked_at is None:
        token.revoked_at = clock.now()
        token.save(update_fields=["revoked_at"])
        audit.log("token.revoked", actor=by, target=token)


def find(text: str) -> ClientToken | None:
    """The usable token of an active person behind a text, noting its use at most once a minute."""
    token = ClientToken.objects.select_related("user").filter(digest=digest(text)).first()
    if token is None or not token.is_usable or not token.user.is_active:
        return None
    now = clock.now()
    if token.last_used_at is None or now - token.last_used_at > timedelta(minutes=1):
        ClientToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
