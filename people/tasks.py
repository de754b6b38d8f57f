"""Mails of people/, each in the language of who gets it. Whether it still holds is asked again at sending."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django_tasks import task

from people.choices import CommunityState, MembershipRole, MembershipState
from people.models import BreakGlass, Community, Invitation, Membership, User


@task
def mail_invitation(invitation_id: int, secret: str) -> None:
    """Send an invitation in the language of the person, if we know them, else of who invites them."""
    invitation = Invitation.objects.select_related("community", "invited_by").get(pk=invitation_id)
    if not invitation.is_usable:
        return
    known = User.objects.filter(email__iexact=invitation.email).first()
    _send(
        "invitation",
        to=invitation.email,
        language=(known or invitation.invited_by).preferred_language,
        url=_address("accept_invitation", secret),
        invitation=invitation,
        community=invitation.community,
    )


@task
def mail_proposal_decided(community_id: int) -> None:
    """Tell who proposed a community that a curator confirmed or declined it."""
    community = Community.objects.select_related("proposed_by").get(pk=community_id)
    proposer = community.proposed_by
    if proposer is None or not proposer.is_active or community.state == CommunityState.PROPOSED:
        return
    is_declined = community.state == CommunityState.DECLINED
    place = "community_proposal" if is_declined else "community"
    _tell(
        proposer,
        "proposal_declined" if is_declined else "proposal_confirmed",
        url=_address(place, community.slug),
        community=community,
        reason=community.decision_reason,
    )


@task
def mail_request_decided(membership_id: int, reason: str = "") -> None:
    """Tell somebody who asked to join what a lead decided."""
    membership = Membership.objects.select_related("community", "user").get(pk=membership_id)
    if membership.state == MembershipState.REQUESTED:
        return
    is_member = membership.state == MembershipState.ACTIVE
    _tell(
        membership.user,
        "request_approved" if is_member else "request_declined",
        url=_address("community", membership.community.slug),
        community=membership.community,
        reason=reason,
    )


@task
def mail_lead_given(membership_id: int) -> None:
    """Tell a member that they lead the community now."""
    membership = Membership.objects.select_related("community", "user").get(pk=membership_id)
    if membership.state == MembershipState.ACTIVE and membership.role == MembershipRole.LEAD:
        _tell(
            membership.user,
            "lead_given",
            url=_address("community_members", membership.community.slug),
            community=membership.community,
        )


@task
def mail_glass_broken(glass_id: int) -> None:
    """Tell the leads of a classified community who entered it, and why."""
    glass = BreakGlass.objects.select_related("community", "user").get(pk=glass_id)
    for lead in Membership.objects.leads().filter(community=glass.community).select_related("user"):
        _tell(
            lead.user,
            "glass_broken",
            url=_address("community", glass.community.slug),
            community=glass.community,
            glass=glass,
        )


def _address(name: str, argument: str) -> str:
    return str(settings.WAGTAILADMIN_BASE_URL) + reverse(name, args=[argument])


def _tell(user: User, name: str, **context: Any) -> None:
    if user.is_active:
        _send(name, to=user.email, language=user.preferred_language, person=user, **context)


def _send(name: str, *, to: str, language: str, **context: Any) -> None:
    """The mail of templates/people/mail/<name>.txt, whose first line is its subject."""
    with translation.override(language):
        text = render_to_string(f"people/mail/{name}.txt", context).strip()
        subject, _newline, body = text.partition("\n")
        body = body.strip() + "\n"
        mail = EmailMultiAlternatives(subject=subject.strip(), body=body, to=[to])
        page = {"subject": subject.strip(), "body": body, "language": language, **context}
        mail.attach_alternative(render_to_string("people/mail/layout.html", page), "text/html")
        mail.send()
