"""Mails of people/, each in the language of who gets it. Whether it still holds is asked again at sending.

What goes to several people is a job for each, so that one address that fails keeps nobody else from being told.
"""

from typing import Any

from django.db import transaction
from django_tasks import task

from people import access, mails
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
        url=mails.address("accept_invitation", secret),
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
        url=mails.address(place, community.slug),
        community=community,
        reason=community.decision_reason,
    )


@task
def tell_curators_of_proposal(community_id: int) -> None:
    """Mail everybody who may confirm a proposed community, but who proposed it."""
    community = Community.objects.get(pk=community_id)
    curators = User.objects.who_may("people.confirm_community").exclude(pk=community.proposed_by_id)
    with transaction.atomic():
        for curator_id in curators.values_list("pk", flat=True):
            mail_proposal_made.enqueue(community_id, curator_id)


@task
def mail_proposal_made(community_id: int, curator_id: int) -> None:
    """Tell one curator of a proposal that still waits; of a classified one they may not know."""
    curator = User.objects.get(pk=curator_id)
    viewer = access.viewer_of(curator)
    known = Community.objects.visible_to(viewer).select_related("proposed_by")
    community = known.filter(pk=community_id, state=CommunityState.PROPOSED).first()
    if community is not None and viewer.may("people.confirm_community"):
        _tell(
            curator,
            "proposal_made",
            url=mails.address("community_proposal", community.slug),
            community=community,
        )


@task
def mail_added(community_id: int, user_id: int) -> None:
    """Tell somebody that a lead added them to a community, if they are still in it."""
    membership = (
        Membership.objects.active()
        .filter(community=community_id, user=user_id)
        .select_related("community", "user")
        .first()
    )
    if membership is not None:
        _tell(
            membership.user,
            "member_added",
            url=mails.address("community", membership.community.slug),
            community=membership.community,
        )


@task
def mail_lead_given(membership_id: int) -> None:
    """Tell a member that they lead the community now."""
    membership = Membership.objects.select_related("community", "user").get(pk=membership_id)
    if membership.state == MembershipState.ACTIVE and membership.role == MembershipRole.LEAD:
        _tell(
            membership.user,
            "lead_given",
            url=mails.address("community_members", membership.community.slug),
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
            url=mails.address("community", glass.community.slug),
            community=glass.community,
            glass=glass,
        )


def _tell(user: User, name: str, **context: Any) -> None:
    """A mail to somebody who is still here, in their language."""
    mails.tell(user, f"people/mail/{name}", **context)


def _send(name: str, *, to: str, language: str, **context: Any) -> None:
    mails.send(f"people/mail/{name}", to=to, language=language, **context)
