"""What the site's pages are compared with."""

from django.http import HttpResponse
from django.shortcuts import render
from wagtail.views import serve

from knowledge import page_pieces
from knowledge.models import EntryPage
from knowledge.page_pieces import Pieces
from people.requests import Request

_held: dict[int, Pieces] = {}


def bare(request: Request, pk: int) -> HttpResponse:
    """The least that Django needs for the same page: its row, and the same template with all pieces at hand.

    Nothing is asked of Wagtail, of who may see it, or of the cache.
    """
    request.place = "catalogue"
    page = EntryPage.objects.live().for_serving().get(pk=pk)
    if pk not in _held:
        _held[pk] = page_pieces.render(page, request.viewer)
    context = {
        "page": page,
        "pieces": _held[pk],
        "may_check": False,
        "content_language": page.locale.language_code,
    }
    return render(request, "knowledge/entry_page.html", context)


def stock(request: Request, path: str) -> HttpResponse:
    """A page found and served by Wagtail's own view."""
    request.place = "catalogue"
    return serve(request, path)


def empty(request: Request) -> HttpResponse:
    """Nothing, to somebody who is signed in."""
    return HttpResponse(str(request.user.pk))
