from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import rates
from core.declarations import Hit, Recommended, SearchSource, recommenders, search_sources
from people.requests import Request
from search import analysis, engine


@dataclass(frozen=True)
class Found:
    """A hit as a list shows it: with its icon and the words that were asked for marked."""

    hit: Hit
    icon: str
    title: str
    summary: str


@require_safe
def search(request: Request) -> HttpResponse:
    """What answers a question, of all kinds or of one."""
    wait = rates.seconds_to_wait("search", _who(request))
    if wait:
        return _too_often(request, wait)
    question = request.GET.get("q", "")[: analysis.LONGEST_TEXT].replace("\x00", "").strip()
    kinds = engine.kinds()
    kind = request.GET.get("kind", "")
    kind = kind if kind in {source.kind for source in kinds} else ""
    number = _page_number(request.GET.get("page", ""))
    results = engine.search(
        question,
        request.viewer,
        kind=kind or None,
        languages=reading_languages(request),
        offset=(number - 1) * engine.PAGE_SIZE,
    )
    shown = results.totals.get(kind, 0) if kind else results.total
    pages: Paginator[Any] = Paginator(range(min(shown, engine.DEEPEST)), engine.PAGE_SIZE)
    recommended = _recommended(request, question) if number == 1 and not kind else []
    above = {each.hit.key for each in recommended}
    context = {
        "question": question,
        "kind": kind,
        "results": results,
        "corrected": _address(q=results.corrected, kind=kind) if results.corrected else "",
        "found": [_found(hit, results.words) for hit in results.hits if hit.key not in above],
        "page": Page[Any](results.hits, min(number, pages.num_pages), pages),
        "tabs": _tabs(kinds, kind, question, results),
        "shown": shown,
        "recommended": recommended,
    }
    return render(request, "search/search.html", context)


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
    hits = engine.suggest(
        question,
        request.viewer,
        languages=reading_languages(request),
    )
    words = analysis.asked(question)
    found = [_found(hit, words) for hit in hits]
    response = render(request, "search/suggestions.html", {"found": found})
    response.headers["Cache-Control"] = "private, no-store"
    return response


def reading_languages(request: Request) -> tuple[str, ...]:
    """The languages a reader wants things in: the one spoken now first."""
    return tuple(dict.fromkeys([get_language() or "en", *request.viewer.languages]))


def _found(hit: Hit, words: Iterable[str]) -> Found:
    source = _source_of(hit)
    return Found(
        hit=hit,
        icon=source.icon,
        title=analysis.mark(hit.title, words),
        summary=analysis.mark(hit.summary, words),
    )


def _source_of(hit: Hit) -> SearchSource:
    return next(source for source in search_sources if hit.kind == source.kind or hit.kind in source.parts)


def _tabs(
    kinds: list[SearchSource], kind: str, question: str, results: engine.Results
) -> list[dict[str, Any]]:
    everything = [("", _("Everything"), results.total)]
    everything += [(source.kind, source.label, results.totals.get(source.kind, 0)) for source in kinds]
    return [
        {
            "label": label,
            "url": _address(q=question, kind=name),
            "is_current": name == kind,
            "count": count,
        }
        for name, label, count in everything
    ]


def _address(**parameters: str) -> str:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in parameters.items() if value})
    return f"{reverse('search')}?{query.urlencode()}"


def _page_number(text: str) -> int:
    return min(max(1, int(text)), engine.DEEPEST) if text.isdecimal() and len(text) < 6 else 1


def _who(request: Request) -> Any:
    return request.user.pk or request.META.get("REMOTE_ADDR", "")


def _too_often(request: Request, wait: int) -> HttpResponse:
    response = render(request, "429.html", status=429)
    response.headers["Retry-After"] = str(wait)
    return response
