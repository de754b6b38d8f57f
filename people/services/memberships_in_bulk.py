"""Many people come or go at once: in a number of statements that does not grow with them.

The caller holds the community's lock and knows that the step is possible for each of these people; `by` is None for
the system.
"""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from core import audit, bulk_rows, clock, notifications
from people import access
from people.choices import Coming, CommunityState, Ending, MembershipRole, MembershipState
from people.models import Community, Invitation, Membership, MembershipChange, User
from people.notification_kinds import request_key
from people.services import community_observers, memberships

# People a transaction: their rows, and the community's, are locked no longer than this takes.
BATCH = 1000


def admit(*, community: Community, user_ids: Sequence[int], by: User | None, came_by: Coming) -> None:
    """Make people members who are none; their requests are answered by it."""
    if community.state != CommunityState.ACTIVE:
        raise memberships.NotOpenForMembers(_("This community takes no new members at present."))
    if not user_ids:
        return
    now = clock.now()
    standing = {
        membership.user_id: membership
        for membership in Membership.objects.filter(community=community, user__in=user_ids)
    }
    changes = []
    for user_id in user_ids:
        before = standing.get(user_id)
        was = before.state if before else ""
        asked_at = before.since if before and was == MembershipState.REQUESTED else None
        changes.append(_change(community, user_id, MembershipState.ACTIVE, was, now, asked_at))
    fields: dict[str, Any] = {
        "state": MembershipState.ACTIVE,
        "role": MembershipRole.MEMBER,
        "since": now,
        "came_by": came_by,
        "ended_by": "",
        "greeted_at": None,
        "message": "",
    }
    for row in standing.values():
        if row.state == MembershipState.REQUESTED:
            notifications.settle(dedupe=request_key(row))
    Membership.objects.filter(pk__in=[row.pk for row in standing.values()]).update(**fields)
    bulk_rows.append(
        Membership(community=community, user_id=user_id, **fields)
        for user_id in user_ids
        if user_id not in standing
    )
    _follow(community, changes)
    audit.log(
        "membership.admitted_in_bulk",
        actor=by,
        target=community,
        came_by=came_by.value,
        users=_public_ids(user_ids),
    )


def end(
    *, community: Community, user_ids: Sequence[int], by: User | None, ended_by: Ending, reason: str = ""
) -> None:
    """End the memberships of members; the invitations that they made end with a removal."""
    if not user_ids:
        return
    now = clock.now()
    Membership.objects.active().filter(community=community, user__in=user_ids).update(
        state=MembershipState.ENDED, role=MembershipRole.MEMBER, since=now, ended_by=ended_by, message=""
    )
    changes = [
        _change(community, user_id, MembershipState.ENDED, MembershipState.ACTIVE, now, None)
        for user_id in user_ids
    ]
    Invitation.objects.filter(invited_by__in=user_ids, community=community, revoked_at=None).update(
        revoked_at=now
    )
    _follow(community, changes)
    audit.log(
        "membership.removed_in_bulk",
        actor=by,
        target=community,
        reason=reason,
        ended_by=ended_by.value,
        users=_public_ids(user_ids),
    )


def _change(
    community: Community, user_id: int, state: str, was: str, at: Any, asked_at: Any
) -> MembershipChange:
    return MembershipChange(
        community=community, user_id=user_id, state=state, was=was, at=at, asked_at=asked_at
    )


def _follow(community: Community, changes: list[MembershipChange]) -> None:
    """What each saved row would have brought about by itself."""
    bulk_rows.append(changes)
    access.forget(*(change.user_id for change in changes))
    memberships.recount(community)
    community_observers.announce_members(community)


def _public_ids(user_ids: Sequence[int]) -> list[str]:
    rows = User.objects.filter(pk__in=user_ids).order_by("pk")
    return [str(public_id) for public_id in rows.values_list("public_id", flat=True)]
