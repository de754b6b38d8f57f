from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

if TYPE_CHECKING:
    from people.access import Viewer


class Request(HttpRequest):
    """A request as our views get it: the middleware has said who is asking. For annotations only."""

    user: Any
    viewer: "Viewer"
    htmx: Any
    place: str
    page_row: str
