"""Who asks the API: a client application with a token of the right scope, or a signed-in person who reads."""

from typing import Any

from django.utils import translation
from ninja.security import APIKeyCookie, HttpBearer

from core import rates
from core.problems import Problem
from people import access, tokens
from people.services import client_tokens

UNKNOWN = {"WWW-Authenticate": 'Bearer realm="guildhall"'}


class Bearer(HttpBearer):
    """A token that carries the scope. A wrong one is refused even where a session would do."""

    openapi_description = "A client token of the profile page."

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: Any, token: str) -> Any:
        found = client_tokens.find(token)
        if found is None:
            raise Problem(401, "The token is unknown, revoked or expired.", headers=UNKNOWN)
        if self.scope not in found.scopes:
            raise Problem(403, f"The token lacks the scope {self.scope}.")
        _count("token", found.pk)
        request.user = found.user
        request.viewer = access.viewer_of(found.user)
        if "Accept-Language" not in request.headers:
            translation.activate(found.user.preferred_language)
        return found


class Session(APIKeyCookie):
    """The session of a signed-in person."""

    param_name = "sessionid"
    openapi_description = "The session of a signed-in person; for reading only."

    def __init__(self) -> None:
        super().__init__(csrf=True)

    def authenticate(self, request: Any, key: str | None) -> Any:
        if request.method != "GET" or not request.user.is_authenticated:
            return None
        if tokens.bearer(request) is not None:
            return None
        _count("user", request.user.pk)
        return request.user


def reads(scope: str) -> list[Any]:
    """Who may use an operation that reads."""
    return [Bearer(scope), Session()]


def writes(scope: str) -> list[Any]:
    """Who may use an operation that changes something: no session, which a page elsewhere might abuse."""
    return [Bearer(scope)]


def _count(kind: str, pk: int) -> None:
    wait = rates.seconds_to_wait("api", kind, pk)
    if wait:
        raise Problem(429, "Too many requests.", headers={"Retry-After": str(wait)})
