from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import exports, rates
from knowledge import cards, community_overview, openness, reading, statistics_export, tasks
from knowledge.addresses import page_url
from knowledge.catalogue import Catalogue
from knowledge.models import CommunityPage, Entry, EntryPage, Promotion
from knowledge.periods import PeriodForm
from knowledge.sections import CONTENT
from knowledge.selectors import statistics_of
from knowledge.services import entries, files
from people import access, community_header, community_views
from people.models import Community
from people.requests import Request


@require_safe
def catalogue(request: Request) -> HttpResponse:
    """Best practices and success stories of all communities."""
    look = Catalogue(request.viewer, request.GET)
    if look.moved_to:
        return HttpResponseRedirect(look.moved_to)
    return render(request, "knowledge/catalogue.html", {"catalogue": look})


@require_safe
def entry(request: Request, key: Any) -> HttpResponse:
    """Leads to the page of an entry that its reader reads best."""
    request.place = "catalogue"
    pages = EntryPage.objects.live().visible_to(request.viewer).filter(entry__key=key)
    page = cards.preferred(pages.select_related("locale").defer("body"), request.viewer)
    if page is None:
        raise Http404
    return redirect(page_url(page))


@require_safe
def recommended(request: Request, public_id: Any) -> HttpResponse:
    """Leads on to an entry that the search recommended, and counts that somebody followed."""
    promotion = get_object_or_404(
        Promotion.objects.current().visible_to(request.viewer).select_related("entry"), public_id=public_id
    )
    if request.method == "GET":
        tasks.count_followed.enqueue(promotion.pk)
    return redirect(promotion.entry)


@require_POST
def check_entry(request: Request, key: Any) -> HttpResponse:
    """Its owner, a lead or a curator has looked: the entry is still true."""
    found = _answered_for(request, key)
    entries.confirm_still_true(entry=found, by=request.user, review_date=reading.next_review_date())
    messages.success(request, _("Thank you. The entry is marked as still true and comes up again in a year."))
    return redirect(found)


@require_http_methods(["GET", "HEAD", "POST"])
def entry_files(request: Request, key: Any) -> HttpResponse:
    """Files of an entry that stand elsewhere than its access says, and the way to move them."""
    found = _answered_for(request, key)
    if request.method == "POST":
        moved = files.move_files(entry=found, by=request.user)
        text = ngettext("%(number)d file was moved.", "%(number)d files were moved.", len(moved))
        messages.success(request, text % {"number": len(moved)})
        return redirect("entry_files", key)
    return render(
        request,
        "knowledge/entry_files.html",
        {"entry": found, "misplaced": files.misplaced(found), "target": openness.place_of(found)},
    )


@require_safe
def community(request: Request, slug: str) -> HttpResponse:
    """The overview of a community; for those outside a closed one, what it is and how to join."""
    pages = (
        CommunityPage.objects.filter(community__slug=slug)
        .filter(community__in=Community.objects.visible_to(request.viewer))
        .select_related("locale", "community__cover")
    )
    page = cards.preferred(pages, request.viewer)
    if page is None:
        return _without_pages(request, slug)
    if not access.is_inside(request.viewer, page.community):
        return community_views.teaser(request, page.community)
    return render(
        request,
        "knowledge/community_page.html",
        {"page": page, **community_overview.context(request, page)},
    )


@require_safe
def community_entries(request: Request, slug: str, section: str) -> HttpResponse:
    """One kind of entries in a community."""
    found = _entered(request, slug)
    if section not in CONTENT:
        raise Http404
    content = CONTENT[section]
    look = Catalogue(request.viewer, request.GET, within=found, kinds=(content.kind,))
    if look.moved_to:
        return HttpResponseRedirect(look.moved_to)
    context = {
        **community_header.context(request, found, current=section),
        "section": content,
        "catalogue": look,
    }
    return render(request, "knowledge/community_entries.html", context)


@require_safe
def community_statistics(request: Request, slug: str) -> HttpResponse:
    """The figures of a community over a period."""
    found = _entered(request, slug)
    form = PeriodForm(request.GET)
    context = {
        **community_header.context(request, found, current="statistics", tool="statistics"),
        "form": form,
        "statistics": statistics_of(found, request.viewer, form.chosen),
        "query": request.GET.urlencode(),
    }
    return render(request, "knowledge/community_statistics.html", context)


@require_safe
def export_statistics(request: Request, slug: str) -> HttpResponseBase:
    """The same figures by parts of the period, as a table for a spreadsheet."""
    found = _entered(request, slug)
    community_header.context(request, found, current="statistics")
    form = PeriodForm(request.GET)
    if not form.is_valid():
        return redirect(f"{reverse('community_statistics', args=[slug])}?{request.GET.urlencode()}")
    period = form.chosen
    name = f"{slug}-{period.first:%Y-%m-%d}-{period.last:%Y-%m-%d}"
    rows = statistics_export.rows(statistics_of(found, request.viewer, period))
    return exports.response(request, "csv", name, rows)


@require_POST
def ask_owner(request: Request, key: Any) -> HttpResponse:
    """A lead asks who answers for an entry whether it is still true, once a day."""
    found = get_object_or_404(
        Entry.objects.visible_to(request.viewer).published().select_related("community", "owner"), key=key
    )
    community = community_views.managed(request, found.community.slug)
    try:
        rates.require("ask_owner", found.key)
    except rates.TooOften:
        messages.info(request, _("The owner was asked today already."))
    else:
        entries.ask_owner(entry=found, by=request.user)
        messages.success(request, _("Asked: %(name)s gets a mail.") % {"name": found.owner.name})
    return redirect("community_to_do", community.slug)


def _answered_for(request: Request, key: Any) -> Entry:
    """The entry, for those who answer for its being true."""
    found: Entry = get_object_or_404(
        Entry.objects.visible_to(request.viewer).select_related("community"), key=key
    )
    if not reading.may_check(found, request.viewer):
        raise PermissionDenied
    return found


def _entered(request: Request, slug: str) -> Community:
    """The community, for those who may read what is inside; a section of a closed one answers others with 404."""
    found: Community = get_object_or_404(
        Community.objects.open_to(request.viewer).select_related("cover"), slug=slug
    )
    return found


def _without_pages(request: Request, slug: str) -> HttpResponse:
    """A community that waits for a curator has no pages yet; its proposer and curators are led to the proposal."""
    get_object_or_404(Community.objects.visible_to(request.viewer), slug=slug)
    return redirect("community_proposal", slug)
