"""Reading without a connection: what the server tells the worker in a browser (frontend/scripts/worker.js).

The worker keeps a page only if the server says so of it, for one session of one person. Of anything but what every
employee may read, and of what names something classified, it never does
(docs/adr/devices-keep-what-everybody-may-read.md).
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse
from django.utils.crypto import salted_hmac

from people.requests import Request

# Whose session it is: what was kept for any other falls.
READER = "Offline-Reader"
# That the page may be kept, or, of one with a message for this once, that what was kept of it before may stay.
KEEP = "Offline-Keep"


class OfflineReader:
    """Tells with every answer to somebody who is signed in which session it is for; to others it tells nothing."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        response = self.get_response(request)
        session_key = request.session.session_key
        if settings.OFFLINE_READING and request.viewer.is_employee and session_key:
            response.headers[READER] = salted_hmac(READER, session_key).hexdigest()[:32]
        return response


def may_be_kept(response: HttpResponse, *, is_lasting: bool) -> None:
    """Say of an answer that it may stay on the device of who gets it; one that is not lasting is for this once."""
    if settings.OFFLINE_READING:
        response.headers[KEEP] = "yes" if is_lasting else "before"
