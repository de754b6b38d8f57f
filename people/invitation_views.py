from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core import pagination, rates
from people import community_header, invitation_session
from people.choices import Access
from people.community_forms import LinkInvitationForm, MailInvitationForm
from people.community_views import managed
from people.models import Community, Invitation, Membership
from people.requests import Request
from people.services import invitations, memberships

NEW = "new_invitation"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def community_invitations(request: Request, slug: str) -> HttpResponse:
    """Invite by mail or by a link, and see which invitations are about. A link is shown once, after it was made."""
    community = managed(request, slug)
    by_mail = "email" in request.POST
    mail_form = MailInvitationForm(request.POST if by_mail else None)
    # The other form on the page has a field for days, too.
    link_form = LinkInvitationForm(
        request.POST if request.method == "POST" and not by_mail else None, auto_id="id_link_%s"
    )
    form = mail_form if by_mail else link_form
    if form.is_bound and form.is_valid() and _invite(request, community, form):
        return redirect("community_invitations", slug)
    new = request.session.pop(NEW, None)
    found = Invitation.objects.filter(community=community).select_related("invited_by")
    context = {
        **community_header.context(request, community, community_header.MANAGE, tool="invitations"),
        "mail_form": mail_form,
        "link_form": link_form,
        "new_url": new["url"] if new and new["community"] == slug else "",
        "page": pagination.numbered(found.order_by("-created_at", "-pk"), request.GET.get("page"), 20),
    }
    return rates.answer(render(request, "people/community_invitations.html", context), mail_form, link_form)


@require_POST
def revoke_invitation(request: Request, slug: str, public_id: Any) -> HttpResponse:
    invitation = get_object_or_404(Invitation, community=managed(request, slug), public_id=public_id)
    invitations.revoke(invitation=invitation, by=request.user)
    messages.success(request, _("The invitation no longer works."))
    return redirect("community_invitations", slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: Request, secret: str) -> HttpResponse:
    """What an invitation leads to. A visitor may sign in or sign up first; it is kept for them meanwhile."""
    try:
        invitation = invitations.find(secret)
        if not request.viewer.is_employee:
            return _greet_visitor(request, invitation, secret)
        if invitation.community_id in request.viewer.memberships:
            invitation_session.forget(request)
            messages.info(request, _("You are a member already."))
            return redirect(invitation.community)
        if request.method == "POST":
            community = invitations.accept(secret=secret, user=request.user)
            invitation_session.forget(request)
            messages.success(request, _("Welcome! You are a member now."))
            return redirect(community)
        invitations.require_addressee(invitation, request.user)
        invitations.require_standing(invitation, request.user)
    except (invitations.InvitationUnusable, memberships.MembershipRefused) as refusal:
        if invitation_session.current(request) == secret:
            invitation_session.forget(request)
        return render(request, "people/invitation_unusable.html", {"reason": str(refusal)}, status=410)
    return render(request, "people/accept_invitation.html", {"invitation": invitation})


def _greet_visitor(request: Request, invitation: Invitation, secret: str) -> HttpResponse:
    invitation_session.remember(request, secret)
    context = {
        "invitation": invitation,
        "is_named": invitation.community.access != Access.CLASSIFIED,
        "next": reverse("accept_invitation", args=[secret]),
    }
    return render(request, "people/invitation_for_visitor.html", context)


def _invite(request: Request, community: Community, form: Any) -> bool:
    """Make what the form asks for; where that is not possible, the form says why."""
    chosen = form.cleaned_data
    email = chosen.get("email", "")
    members = Membership.objects.active().filter(community=community)
    if email and members.filter(user__email__iexact=email).exists():
        form.add_error("email", _("This person is a member already."))
        return False
    try:
        rates.require("invitation", request.user.pk)
        _invitation, secret = invitations.invite(
            community=community,
            by=request.user,
            email=email,
            days=chosen["days"],
            uses=chosen.get("uses", 1),
        )
    except memberships.NotOpenForMembers as refusal:
        form.add_error(None, str(refusal))
        return False
    except rates.TooOften as refusal:
        form.add_error(None, refusal)
        return False
    if email:
        messages.success(request, _("The invitation is on its way to %(address)s.") % {"address": email})
    else:
        url = request.build_absolute_uri(reverse("accept_invitation", args=[secret]))
        request.session[NEW] = {"community": community.slug, "url": url}
    return True
