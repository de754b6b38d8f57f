"""What every request needs to know of the person: whether they are somebody, and in which language and zone."""

from collections.abc import Callable
from http import HTTPStatus
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.utils import timezone, translation

from people import access
from people.requests import Request

Answer = Callable[[Request], HttpResponse]

# What a visitor may reach; everything else sends them to sign in. The API answers 401 by itself.
PUBLIC_PATHS = (
    "/.well-known/",
    "/accounts/",
    "/api/",
    "/covers/",
    "/favicon",
    "/healthz",
    "/invitations/",
    "/manifest.webmanifest",
    "/notifications/unsubscribe/",
    "/offline/",
    "/preferences/",
    "/readyz",
    "/robots.txt",
    "/sitemap.xml",
    "/static/",
    "/styleguide/",
    "/sw.js",
)


class SignInRequired:
    """Visitors see the landing page, sign-in and what is public; any other address asks them to sign in."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.viewer = access.viewer_of(request.user)
        if not request.viewer.is_employee and not self._is_public(request.path_info):
            if request.headers.get("HX-Request"):
                # A part of a page, whose session has ended: sign-in would be shown within it. Its script says so.
                return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
            return redirect_to_login(request.get_full_path())
        response = self.get_response(request)
        if request.viewer.is_employee:
            # What one person sees is no other's: nothing between keeps it, and a browser asks before it shows it again.
            response.headers.setdefault("Cache-Control", "private, no-cache")
        if not settings.PUBLIC_CONTENT and request.path_info != "/":
            # A robot that gets here by somebody's session, or by a link that somebody published, keeps nothing.
            response.headers.setdefault("X-Robots-Tag", "noindex, noarchive")
        return response

    @staticmethod
    def _is_public(path: str) -> bool:
        return settings.PUBLIC_CONTENT or path == "/" or path.startswith(PUBLIC_PATHS)


class PersonalPreferences:
    """Speak the person's language in their time zone: profile, else cookie, else browser. The address never decides."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        user = request.user
        language = getattr(user, "language", "") or translation.get_language_from_request(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        if user.is_authenticated:
            timezone.activate(ZoneInfo(user.time_zone))
        try:
            response = self.get_response(request)
        finally:
            timezone.deactivate()
        response.headers.setdefault("Content-Language", language)
        return response
