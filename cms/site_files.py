"""Small files that browsers, robots and phones ask for at the root of the site."""

import json
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core import clock
from people import offline
from social.services import push

# Styles and scripts without which no page can be looked at.
SHELL = ("app.css", "app.rtl.css", "app.js", "conversation.js", "icons.svg")


@require_safe
@cache_control(public=True, max_age=86400)
def robots(request: HttpRequest) -> HttpResponse:
    """Robots may read the landing page; everything else is for people who signed in."""
    lines = [
        "User-agent: *",
        "Allow: /$",
        "Disallow: /",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
    ]
    if settings.PUBLIC_CONTENT:
        lines[1:3] = ["Disallow: /admin/", "Disallow: /accounts/", "Disallow: /api/"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
@cache_control(public=True, max_age=86400)
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116)."""
    expires = clock.now() + timedelta(days=180)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: " + ", ".join(code for code, _name in settings.LANGUAGES),
        f"Canonical: {request.build_absolute_uri()}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to put Guildhall on its home screen (W3C Web Application Manifest)."""
    response = JsonResponse(
        {
            "id": "/",
            "name": "Guildhall",
            "short_name": "Guildhall",
            "description": _("What the company knows, and who knows it"),
            "lang": get_language(),
            "dir": "rtl" if get_language_bidi() else "ltr",
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": "#f6f5f2",
            "theme_color": "#0b6b6b",
            "icons": [
                {"src": static("dist/icon-192.png"), "sizes": "192x192", "type": "image/png"},
                {"src": static("dist/icon-512.png"), "sizes": "512x512", "type": "image/png"},
                {
                    "src": static("dist/icon-maskable-512.png"),
                    "sizes": "512x512",
                    "type": "image/png",
                    "purpose": "maskable",
                },
            ],
        },
        content_type="application/manifest+json",
    )
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


@require_safe
@cache_control(public=True, max_age=3600)
def service_worker(request: HttpRequest) -> HttpResponse:
    """What keeps pages for reading without a connection (frontend/scripts/worker.js), told what it needs to know.

    At the root, because a worker reaches no further up than its own address. Where nothing is to be kept, one that
    tidies up after itself.
    """
    told = {
        "isOn": settings.OFFLINE_READING,
        "pushes": push.is_possible(),
        "offline": reverse("offline"),
        "signOut": reverse("account_logout"),
        "static": settings.STATIC_URL,
        "shell": [static(f"dist/{name}") for name in SHELL],
        "seconds": settings.SESSION_COOKIE_AGE,
        "readerHeader": offline.READER,
        "keepHeader": offline.KEEP,
    }
    lines = [
        f"self.guildhall = {json.dumps(told)};",
        f"importScripts({json.dumps(static('dist/worker.js'))});",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/javascript")


@require_safe
@cache_control(public=True, max_age=86400)
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look by themselves."""
    return redirect(static("dist/favicon.svg"))
