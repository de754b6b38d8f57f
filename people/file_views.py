"""The only doors through which private files leave. Each asks who may see the file; anybody else gets a 404."""

import mimetypes
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.http import (
    FileResponse,
    Http404,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from people.models import Document, Image, Rendition
from people.requests import Request

# Shown in the browser; anything else is offered for saving, so that no upload runs as a page of ours.
INLINE_TYPES = {"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "application/pdf"}
# A browser may keep what it was given for as long as a link would live, for this person alone.
CACHE_CONTROL = "private, max-age=600"
PIECE = 256 * 1024


@require_safe
def document(request: Request, document_id: int, name: str) -> HttpResponseBase:
    """A document under Wagtail's own address."""
    found: Document = get_object_or_404(Document.objects.visible_to(request.viewer), pk=document_id)
    return hand_over(request, found.file, name=found.filename)


@require_safe
def rendition(request: Request, public_id: Any, name: str) -> HttpResponseBase:
    """A size of a picture, for those who may see the picture."""
    found: Rendition = get_object_or_404(
        Rendition.objects.filter(image__in=Image.objects.visible_to(request.viewer)), public_id=public_id
    )
    return hand_over(request, found.file, name=name)


@require_safe
def original(request: Request, public_id: Any, name: str) -> HttpResponseBase:
    """A picture as it was uploaded."""
    found: Image = get_object_or_404(Image.objects.visible_to(request.viewer), public_id=public_id)
    return hand_over(request, found.file, name=name)


def hand_over(request: Request, file: Any, *, name: str) -> HttpResponseBase:
    """Give out a stored file: streamed here, or by nginx, or by a short-lived signed address of the storage.

    The stored name says what it is; `name` is only what it is called when saved.
    """
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    delivery = settings.PRIVATE_FILE_DELIVERY
    response: HttpResponseBase
    if delivery == "redirect":
        response = HttpResponseRedirect(file.storage.url(file.name))
        response.headers["Cache-Control"] = "private, max-age=300"
        return response
    if delivery == "x-accel":
        response = HttpResponse(content_type=kind)
        response.headers["X-Accel-Redirect"] = f"/private/{quote(file.name)}"
    else:
        response = _stream(request, file, kind)
    as_attachment = kind not in INLINE_TYPES
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment, name) or "inline"
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response.headers["Cache-Control"] = CACHE_CONTROL
    return response


def _stream(request: Request, file: Any, kind: str) -> HttpResponseBase:
    """The file piece by piece. Under ASGI Django would read a synchronous stream into memory as a whole."""
    try:
        stored = file.storage.open(file.name)
    except FileNotFoundError as error:
        raise Http404 from error
    if not isinstance(request, ASGIRequest):
        return FileResponse(stored, content_type=kind)
    response = StreamingHttpResponse(_pieces(stored), content_type=kind)
    response.headers["Content-Length"] = str(stored.size)
    return response


async def _pieces(stored: Any) -> AsyncIterator[bytes]:
    read = sync_to_async(stored.read, thread_sensitive=False)
    try:
        while piece := await read(PIECE):
            yield piece
    finally:
        await sync_to_async(stored.close, thread_sensitive=False)()
