"""`/api/v1/`: every app's operations, one way to say who asks and what went wrong."""

import logging
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from cms.api_reference import Reference
from core.problems import MEDIA_TYPE, Problem
from knowledge.api import router as knowledge_router
from knowledge.reading_api import router as reading_router
from knowledge.replication_api import router as replication_router
from people.api import router as people_router
from people.api_auth import UNKNOWN, Bearer
from people.saved_view_api import router as saved_view_router
from search.api import router as search_router

logger = logging.getLogger("guildhall.api")

DESCRIPTION = """
What Guildhall knows, for other applications. Ask with a token of your profile page, `Authorization: Bearer gh_…`, or,
for reading, with the session of a signed-in person. You get what that person may see, and nothing else: what they may
not see answers 404 and is in no list, count or link.

Lists answer `items` and `next`; give `next` as `cursor` until it is null. Answers carry an `ETag`: send it as
`If-None-Match` and an unchanged answer is 304 and empty. Errors are `application/problem+json`.

One's own saved views and reading list can be changed too, with a token that has the scope `own:write`.
"""

REFUSALS = {
    "401": "Nobody is asking: no token, or one that is unknown, revoked or expired.",
    "403": "The token lacks the scope.",
    "404": "There is no such thing, or not for you.",
    "422": "A parameter is not what it should be; `errors` says which.",
    "429": "Too many requests; `Retry-After` says how many seconds to wait.",
}

# What operations call their parameters; callers know of what is in them.
ARGUMENTS = {"filters", "view", "change"}
CONFLICT = "Something of that name is there already, or there is no room for more."


class Api(NinjaAPI):
    def get_openapi_schema(self, *args: Any, **options: Any) -> OpenAPISchema:
        """Ninja's, with what every operation may also answer."""
        schema = super().get_openapi_schema(*args, **options)
        schema["components"]["schemas"]["Problem"] = PROBLEM_SCHEMA
        content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        for path, operations in schema["paths"].items():
            for method, operation in operations.items():
                if method == "get":
                    operation["responses"]["304"] = {"description": "Not modified since the ETag given."}
                if method in {"post", "patch"}:
                    operation["responses"]["409"] = {"description": CONFLICT, "content": content}
                for status, description in REFUSALS.items():
                    if status != "404" or "{" in path:
                        operation["responses"][status] = {"description": description, "content": content}
        return schema


PROBLEM_SCHEMA = {
    "title": "Problem",
    "description": "RFC 9457",
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "examples": ["about:blank"]},
        "title": {"type": "string", "examples": ["Not Found"]},
        "status": {"type": "integer", "examples": [404]},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["at", "message"],
                "properties": {
                    "at": {"type": "string", "examples": ["query.limit"]},
                    "message": {"type": "string", "examples": ["Input should be less than or equal to 100"]},
                },
            },
        },
    },
}

api = Api(
    title="Guildhall",
    version="1",
    description=DESCRIPTION.strip(),
    urls_namespace="api-1",
    docs_url=None,
    openapi_url="/openapi.json",
)
api.add_router("", people_router)
# Before the entries, whose translations have addresses of the same form.
api.add_router("", replication_router)
api.add_router("", knowledge_router)
api.add_router("", reading_router)
api.add_router("", saved_view_router)
api.add_router("", search_router)


@api.exception_handler(Problem)
def refused(request: HttpRequest, problem: Problem) -> HttpResponse:
    return problem.response()


@api.exception_handler(AuthenticationError)
def nobody(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return Problem(401, "Sign in, or send a token.", headers=UNKNOWN).response()


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [
        {
            "at": ".".join(str(part) for part in one["loc"] if part not in ARGUMENTS),
            "message": str(one["msg"]),
        }
        for one in error.errors
    ]
    return Problem(422, "A parameter is not what it should be.", errors=errors).response()


@api.exception_handler(HttpError)
def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return Problem(error.status_code, str(error)).response()


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return Problem(404).response()


@api.exception_handler(PermissionDenied)
def forbidden(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return Problem(403).response()


def scopes() -> dict[str, str]:
    """What a token needs, by operation."""
    needed = {}
    for _prefix, router in api._routers:
        for view in router.path_operations.values():
            for operation in view.operations:
                bearers = [auth for auth in operation.auth_callbacks if isinstance(auth, Bearer)]
                name = operation.operation_id or api.get_openapi_operation_id(operation)
                needed[name] = bearers[0].scope if bearers else ""
    return needed


def reference(request: HttpRequest) -> HttpResponse:
    """The operations as a page to read."""
    described = Reference.of(api.get_openapi_schema(), scopes())
    return render(request, "cms/api_reference.html", {"reference": described})
