from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import pagination, rates
from people import access, community_header, pictures
from people.choices import Access, CommunityState
from people.community_forms import (
    ACCESS_HELP,
    FIRST_ACCENT,
    AccessForm,
    CommunityForm,
    CoverFocusForm,
    CoverPictureForm,
    DecisionForm,
    ProposalForm,
)
from people.community_list import PAGE_SIZE, CommunityList
from people.models import Community, Membership
from people.requests import Request
from people.services import communities as services


@require_safe
def communities(request: Request) -> HttpResponse:
    """All communities that the reader may know of, their own first."""
    found = CommunityList(request.viewer, request.GET)
    page = pagination.numbered(found.communities, request.GET.get("page"), PAGE_SIZE)
    proposals = _proposals(request)
    context = {
        "filters": found.filters,
        "facets": found.facets,
        "chips": found.chips,
        "page": page,
        "own_proposals": [proposal for proposal in proposals if proposal.proposed_by_id == request.user.pk],
        "may_propose": request.viewer.may("people.propose_community"),
        "may_confirm": request.viewer.may("people.confirm_community"),
        "may_enter_classified": request.viewer.may("people.break_glass"),
        "waiting_count": sum(proposal.state == CommunityState.PROPOSED for proposal in proposals),
    }
    return render(request, "people/communities.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def propose_community(request: Request) -> HttpResponse:
    """Suggest a community; a curator decides. `?from=` takes up an earlier proposal of one's own."""
    access.require(request.user, "people.propose_community")
    earlier = Community.objects.filter(proposed_by=request.user.pk, slug=request.GET.get("from", "")).first()
    initial: dict[str, Any] = {"access": Access.OPEN, "cover_pattern": "gears", "accent": FIRST_ACCENT}
    if earlier is not None:
        initial = {**CommunityForm.initial_of(earlier), "seed": ""}
    form = ProposalForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            rates.require("proposal", request.user.pk)
        except rates.TooOften as refusal:
            form.add_error(None, refusal)
        else:
            draft = form.draft(form.cleaned_data["access"])
            community = services.propose(author=request.user, draft=draft)
            messages.success(request, _("Sent to the curators. You will hear what they decide."))
            return redirect("community_proposal", community.slug)
    context = {"form": form, "access_options": _access_options(form["access"].value())}
    return rates.answer(render(request, "people/propose_community.html", context), form)


@require_safe
def cover_preview(request: Request) -> HttpResponse:
    """The drawing that the pattern and colour of a form would give."""
    context = {"url": CommunityForm(request.GET).preview_url}
    return render(request, "people/cover_preview.html", context)


@require_safe
def community_proposals(request: Request) -> HttpResponse:
    """What waits for a curator's decision."""
    access.require(request.user, "people.confirm_community")
    waiting = Community.objects.visible_to(request.viewer).filter(state=CommunityState.PROPOSED)
    page = pagination.numbered(
        waiting.select_related("proposed_by").order_by("created_at"), request.GET.get("page")
    )
    return render(request, "people/community_proposals.html", {"page": page})


@require_safe
def community_proposal(request: Request, slug: str) -> HttpResponse:
    """A proposal, for who made it and for curators."""
    community = visible(request, slug)
    if community.state in {CommunityState.ACTIVE, CommunityState.ARCHIVED}:
        return redirect(community)
    return _show_proposal(request, community, DecisionForm())


@require_POST
def confirm_community(request: Request, slug: str) -> HttpResponse:
    community = visible(request, slug)
    try:
        community = services.confirm(community=community, by=request.user)
    except services.CommunityRefused:
        messages.error(request, _("Somebody has decided already."))
        return redirect("community_proposal", slug)
    messages.success(request, _("The community is open. Its proposer leads it and has been told."))
    return redirect(community)


@require_POST
def decline_community(request: Request, slug: str) -> HttpResponse:
    community = visible(request, slug)
    form = DecisionForm(request.POST)
    if form.is_valid():
        try:
            services.decline(community=community, by=request.user, reason=form.cleaned_data["reason"])
        except services.CommunityRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("community_proposal", slug)
        messages.success(request, _("Declined. The proposer has been told why."))
        return redirect("community_proposals")
    return _show_proposal(request, community, form)


@require_http_methods(["GET", "HEAD", "POST"])
def manage_community(request: Request, slug: str) -> HttpResponse:
    """What a lead may change: texts and look here, cover, access and state by the forms beside."""
    community = managed(request, slug)
    form = CommunityForm(request.POST or None, initial=CommunityForm.initial_of(community))
    if request.method == "POST" and form.is_valid():
        services.update(community=community, by=request.user, draft=form.draft(community.access))
        messages.success(request, _("Saved."))
        return redirect("manage_community", slug)
    return _show_management(request, community, form=form)


@require_POST
def set_community_cover(request: Request, slug: str) -> HttpResponse:
    """Put up a picture, or take it down where `remove` is sent."""
    community = managed(request, slug)
    if "remove" in request.POST:
        services.set_cover(community=community, by=request.user, upload=None)
        messages.success(request, _("The picture is taken down; the drawn cover is shown."))
        return redirect("manage_community", slug)
    form = CoverPictureForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            rates.require("upload", request.user.pk)
            services.set_cover(community=community, by=request.user, upload=form.cleaned_data["picture"])
        except pictures.PictureRefused as refusal:
            form.add_error("picture", str(refusal))
        except rates.TooOften as refusal:
            form.add_error("picture", refusal)
        else:
            messages.success(request, _("The new cover is up."))
            return redirect("manage_community", slug)
    return _show_management(request, community, cover_form=form)


@require_POST
def focus_community_cover(request: Request, slug: str) -> HttpResponse:
    """Say which part of the picture stays in sight."""
    community = managed(request, slug)
    form = CoverFocusForm(request.POST)
    if form.is_valid():
        try:
            services.focus_cover(community=community, by=request.user, focus=form.cleaned_data["focus"])
        except services.CommunityRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("This part of the cover stays in sight."))
        return redirect("manage_community", slug)
    return _show_management(request, community, focus_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def change_community_access(request: Request, slug: str) -> HttpResponse:
    """Open, close or classify a community, after reading what that changes."""
    community = managed(request, slug)
    form = AccessForm(request.POST or None, initial={"access": community.access})
    if request.method == "POST" and form.is_valid():
        services.change_access(community=community, by=request.user, to=form.cleaned_data["access"])
        messages.success(request, _("Changed. From this moment it holds for everything in the community."))
        is_lost = not Community.objects.visible_to(access.viewer_of(request.user)).filter(slug=slug).exists()
        return redirect("communities") if is_lost else redirect("manage_community", slug)
    context = {
        **community_header.context(request, community, community_header.MANAGE, tool="texts"),
        "form": form,
        "access_options": _access_options(form["access"].value()),
        "waiting_count": Membership.objects.waiting().filter(community=community).count(),
    }
    return render(request, "people/change_community_access.html", context)


@require_POST
def archive_community(request: Request, slug: str) -> HttpResponse:
    community = managed(request, slug)
    try:
        services.archive(community=community, by=request.user)
    except services.CommunityRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("Archived: it can be read, and takes no new members. You can reopen it here.")
        )
    return redirect("manage_community", slug)


@require_POST
def reopen_community(request: Request, slug: str) -> HttpResponse:
    community = managed(request, slug)
    try:
        services.reopen(community=community, by=request.user)
    except services.CommunityRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The community is open again."))
    return redirect("manage_community", slug)


def teaser(request: Request, community: Community) -> HttpResponse:
    """What those outside a closed community see of it."""
    leads = Membership.objects.leads().filter(community=community, user__is_active=True).for_listing()
    context = {**community_header.context(request, community), "leads": leads.order_by("since", "pk")}
    return render(request, "people/community_teaser.html", context)


def visible(request: Request, slug: str) -> Community:
    """The community, if the reader may know that it exists; to anybody else it is not there."""
    found: Community = get_object_or_404(
        Community.objects.visible_to(request.viewer).select_related("cover", "proposed_by"), slug=slug
    )
    return found


def managed(request: Request, slug: str) -> Community:
    """The community, for those who may manage it."""
    community = visible(request, slug)
    if not access.manages(request.viewer, community):
        raise PermissionDenied
    return community


def _show_proposal(request: Request, community: Community, form: DecisionForm) -> HttpResponse:
    context = {
        "community": community,
        "form": form,
        "access_help": ACCESS_HELP[Access(community.access)],
        "texts": [
            part
            for part in CommunityForm(initial=CommunityForm.initial_of(community)).languages
            if part["is_filled"]
        ],
        "may_decide": request.viewer.may("people.confirm_community")
        and community.state == CommunityState.PROPOSED,
        "is_proposer": community.proposed_by_id == request.user.pk,
    }
    return render(request, "people/community_proposal.html", context)


def _show_management(request: Request, community: Community, **forms: Any) -> HttpResponse:
    focus = community.cover.focus if community.cover else None
    context = {
        **community_header.context(request, community, community_header.MANAGE, tool="texts"),
        "focus_form": forms.get("focus_form") or CoverFocusForm(initial={"focus": focus}),
        "form": forms.get("form") or CommunityForm(initial=CommunityForm.initial_of(community)),
        "cover_form": forms.get("cover_form") or CoverPictureForm(),
        "access_help": ACCESS_HELP[Access(community.access)],
    }
    response = render(request, "people/manage_community.html", context)
    return rates.answer(response, context["form"], context["cover_form"])


def _proposals(request: Request) -> list[Community]:
    """The reader's own that are waiting or were declined, and for curators all that wait."""
    viewer = request.viewer
    if not viewer.may("people.propose_community"):
        return []
    wanted = Q(proposed_by=viewer.user_id, state__in=[CommunityState.PROPOSED, CommunityState.DECLINED])
    if viewer.may("people.confirm_community"):
        wanted |= Q(state=CommunityState.PROPOSED)
    return list(Community.objects.visible_to(viewer).filter(wanted).order_by("-created_at")[:50])


def _access_options(chosen: Any) -> list[dict[str, Any]]:
    return [
        {"value": value, "label": label, "help": ACCESS_HELP[Access(value)], "is_chosen": value == chosen}
        for value, label in Access.choices
    ]
