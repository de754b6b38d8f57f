"""Old addresses of renamed and moved pages lead to the new ones, for those who may read what is there."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

from knowledge.addresses import page_url
from knowledge.models import CommunityPage, EntryPage
from people.access import Viewer
from people.models import Community
from people.requests import Request


class RedirectForReaders:
    """In place of Wagtail's own, which tells everybody where a page has gone: its new address names its community."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in {"GET", "HEAD"}:
            return response
        full = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
        bare = urlsplit(full).path
        redirect = get_redirect(request, full) or (get_redirect(request, bare) if bare != full else None)
        if redirect is None:
            return response
        target = _target(redirect, request.viewer)
        if target is None:
            return response
        kind = HttpResponsePermanentRedirect if redirect.is_permanent else HttpResponseRedirect
        answer = kind(target)
        # Whether it leads on depends on who asks.
        answer.headers["Cache-Control"] = "private, no-store"
        return answer


def _target(redirect: Redirect, viewer: Viewer) -> str | None:
    """Where the redirect leads this viewer; None where it leads to nothing they may see."""
    if redirect.redirect_page_id is None:
        return redirect.redirect_link or None
    entries = EntryPage.objects.live().visible_to(viewer).filter(pk=redirect.redirect_page_id)
    entry_page = entries.select_related("locale").defer("body").first()
    if entry_page is not None:
        return page_url(entry_page)
    communities = CommunityPage.objects.filter(
        pk=redirect.redirect_page_id, community__in=Community.objects.visible_to(viewer)
    )
    community_page = communities.select_related("community").first()
    return community_page.community.get_absolute_url() if community_page is not None else None
