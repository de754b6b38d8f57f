"""How a page came to be what it is, for its readers."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from knowledge import cards, versions
from knowledge.addresses import page_url
from knowledge.models import EntryPage
from knowledge.versions import Version
from people.requests import Request


@require_safe
def entry_history(request: Request, key: Any) -> HttpResponse:
    """The published versions of an entry in one language, and what changed between two of them."""
    request.place = "catalogue"
    pages = EntryPage.objects.live().visible_to(request.viewer).filter(entry__key=key)
    found = list(pages.select_related("locale", "entry__community").defer("body"))
    asked = [page for page in found if page.locale.language_code == request.GET.get("lang")]
    page = cards.preferred(asked or found, request.viewer)
    if page is None or not versions.may_look_back(page.entry, request.viewer):
        raise Http404
    listed = versions.of(page)
    after = _chosen(listed, request.GET.get("b", ""), 0)
    before = _chosen(listed, request.GET.get("a", ""), 1)
    rows = versions.changes(page, before, after, request.viewer) if before and after else None
    context = {
        "page": page,
        "page_url": page_url(page),
        "language": page.locale.language_code,
        "versions": listed,
        "before": before,
        "after": after,
        "rows": rows,
        "side_by_side": request.GET.get("view") == "side",
    }
    return render(request, "knowledge/entry_history.html", context)


def _chosen(listed: list[Version], number: str, default: int) -> Version | None:
    """The version that the address names, else the one at a place of the list."""
    named = next((version for version in listed if str(version.number) == number), None)
    return named or (listed[default] if len(listed) > default else None)
