"""What went wrong, told to programs: RFC 9457 problem details for everything below /api/."""

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

MEDIA_TYPE = "application/problem+json"


class Problem(Exception):
    """A refusal with its reason; becomes the answer."""

    def __init__(
        self,
        status: int,
        detail: str = "",
        *,
        headers: dict[str, str] | None = None,
        errors: list[dict[str, Any]] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = headers or {}
        self.errors = errors

    def response(self) -> HttpResponse:
        body: dict[str, Any] = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
        }
        if self.detail:
            body["detail"] = self.detail
        if self.errors:
            body["errors"] = self.errors
        headers = {"Cache-Control": "no-store", **self.headers}
        return HttpResponse(json.dumps(body), status=self.status, content_type=MEDIA_TYPE, headers=headers)


class ApiProblems:
    """Middleware: whoever refuses a request below /api/, the framework included, the answer is a problem."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code < 400 or not request.path_info.startswith("/api/"):
            return response
        if response.headers.get("Content-Type", "").startswith(MEDIA_TYPE):
            return response
        kept = {
            name: response.headers[name]
            for name in ("Allow", "WWW-Authenticate", "Retry-After")
            if name in response.headers
        }
        return Problem(response.status_code, _detail(response), headers=kept).response()


def _detail(response: HttpResponseBase) -> str:
    """The reason that a library gave as JSON, if it did."""
    if not isinstance(response, HttpResponse) or "json" not in response.headers.get("Content-Type", ""):
        return ""
    try:
        body = json.loads(response.content)
    except ValueError:
        return ""
    reason = body.get("detail") or body.get("message") if isinstance(body, dict) else None
    return reason if isinstance(reason, str) else ""
