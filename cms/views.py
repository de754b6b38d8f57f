from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cms.models import HomePage
from core.declarations import home_panels
from people.requests import Request


@require_safe
def home(request: Request) -> HttpResponse:
    """The personal portal; for visitors, what Guildhall is."""
    if not request.user.is_authenticated:
        return landing(request)
    if request.user.welcomed_at is None:
        return redirect("welcome")
    shown: dict[bool, list[dict[str, Any]]] = {False: [], True: []}
    for panel in sorted(home_panels, key=lambda panel: panel.order):
        context = panel.context(request)
        if context is not None:
            shown[panel.aside].append({"panel": panel, "context": context})
    return render(request, "cms/home.html", {"panels": shown[False], "asides": shown[True]})


def landing(request: HttpRequest) -> HttpResponse:
    """What visitors see: a greeting that curators write, and the way in."""
    pages = HomePage.objects.live().select_related("locale")
    by_language = {page.locale.language_code: page for page in pages}
    page = by_language.get(get_language() or "en") or by_language.get("en")
    return render(request, "cms/landing.html", {"page": page})


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What a browser shows in place of a page that it cannot fetch; it names nobody and nothing."""
    return render(request, "cms/offline.html")


@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or came from elsewhere: say so, and that nothing was saved."""
    return render(request, "403_csrf.html", status=403)
