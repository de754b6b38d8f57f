from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from core import rates
from core.declarations import Recommended, recommenders
from people.requests import Request
from search import analysis, engine
from search.page import SearchPage, source_of


@require_safe
def search(request: Request) -> HttpResponse:
    """What answers a question, of all kinds or of one."""
    wait = rates.seconds_to_wait("search", _who(request))
    if wait:
        return _too_often(request, wait)
    look = SearchPage(request.viewer, request.GET, reading_languages(request))
    if look.is_first:
        look.recommended = _recommended(request, look.asked.q)
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
    question = request.GET.get("q", "")
    hits = engine.suggest(question, request.viewer, languages=reading_languages(request))
    words = analysis.asked(question)
    found = [
        {
            "hit": hit,
            "icon": source_of(hit).icon,
            "title": analysis.mark(hit.title, words),
            "summary": analysis.mark(hit.summary, words),
        }
        for hit in hits
    ]
    response = render(request, "search/suggestions.html", {"found": found})
    response.headers["Cache-Control"] = "private, no-store"
    return response


def reading_languages(request: Request) -> tuple[str, ...]:
    """The languages a reader wants things in: the one spoken now first."""
    return tuple(dict.fromkeys([get_language() or "en", *request.viewer.languages]))


def _who(request: Request) -> Any:
    return request.user.pk or request.META.get("REMOTE_ADDR", "")


def _too_often(request: Request, wait: int) -> HttpResponse:
    response = render(request, "429.html", status=429)
    response.headers["Retry-After"] = str(wait)
    return response
