"""What every page's shell shows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from cms import navigation

THEMES = ("light", "dark", "auto")


def shell(request: HttpRequest) -> dict[str, Any]:
    """Navigation, languages and theme. A view may set `request.place` to say where its page belongs."""
    context: dict[str, Any] = {
        "theme": _theme(request),
        "interface_languages": settings.LANGUAGES,
        "keeps_pages": settings.OFFLINE_READING,
        "viewer": getattr(request, "viewer", None),
    }
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        place = getattr(request, "place", "") or navigation.current_place(request.path)
        context |= {
            "navigation": navigation.marked(navigation.HEADER, place),
            "bottom_places": navigation.marked(navigation.BOTTOM_BAR, place),
            "person_places": SimpleLazyObject(lambda: navigation.person_places(user)),
        }
    return context


def _theme(request: HttpRequest) -> str:
    """The person's own, else what this browser chose, else as the device."""
    user = getattr(request, "user", None)
    chosen = user.theme if user is not None and user.is_authenticated else request.COOKIES.get("theme")
    return chosen if chosen in THEMES else "auto"
