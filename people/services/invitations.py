"""Invitations into a community, by link or by mail."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from core import audit, clock
from people.choices import Access, Coming, CommunityState, Ending, MembershipState
from people.models import Community, Invitation, Membership, MembershipChange, User
from people.services import memberships
from people.tasks import mail_invitation

MOST_USES = 500


class InvitationUnusable(Exception):
    """Wrong, used up, revoked or out of date; the message says so to the person."""


@transaction.atomic
def invite(
    *, community: Community, by: User, email: str = "", days: int = 14, uses: int = 1
) -> tuple[Invitation, str]:
    """Make an invitation and return it with its secret, which is shown once. With an address it is also mailed."""
    memberships.require_management(by, community)
    if community.state != CommunityState.ACTIVE:
        raise memberships.NotOpenForMembers(_("This community takes no new members at present."))
    secret = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        community=community,
        invited_by=by,
        email=email.strip().lower(),
        digest=_digest(secret),
        expires_at=clock.now() + timedelta(days=max(1, min(days, 90))),
        uses_left=1 if email else max(1, min(uses, MOST_USES)),
    )
    audit.log("invitation.made", actor=by, target=community, invitation=str(invitation.public_id))
    if invitation.email:
        mail_invitation.enqueue(invitation.pk, secret)
    return invitation, secret


def find(secret: str) -> Invitation:
    """The usable invitation behind a link; raises InvitationUnusable."""
    invitation = (
        Invitation.objects.select_related("community", "invited_by").filter(digest=_digest(secret)).first()
    )
    if invitation is None:
        raise InvitationUnusable(_("This invitation link is not right. Ask for a new one."))
    if not invitation.is_usable:
        raise InvitationUnusable(_("This invitation is no longer valid. Ask for a new one."))
    if invitation.community.state != CommunityState.ACTIVE:
        raise InvitationUnusable(_("This community takes no new members at present."))
    return invitation


def require_addressee(invitation: Invitation, user: User) -> None:
    """Raises InvitationUnusable where the invitation was mailed to somebody else."""
    if invitation.email and invitation.email != user.email.lower():
        raise InvitationUnusable(_("This invitation was sent to another address."))


def require_standing(invitation: Invitation, user: User) -> None:
    """Raises InvitationUnusable for whom a lead removed, and nobody has invited by name since.

    An open community can be joined by anybody at any time; there a removal closes no door.
    """
    if invitation.community.access == Access.OPEN:
        return
    standing = Membership.objects.filter(
        user=user, community=invitation.community, ended_by=Ending.LEAD
    ).first()
    if standing is None:
        return
    removals = MembershipChange.objects.filter(
        user=user, community=invitation.community, was=MembershipState.ACTIVE
    )
    removed_at = removals.aggregate(last=Max("at"))["last"] or standing.since
    if not invitation.email or invitation.created_at < removed_at:
        raise InvitationUnusable(
            _("A lead has ended your membership. Ask a lead to invite you by name, or ask to join.")
        )


@transaction.atomic
def accept(*, secret: str, user: User) -> Community:
    """Become a member by an invitation; each use counts once, also when two people are as quick as each other."""
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=find(secret).pk)
    require_addressee(invitation, user)
    community = invitation.community
    if Membership.objects.active().filter(user=user, community=community).exists():
        return community
    require_standing(invitation, user)
    # Read before the lock was had, the invitation may have been used up meanwhile.
    used = Invitation.objects.filter(pk=invitation.pk, uses_left__gt=0).update(uses_left=F("uses_left") - 1)
    if not used:
        raise InvitationUnusable(_("This invitation is no longer valid. Ask for a new one."))
    memberships.admit(user=user, community=community, by=invitation.invited_by, came_by=Coming.INVITATION)
    return community


@transaction.atomic
def revoke(*, invitation: Invitation, by: User) -> None:
    """Make a link worthless at once."""
    memberships.require_management(by, invitation.community)
    if invitation.revoked_at is None:
        invitation.revoked_at = clock.now()
        invitation.save(update_fields=["revoked_at"])
        audit.log(
            "invitation.revoked", actor=by, target=invitation.community, invitation=str(invitation.public_id)
        )


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
