"""What anybody may choose on any page: the interface's language and theme. Kept with the person, else in a cookie."""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from people.choices import Theme
from people.requests import Request
from people.services import people

THEME_COOKIE = "theme"


@require_POST
def set_language(request: Request) -> HttpResponseRedirect:
    language = request.POST.get("language", "")
    response = HttpResponseRedirect(way_back(request))
    if language in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            people.set_preferences(user=request.user, language=language)
        _remember(response, request, settings.LANGUAGE_COOKIE_NAME, language)
    return response


@require_POST
def set_theme(request: Request) -> HttpResponseRedirect:
    theme = request.POST.get("theme", "")
    response = HttpResponseRedirect(way_back(request))
    if theme in Theme.values:
        if request.user.is_authenticated:
            people.set_preferences(user=request.user, theme=theme)
        _remember(response, request, THEME_COOKIE, theme)
    return response


def way_back(request: Request) -> str:
    """The address on this site that the form names, else the home page: nobody is sent elsewhere."""
    address = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if own else "/"


def _remember(response: HttpResponseRedirect, request: Request, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite="Lax",
        httponly=True,
        secure=request.is_secure(),
    )
