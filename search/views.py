from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from core import rates
from core.declarations import Recommended, recommenders
from people.requests import Request
from search import engine
from search.page import SearchPage
from search.services import query_log
from search.suggestions import suggestions


@require_safe
def search(request: Request) -> HttpResponse:
    """What answers a question, of all kinds or of one."""
    wait = rates.seconds_to_wait("search", _who(request))
    if wait:
        return _too_often(request, wait)
    look = SearchPage(request.viewer, request.GET, reading_languages(request))
    if look.is_first:
        look.recommended = _recommended(request, look.asked.q)
        if request.method == "GET":
            look.logged = query_log.record(
                look.asked.q,
                user=request.user if request.user.is_authenticated else None,
                language=get_language() or "en",
                found=look.results.total,
                by_some_words=look.results.by_some_words,
            )
    return render(request, "search/search.html", {"look": look})


def _recommended(request: Request, question: str) -> list[Recommended]:
    """What curators recommend for these words to whoever may see it, counted as shown."""
    answers = []
    for recommender in recommenders:
        found = recommender.find(question, request.viewer, reading_languages(request))
        if found and request.method == "GET":
            recommender.count_shown(found)
        answers += found
    return answers


@require_safe
def suggest(request: Request) -> HttpResponse:
    """Names that begin as what is being typed, as options of the search box."""
    wait = rates.seconds_to_wait("suggest", _who(request))
    if wait:
        return HttpResponse(status=429, headers={"Retry-After": str(wait)})
    found = suggestions(request.GET.get("q", ""), request.viewer, languages=reading_languages(request))
    response = render(request, "search/suggestions.html", {"found": found})
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
def opened(request: Request, public_id: UUID) -> HttpResponse:
    """Somebody opened an answer to their query: told by the browser while it goes there."""
    if not request.user.is_authenticated:
        return HttpResponse(status=404)
    rank = request.POST.get("rank", "")
    if not rank.isdecimal() or not 0 < len(rank) <= 4 or not 0 < int(rank) <= engine.DEEPEST:
        return HttpResponse(status=400)
    known = query_log.opened(str(public_id), user=request.user, rank=int(rank))
    return HttpResponse(status=204 if known else 404)


def reading_languages(request: Request) -> tuple[str, ...]:
    """The languages a reader wants things in: the one spoken now first."""
    return tuple(dict.fromkeys([get_language() or "en", *request.viewer.languages]))


def _who(request: Request) -> Any:
    return request.user.pk or request.META.get("REMOTE_ADDR", "")


def _too_often(request: Request, wait: int) -> HttpResponse:
    response = render(request, "429.html", status=429)
    response.headers["Retry-After"] = str(wait)
    return response
