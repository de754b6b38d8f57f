"""How Wagtail's content pages are found and served.

The language in the address is the content's; the interface keeps speaking the reader's. A page is found by one look
at its `url_path` instead of a walk down the tree, and nobody gets a page without `people.access` having been asked.
"""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import LocalePrefixPattern, URLResolver
from wagtail.models import Page

from knowledge import addresses, page_recall, reading
from knowledge.models import CommunityPage, EntryPage
from people.access import Viewer
from people.models import Community
from people.requests import Request

LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)
# Home pages stand at this depth of the tree, the parents of communities below them.
HOME_DEPTH = 2


class ContentLanguagePattern(LocalePrefixPattern):
    """Matches the prefix of any content language, whatever language is spoken; reverses with the active one."""

    def match(self, path: str) -> tuple[str, tuple[()], dict[str, str]] | None:
        language, slash, rest = path.partition("/")
        return (rest, (), {"language": language}) if slash and language in LANGUAGES else None


def content_pages(*urls: Any) -> list[URLResolver]:
    """URL patterns under the prefix of the content's language."""
    return [URLResolver(ContentLanguagePattern(prefix_default_language=True), list(urls))]


def serve_page(request: Request, path: str = "", language: str = "") -> HttpResponse:
    """A content page, for those who may see it; to anybody else it does not exist."""
    unchanged = page_recall.answer(request, language, path)
    if unchanged is not None:
        return unchanged
    page = find_page(language, path, request.viewer)
    if isinstance(page, EntryPage):
        request.place = "catalogue"
        return page.serve(request)
    if isinstance(page, CommunityPage):
        return redirect(page.community)
    return redirect("home" if page.depth == HOME_DEPTH else "communities")


def find_page(language: str, path: str, viewer: Viewer) -> Page:
    """The live page at a path below the language's home page, if the viewer may see it; raises Http404."""
    url_path = addresses.url_path(language, path)
    if url_path is None:
        raise Http404
    entry_page = EntryPage.objects.live().filter(url_path=url_path).for_serving().first()
    if entry_page is not None:
        if not reading.may_read(entry_page.entry, viewer):
            raise Http404
        return entry_page
    community_page = CommunityPage.objects.live().filter(
        url_path=url_path, community__in=Community.objects.visible_to(viewer)
    )
    found = community_page.select_related("locale", "community").first()
    if found is not None:
        return found
    trunk = Page.objects.live().filter(url_path=url_path, depth__lte=HOME_DEPTH + 1).first()
    if trunk is None or not (viewer.is_employee or settings.PUBLIC_CONTENT):
        raise Http404
    return trunk
