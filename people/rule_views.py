"""Rules of membership: what they are, what they would change, made and ended by leads."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core import rates
from people import community_header
from people.choices import CommunityState
from people.community_views import managed
from people.member_batch_forms import RuleForm
from people.models import Community, MembershipRule
from people.requests import Request
from people.services import membership_rules


@require_http_methods(["GET", "HEAD", "POST"])
def community_rules(request: Request, slug: str) -> HttpResponse:
    """The rules of a community; a new one is shown with what it would change before it is made."""
    community = managed(request, slug)
    form = RuleForm(request.POST or None)
    preview = None
    if request.method == "POST" and form.is_valid():
        if request.POST.get("step") == "make":
            if _made(request, community, form):
                return redirect("membership_rules", slug)
        else:
            preview = membership_rules.preview(community, request.viewer, form.draft())
    context = {
        **community_header.context(request, community, community_header.MANAGE, tool="rules"),
        "rules": MembershipRule.objects.filter(community=community).for_listing(),
        "form": form,
        "preview": preview,
        "is_open_for_members": community.state == CommunityState.ACTIVE,
    }
    return rates.answer(render(request, "people/membership_rules.html", context), form)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_membership_rule(request: Request, slug: str, public_id: Any) -> HttpResponse:
    """Who goes when the rule ends; then it ends."""
    community = managed(request, slug)
    rule = get_object_or_404(
        MembershipRule.objects.select_related("unit", "competence", "community"),
        community=community,
        public_id=public_id,
    )
    if request.method == "POST":
        membership_rules.remove(rule=rule, by=request.user)
        messages.success(request, _("The rule has ended; whom it brought leaves now."))
        return redirect("membership_rules", slug)
    context = {
        **community_header.context(request, community, community_header.MANAGE, tool="rules"),
        "rule": rule,
        "preview": membership_rules.preview_without(rule, request.viewer),
    }
    return render(request, "people/remove_membership_rule.html", context)


def _made(request: Request, community: Community, form: RuleForm) -> bool:
    try:
        rates.require("members", request.user.pk)
        membership_rules.make(community=community, by=request.user, draft=form.draft())
    except membership_rules.RuleRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    except rates.TooOften as refusal:
        form.add_error(None, refusal)
        return False
    messages.success(request, _("The rule holds. The people it names become members now."))
    return True
