"""How people come into a community and leave it. Nothing else assigns a membership's state."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import audit, clock, notifications
from core.notifications import Reason
from people import access
from people.choices import (
    MEMBERSHIP_TRANSITIONS,
    Access,
    Coming,
    CommunityState,
    Ending,
    MembershipRole,
    MembershipState,
)
from people.models import Community, Invitation, Membership, MembershipChange, User
from people.notification_kinds import REQUEST_DECIDED, REQUEST_MADE, request_key
from people.services import community_observers
from people.tasks import mail_lead_given


class MembershipRefused(Exception):
    """The step is not possible; the message says why, to the person."""


class NotOpenForMembers(MembershipRefused):
    pass


class LastLead(MembershipRefused):
    pass


@transaction.atomic
def join(*, user: User, community: Community, message: str = "") -> Membership:
    """Become a member of an open community, or ask to become one of a closed one. Doing it twice changes nothing."""
    community = _lock(community)
    if not Community.objects.visible_to(access.viewer_of(user)).filter(pk=community.pk).exists():
        raise PermissionDenied
    if community.state != CommunityState.ACTIVE:
        raise NotOpenForMembers(_("This community takes no new members at present."))
    standing = _standing(user, community)
    if standing and standing.state in {MembershipState.ACTIVE, MembershipState.REQUESTED}:
        return standing
    if community.access == Access.OPEN:
        return _move(user, community, MembershipState.ACTIVE, message=message)
    request = _move(user, community, MembershipState.REQUESTED, message=message)
    notifications.notify(
        kind=REQUEST_MADE,
        subject=("community", community.public_id),
        actor=user,
        recipients=Membership.objects.leads().filter(community=community).values_list("user_id", flat=True),
        reason=Reason.DECIDES,
        data={"membership": request.pk},
        dedupe=request_key(request),
    )
    return request


@transaction.atomic
def admit(*, user: User, community: Community, by: User | None, came_by: Coming = Coming.LEAD) -> Membership:
    """Make somebody a member: a lead's decision, an invitation's effect (`by` is then who invited), or the system's."""
    community = _lock(community)
    standing = _standing(user, community)
    if standing and standing.state == MembershipState.ACTIVE:
        return standing
    if community.state in {CommunityState.ARCHIVED, CommunityState.DECLINED} or not user.is_active:
        raise NotOpenForMembers(_("This community takes no new members at present."))
    membership = _move(user, community, MembershipState.ACTIVE, came_by=came_by)
    audit.log("membership.admitted", actor=by, target=community, user=str(user.public_id))
    return membership


@transaction.atomic
def approve(*, membership: Membership, by: User) -> Membership:
    """A lead lets in somebody who asked. When another lead has let them in already, nothing changes."""
    require_management(by, membership.community)
    membership = _fresh(membership)
    if membership.state == MembershipState.ACTIVE:
        return membership
    _require_request(membership)
    asked = request_key(membership)
    membership = admit(user=membership.user, community=membership.community, by=by)
    _tell_decision(membership, by, asked=asked, is_member=True)
    return membership


@transaction.atomic
def decline(*, membership: Membership, by: User, reason: str = "") -> None:
    """A lead turns down somebody who asked; they may ask again."""
    require_management(by, membership.community)
    membership = _fresh(membership)
    _require_request(membership)
    asked = request_key(membership)
    _move(membership.user, membership.community, MembershipState.ENDED, ended_by=Ending.DECLINED)
    _tell_decision(membership, by, asked=asked, is_member=False, reason=reason.strip())
    audit.log(
        "membership.declined",
        actor=by,
        target=membership.community,
        reason=reason,
        user=str(membership.user.public_id),
    )


@transaction.atomic
def leave(*, user: User, community: Community) -> None:
    """Leave, or take back a request. Doing it twice changes nothing."""
    community = _lock(community)
    standing = _standing(user, community)
    if standing is None or standing.state == MembershipState.ENDED:
        return
    _keep_a_lead(standing)
    _move(user, community, MembershipState.ENDED, ended_by=Ending.OWN)


@transaction.atomic
def remove(*, membership: Membership, by: User, reason: str = "") -> None:
    """A lead ends somebody's membership, and with it the invitations they made."""
    require_management(by, membership.community)
    membership = _fresh(membership)
    if membership.state != MembershipState.ACTIVE:
        return
    _keep_a_lead(membership)
    _move(membership.user, membership.community, MembershipState.ENDED, ended_by=Ending.LEAD)
    # Who made links as a lead would come back by their own, and bring others.
    theirs = Invitation.objects.filter(invited_by=membership.user, community=membership.community)
    theirs.filter(revoked_at=None).update(revoked_at=clock.now())
    audit.log(
        "membership.removed",
        actor=by,
        target=membership.community,
        reason=reason,
        user=str(membership.user.public_id),
    )


@transaction.atomic
def make_lead(*, user: User, community: Community, by: User | None) -> Membership:
    """Add a lead; they become a member if they are none."""
    if by is not None:
        require_management(by, community)
    membership = admit(user=user, community=community, by=by)
    if membership.role != MembershipRole.LEAD:
        membership.role = MembershipRole.LEAD
        membership.came_by = Coming.LEAD  # no rule takes a lead away, nor who was one
        membership.save(update_fields=["role", "came_by"])
        community_observers.announce_members(membership.community)
        audit.log("community.lead_added", actor=by, target=community, user=str(user.public_id))
        if by is not None and by.pk != user.pk:
            mail_lead_given.enqueue(membership.pk)
    return membership


@transaction.atomic
def step_down(*, membership: Membership, by: User) -> None:
    """A lead becomes an ordinary member again; a community keeps at least one."""
    require_management(by, membership.community)
    membership = _fresh(membership)
    if membership.role != MembershipRole.LEAD:
        return
    _keep_a_lead(membership)
    membership.role = MembershipRole.MEMBER
    membership.save(update_fields=["role"])
    community_observers.announce_members(membership.community)
    audit.log(
        "community.lead_removed", actor=by, target=membership.community, user=str(membership.user.public_id)
    )


@transaction.atomic
def hand_over(*, community: Community, to: User, by: User) -> None:
    """Give one's own lead to another member in one step."""
    make_lead(user=to, community=community, by=by)
    own = _standing(by, community)
    if own is not None and own.role == MembershipRole.LEAD and by.pk != to.pk:
        step_down(membership=own, by=by)


@transaction.atomic
def put_greeting_away(*, user: User, community: Community) -> None:
    """A new member has read the community's welcome; it is not shown again."""
    own = Membership.objects.active().filter(user=user, community=community, greeted_at=None)
    own.update(greeted_at=clock.now())


def require_management(by: User, community: Community) -> None:
    """Raises PermissionDenied unless the person may manage this community."""
    if not Community.objects.managed_by(access.viewer_of(by)).filter(pk=community.pk).exists():
        raise PermissionDenied


def recount(community: Community) -> None:
    """Set the kept counter to what the rows say: counted once nobody else is at it, or what they add would be lost."""
    _lock(community)
    count = Membership.objects.active().filter(community=community, user__is_active=True).count()
    Community.objects.filter(pk=community.pk).update(member_count=count)


def _lock(community: Community) -> Community:
    return Community.objects.select_for_update().get(pk=community.pk)


def _fresh(membership: Membership) -> Membership:
    _lock(membership.community)
    return Membership.objects.select_related("community", "user").get(pk=membership.pk)


def _standing(user: User, community: Community) -> Membership | None:
    return Membership.objects.filter(user=user, community=community).first()


def _require_request(membership: Membership) -> None:
    if membership.state != MembershipState.REQUESTED:
        raise MembershipRefused(_("There is no request to decide any more: somebody was quicker."))


def _tell_decision(
    membership: Membership, by: User, *, asked: str, is_member: bool, reason: str = ""
) -> None:
    """Who asked hears what a lead decided."""
    notifications.notify(
        kind=REQUEST_DECIDED,
        subject=("community", membership.community.public_id),
        actor=by,
        recipients=[membership.user_id],
        data={"membership": membership.pk, "is_member": is_member, "reason": reason},
        dedupe=f"{asked}:decided",
    )


def _keep_a_lead(membership: Membership) -> None:
    leads = Membership.objects.leads().filter(community=membership.community, user__is_active=True)
    if membership.role == MembershipRole.LEAD and not leads.exclude(pk=membership.pk).exists():
        raise LastLead(_("A community needs a lead: hand the lead over first."))


def _move(
    user: User,
    community: Community,
    state: MembershipState,
    *,
    message: str = "",
    came_by: Coming = Coming.OWN,
    ended_by: Ending | str = "",
) -> Membership:
    membership = _standing(user, community) or Membership(user=user, community=community, state="")
    if state not in MEMBERSHIP_TRANSITIONS[membership.state]:
        raise MembershipRefused(_("That is not possible from where things stand."))
    if membership.state == MembershipState.REQUESTED:
        notifications.settle(dedupe=request_key(membership))
    now = clock.now()
    if state != MembershipState.REQUESTED:
        MembershipChange.objects.create(
            community=community,
            user=user,
            state=state,
            was=membership.state,
            at=now,
            asked_at=membership.since if _is_answer(membership, ended_by) else None,
        )
    membership.state = state
    membership.since = now
    membership.message = message
    membership.ended_by = _ending(membership.ended_by, state, ended_by)
    if state == MembershipState.ACTIVE:
        membership.came_by, membership.greeted_at = came_by, None
    else:
        membership.role = MembershipRole.MEMBER
    membership.save()
    community_observers.announce_members(community)
    return membership


def _ending(before: str, state: MembershipState, ended_by: Ending | str) -> str:
    """A lead's word stands until a lead lets the person in: asking, and taking that back, does not wipe it out."""
    if state == MembershipState.ACTIVE:
        return ""
    if before == Ending.LEAD or (before == Ending.DECLINED and ended_by != Ending.LEAD):
        return before
    return ended_by


def _is_answer(membership: Membership, ended_by: Ending | str) -> bool:
    """Whether a request is answered by this step, rather than taken back."""
    return membership.state == MembershipState.REQUESTED and ended_by != Ending.OWN
