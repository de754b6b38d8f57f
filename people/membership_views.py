from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core import pagination, rates
from people import access, community_header, member_filter
from people.choices import Access, MembershipState
from people.community_forms import DecisionForm
from people.community_views import managed, visible
from people.models import Membership, Unit
from people.requests import Request
from people.services import memberships

PAGE_SIZE = 24
MOST_REQUESTS_SHOWN = 50


@require_safe
def community_members(request: Request, slug: str) -> HttpResponse:
    """Who is in a community; its leads decide here about those who asked."""
    community = visible(request, slug)
    if not access.is_inside(request.viewer, community) or not request.viewer.may("people.view_directory"):
        raise Http404
    header = community_header.context(request, community, current="members", tool="members")
    members = member_filter.members(community, request.viewer, request.GET)
    waiting = member_filter.requests(community)
    context = {
        **header,
        "page": pagination.numbered(members.for_listing(), request.GET.get("page"), PAGE_SIZE),
        "enterprises": Unit.objects.filter(
            pk__in=Membership.objects.active().filter(community=community).values("user__enterprise")
        ).order_by("name"),
        "requests": list(waiting.for_listing()[:MOST_REQUESTS_SHOWN]) if header["is_manager"] else [],
        "query": request.GET,
        "filter_fields": [
            (name, request.GET[name]) for name in member_filter.FIELDS if request.GET.get(name)
        ],
    }
    return render(request, "people/community_members.html", context)


@require_POST
def join_community(request: Request, slug: str) -> HttpResponse:
    community = visible(request, slug)
    is_open = community.access == Access.OPEN
    said = _("You are a member now.") if is_open else _("Sent. A lead will decide, and you will get a mail.")
    message = request.POST.get("message", "").replace("\0", "").strip()[:1000]
    try:
        rates.require("join", request.user.pk)
    except rates.TooOften as refusal:
        messages.error(request, str(refusal))
        request.session[community_header.UNSENT] = {"community": slug, "message": message}
        return redirect(community)
    _attempt(request, lambda: memberships.join(user=request.user, community=community, message=message), said)
    return redirect(community)


@require_POST
def leave_community(request: Request, slug: str) -> HttpResponse:
    """End one's membership, or take back one's request."""
    community = visible(request, slug)
    _attempt(
        request, lambda: memberships.leave(user=request.user, community=community), _("Done: you are out.")
    )
    is_lost = community.access == Access.CLASSIFIED
    return redirect("communities") if is_lost else redirect(community)


@require_POST
def approve_request(request: Request, slug: str, public_id: Any) -> HttpResponse:
    membership = _membership(request, slug, public_id)
    said = _("%(name)s is a member now and has been told.") % {"name": membership.user.name}
    _attempt(request, lambda: memberships.approve(membership=membership, by=request.user), said)
    return redirect("community_members", slug)


@require_POST
def decline_request(request: Request, slug: str, public_id: Any) -> HttpResponse:
    membership = _membership(request, slug, public_id)
    said = _("Declined. %(name)s has been told.") % {"name": membership.user.name}
    reason = _reason(request)
    _attempt(
        request, lambda: memberships.decline(membership=membership, by=request.user, reason=reason), said
    )
    return redirect("community_members", slug)


@require_POST
def remove_member(request: Request, slug: str, public_id: Any) -> HttpResponse:
    membership = _membership(request, slug, public_id)
    said = _("%(name)s is no longer a member.") % {"name": membership.user.name}
    reason = _reason(request)
    _attempt(request, lambda: memberships.remove(membership=membership, by=request.user, reason=reason), said)
    return redirect("community_members", slug)


@require_POST
def make_lead(request: Request, slug: str, public_id: Any) -> HttpResponse:
    membership = _active(_membership(request, slug, public_id))
    said = _("%(name)s is a lead now and has been told.") % {"name": membership.user.name}
    _attempt(
        request,
        lambda: memberships.make_lead(user=membership.user, community=membership.community, by=request.user),
        said,
    )
    return redirect("community_members", slug)


@require_POST
def step_down(request: Request, slug: str, public_id: Any) -> HttpResponse:
    """A lead, oneself or another, becomes an ordinary member."""
    membership = _membership(request, slug, public_id)
    said = _("%(name)s is an ordinary member again.") % {"name": membership.user.name}
    _attempt(request, lambda: memberships.step_down(membership=membership, by=request.user), said)
    return redirect("community_members", slug)


@require_POST
def hand_over_lead(request: Request, slug: str, public_id: Any) -> HttpResponse:
    membership = _active(_membership(request, slug, public_id))
    said = _("%(name)s leads the community now, and you are an ordinary member.") % {
        "name": membership.user.name
    }
    _attempt(
        request,
        lambda: memberships.hand_over(community=membership.community, to=membership.user, by=request.user),
        said,
    )
    return redirect("community_members", slug)


def _attempt(request: Request, step: Callable[[], object], said: str) -> None:
    """Do the step and say so, or say why it is not possible."""
    try:
        step()
    except memberships.MembershipRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)


def _membership(request: Request, slug: str, public_id: Any) -> Membership:
    """A person's membership in a community that the reader manages."""
    found: Membership = get_object_or_404(
        Membership.objects.select_related("user", "community"),
        community=managed(request, slug),
        user__public_id=public_id,
    )
    return found


def _active(membership: Membership) -> Membership:
    if membership.state != MembershipState.ACTIVE:
        raise Http404
    return membership


def _reason(request: Request) -> str:
    form = DecisionForm(request.POST)
    return form.cleaned_data["reason"] if form.is_valid() else ""
