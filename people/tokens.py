"""How a request by a client application says for whom it acts: `Authorization: Bearer gh_…`."""

from typing import Any

from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied

from people import access
from people.models import ClientToken
from people.requests import Request
from people.services import client_tokens


def bearer(request: Request) -> str | None:
    """The token text of a request, or None where it has none."""
    scheme, _space, text = request.headers.get("Authorization", "").partition(" ")
    return text.strip() if scheme.lower() == "bearer" else None


def authenticate(request: Request, scope: str) -> ClientToken | None:
    """The token, if it is usable and has the scope; the request's user and viewer become the token's."""
    text = bearer(request)
    token = client_tokens.find(text) if text else None
    if token is None or scope not in token.scopes:
        return None
    request.user = token.user
    request.viewer = access.viewer_of(token.user)
    return token


class WagtailApiAuthentication(BaseAuthentication):
    """For Wagtail's read API: a token with `content:read`, or the session of a signed-in person."""

    def authenticate(self, request: Any) -> tuple[Any, Any] | None:
        django_request = request._request
        text = bearer(django_request)
        if text is not None:
            token = client_tokens.find(text)
            if token is None:
                raise AuthenticationFailed
            if "content:read" not in token.scopes:
                raise PermissionDenied
            return token.user, token
        user = getattr(django_request, "user", None)
        return (user, None) if user is not None and user.is_authenticated else None

    def authenticate_header(self, request: Any) -> str:
        return "Bearer"
