"""One step for many members: chosen on their list, or named by a list of one's own."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import pagination, rates
from people import community_header, member_filter
from people.choices import BatchAction, BatchOutcome, CommunityState
from people.community_views import managed
from people.member_batch_forms import AddMembersForm, BatchForm
from people.models import Community, MemberBatch, User
from people.requests import Request
from people.services import member_batches, memberships

PAGE_SIZE = 50
NAMED = 8
# The other steps are done at once: letting somebody in is easily undone.
CONFIRMED = {BatchAction.REMOVE, BatchAction.MAKE_LEAD, BatchAction.STEP_DOWN, BatchAction.DECLINE}
GOOD = (BatchOutcome.DONE, BatchOutcome.ADDED, BatchOutcome.INVITED)


@require_POST
def begin_member_batch(request: Request, slug: str) -> HttpResponse:
    """Do a step to the people chosen; what cannot be taken back so easily is shown once more first."""
    community = managed(request, slug)
    form = BatchForm(request.POST)
    if not form.is_valid():
        return _refuse(request, slug, _("Choose what to do."))
    action = BatchAction(form.cleaned_data["action"])
    user_ids = _chosen(request, community, action, everyone=form.cleaned_data["everyone"])
    if not user_ids:
        return _refuse(request, slug, _("Choose at least one person."))
    if action in CONFIRMED and not form.cleaned_data["confirmed"]:
        return _ask_again(request, community, action, user_ids)
    try:
        rates.require("members", request.user.pk)
        batch = member_batches.begin(
            community=community,
            by=request.user,
            action=action,
            user_ids=user_ids,
            reason=form.cleaned_data["reason"],
        )
    except (memberships.MembershipRefused, rates.TooOften) as refusal:
        return _refuse(request, slug, str(refusal))
    return _answer(request, batch)


@require_http_methods(["GET", "HEAD", "POST"])
def add_members(request: Request, slug: str) -> HttpResponse:
    """Make everybody a member whom a list names; each row is answered, and nothing of the list is lost."""
    community = managed(request, slug)
    form = AddMembersForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            rates.require("members", request.user.pk)
            batch = member_batches.add_listed(community=community, by=request.user, given=form.given)
        except memberships.MembershipRefused as refusal:
            form.add_error(None, str(refusal))
        except rates.TooOften as refusal:
            form.add_error(None, refusal)
        else:
            return redirect(batch)
    context = {
        **community_header.context(request, community, community_header.MANAGE, tool="members"),
        "form": form,
        "is_open_for_members": community.state == CommunityState.ACTIVE,
    }
    return rates.answer(render(request, "people/add_members.html", context), form)


@require_safe
def member_batch(request: Request, slug: str, public_id: Any) -> HttpResponse:
    """How far a step for many has come, and what became of each row; the page can be closed meanwhile."""
    community = managed(request, slug)
    batch = get_object_or_404(
        MemberBatch.objects.select_related("by"), community=community, public_id=public_id
    )
    rows = batch.rows.select_related("user__enterprise").order_by("place")
    outcome = request.GET.get("outcome", "")
    if outcome in BatchOutcome.values:
        rows = rows.filter(outcome=outcome)
    counts = list(batch.rows.order_by().values_list("outcome").annotate(number=Count("pk")))
    context = {
        **community_header.context(request, community, community_header.MANAGE, tool="members"),
        "batch": batch,
        "outcomes": [
            {
                "value": value,
                "label": BatchOutcome(value).label,
                "number": number,
                "is_good": value in GOOD,
                "is_chosen": value == outcome,
            }
            for value, number in sorted(counts, key=lambda each: -each[1])
            if value
        ],
        "has_strangers": any(value == BatchOutcome.NO_ACCOUNT for value, _number in counts),
        "page": pagination.numbered(rows, request.GET.get("page"), PAGE_SIZE),
    }
    return render(request, "people/member_batch.html", context)


@require_POST
def invite_strangers(request: Request, slug: str, public_id: Any) -> HttpResponse:
    """Invite by mail whoever of a list has no account yet."""
    community = managed(request, slug)
    batch = get_object_or_404(MemberBatch, community=community, public_id=public_id)
    try:
        rates.require("members", request.user.pk)
        number = member_batches.invite_strangers(batch=batch, by=request.user)
    except (memberships.MembershipRefused, rates.TooOften) as refusal:
        messages.error(request, str(refusal))
    else:
        said = ngettext(
            "%(number)d invitation is on its way.", "%(number)d invitations are on their way.", number
        )
        messages.success(request, said % {"number": number})
    return redirect(batch)


def _chosen(request: Request, community: Community, action: BatchAction, *, everyone: bool) -> list[int]:
    """The people of this community that the form names; ids that are none of them name nobody."""
    is_about_requests = action in {BatchAction.APPROVE, BatchAction.DECLINE}
    if is_about_requests:
        rows = member_filter.requests(community)
    else:
        rows = member_filter.members(community, request.viewer, request.POST)
    if not everyone:
        rows = rows.filter(user__public_id__in=_ids(request.POST.getlist("user")))
    return list(rows.values_list("user_id", flat=True))


def _ids(values: list[str]) -> list[str]:
    field = User._meta.get_field("public_id")
    known = []
    for value in values:
        try:
            known.append(str(field.to_python(value)))
        except ValidationError:
            continue
    return known


def _ask_again(
    request: Request, community: Community, action: BatchAction, user_ids: list[int]
) -> HttpResponse:
    people = User.objects.filter(pk__in=user_ids[: member_batches.A_TURN]).order_by("name", "pk")
    context = {
        **community_header.context(request, community, community_header.MANAGE, tool="members"),
        "action": action,
        "number": len(user_ids),
        "people": list(people.select_related("enterprise")[:NAMED]),
        "more": max(0, len(user_ids) - NAMED),
        "kept": [
            (name, value)
            for name in ("action", "everyone", "user", *member_filter.FIELDS)
            for value in request.POST.getlist(name)
        ],
        "asks_reason": action in {BatchAction.REMOVE, BatchAction.DECLINE},
    }
    return render(request, "people/confirm_member_batch.html", context)


def _answer(request: Request, batch: MemberBatch) -> HttpResponse:
    """Back to the list where all went well at once; else to what became of each."""
    good = batch.rows.filter(outcome__in=GOOD).count()
    if batch.is_under_way or good < batch.total:
        return redirect(batch)
    said = ngettext("Done for %(number)d person.", "Done for %(number)d people.", good) % {"number": good}
    messages.success(request, said)
    return redirect("community_members", batch.community.slug)


def _refuse(request: Request, slug: str, said: str) -> HttpResponse:
    messages.error(request, said)
    return redirect("community_members", slug)
