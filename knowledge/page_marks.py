"""By what a browser knows that the page of an entry is still as it has it (RFC 9110, 8.8.3 and 13.1.2).

The pieces of a page have a state that is known before they are drawn (`knowledge.page_pieces`). Around them stand the
person's name, language and theme, what they may do here, and forms with the secret of their browser.
"""

import hashlib
from collections.abc import Mapping
from functools import cache as once
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

from core import clock
from people import access

# What stands around the pieces, as `EntryPage.get_context` finds it out.
SHOWN = (
    *("is_kept", "may_record", "may_check", "may_look_back", "may_pin", "is_pinned", "is_own"),
    "content_language",
)


def of(request: HttpRequest, context: Mapping[str, Any]) -> str:
    """The ETag of the page that this context is for, weak because of the masks of its forms.

    Empty where the page is for this once: a draft, or one that brings a message with it.
    """
    if context["state"] is None or len(get_messages(request)):
        return ""
    get_token(request)
    parts = (context["state"].key, [context[name] for name in SHOWN], clock.today(), *shell(request))
    return f'W/"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


def shell(request: HttpRequest) -> tuple[Any, ...]:
    """What the looks of everything around the pieces follow from, but for what the person may do with this page."""
    return (
        _shell(),
        None if request.user.is_anonymous else request.user.row_but_sign_in(),
        access.viewer_of(request.user).may("wagtailadmin.access_admin"),
        request.META.get("CSRF_COOKIE"),
        get_language(),
        request.COOKIES.get("theme"),
        request.scheme,
        request.get_host(),
        request.get_full_path(),
    )


def unchanged(request: HttpRequest, mark: str) -> Any:
    """The answer that the browser has the page already, or None."""
    return get_conditional_response(request, etag=mark) if mark else None


@once
def _shell() -> str:
    """A digest of the templates that draw what stands around the pieces, with the addresses of styles and scripts."""
    digest = hashlib.sha256()
    folders: Any = settings.TEMPLATES[0]["DIRS"]
    for folder in folders:
        for shelf in ("layouts", "components", "knowledge"):
            for path in sorted((Path(folder) / shelf).glob("*.html")):
                digest.update(path.read_bytes())
    for file in ("dist/app.js", "dist/app.css", "dist/app.rtl.css"):
        digest.update(static(file).encode())
    return digest.hexdigest()
