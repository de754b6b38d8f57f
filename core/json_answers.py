"""Answers of the API: written once as bytes, kept by clients, asked for again only if they changed."""

import base64
import binascii
import hashlib
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

# For this person alone; a client keeps it and asks each time whether it still holds.
CACHE_CONTROL = "private, no-cache"
VARY = "Authorization, Cookie, Accept-Language"


def answer(request: HttpRequest, data: Any) -> HttpResponseBase:
    """The data as JSON, or 304 where the client already has it."""
    content = orjson.dumps(data, default=str, option=orjson.OPT_UTC_Z)
    etag = f'"{hashlib.blake2b(content, digest_size=16).hexdigest()}"'
    headers = {"ETag": etag, "Cache-Control": CACHE_CONTROL, "Vary": VARY}
    response = HttpResponse(content, content_type="application/json", headers=headers)
    conditional = get_conditional_response(request, etag=etag, response=response)
    assert conditional is not None
    return conditional


def changed(data: Any, status: int = 200) -> HttpResponse:
    """What something is after it was made or changed; written as lists write it, and kept by nobody."""
    content = orjson.dumps(data, default=str, option=orjson.OPT_UTC_Z)
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(content, status=status, content_type="application/json", headers=headers)


def absolute(path: str) -> str:
    """A path of this site as an address that works elsewhere."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"


def offset_cursor(offset: int) -> str:
    """An opaque place in a ranked list, which has no keys to go by."""
    return base64.urlsafe_b64encode(str(offset).encode()).decode().rstrip("=")


def offset_of(cursor: str | None) -> int:
    """The place that `offset_cursor` wrote down; raises ValueError."""
    if not cursor:
        return 0
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
    except (binascii.Error, UnicodeError) as error:
        raise ValueError(cursor) from error
    if not text.isdecimal() or len(text) > 6:
        raise ValueError(cursor)
    return int(text)
