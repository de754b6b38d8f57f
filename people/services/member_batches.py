"""One step for many people of a community: rows are written first, then done some at a time.

Each row's outcome is written in the transaction that does it, so that a batch which was cut off is gone on with and
says at any moment what was done. The rights of who asked for it are looked at again at each turn.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import audit, bulk_rows, clock
from people import access, member_lists
from people.choices import (
    BatchAction,
    BatchOutcome,
    BatchState,
    Coming,
    CommunityState,
    Ending,
    MembershipRole,
    MembershipState,
)
from people.models import Community, MemberBatch, MemberBatchRow, Membership, User
from people.rule_tasks import carry_out_batch
from people.services import invitations, memberships, memberships_in_bulk
from people.tasks import mail_added

# Rows that are done while the person waits, and rows of one turn of a job.
AT_ONCE = 50
A_TURN = 200
MOST_INVITED = 100
KEPT = timedelta(days=30)


class NobodyChosen(memberships.MembershipRefused):
    pass


@transaction.atomic
def begin(
    *, community: Community, by: User, action: BatchAction, user_ids: Iterable[int], reason: str = ""
) -> MemberBatch:
    """Do one step to these people of the community; to more than a few of them in the background."""
    rows = [MemberBatchRow(user_id=user_id) for user_id in dict.fromkeys(user_ids)]
    return _begin(community, by, action, rows, reason)


@transaction.atomic
def add_listed(*, community: Community, by: User, given: Sequence[str]) -> MemberBatch:
    """Make everybody a member whom a list names; each row is answered."""
    memberships.require_management(by, community)
    viewer = access.viewer_of(by)
    rows = [
        MemberBatchRow(given=each.given, user=each.user, outcome=each.trouble or "")
        for each in member_lists.found(given, viewer)
    ]
    return _begin(community, by, BatchAction.ADD, rows, "")


@transaction.atomic
def invite_strangers(*, batch: MemberBatch, by: User) -> int:
    """Mail an invitation to the addresses of a list that have no account, a hundred at a time; returns how many."""
    memberships.require_management(by, batch.community)
    Community.objects.select_for_update().get(pk=batch.community_id)
    MemberBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    rows = list(batch.rows.filter(outcome=BatchOutcome.NO_ACCOUNT).order_by("place")[:MOST_INVITED])
    invited = [row for row in rows if _is_address(row.given)]
    for row in invited:
        invitations.invite(community=batch.community, by=by, email=row.given)
        row.outcome = BatchOutcome.INVITED
    MemberBatchRow.objects.bulk_update(invited, ["outcome"])
    return len(invited)


def carry_on(batch_id: int) -> None:
    """One turn of a batch in the background; the next turn is another job's."""
    with transaction.atomic():
        batch = _turn(batch_id)
        if batch is not None and batch.is_under_way:
            carry_out_batch.enqueue(batch.pk)


def forget_old() -> None:
    MemberBatch.objects.filter(made_at__lt=clock.now() - KEPT).delete()


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _begin(
    community: Community, by: User, action: BatchAction, rows: list[MemberBatchRow], reason: str
) -> MemberBatch:
    memberships.require_management(by, community)
    community = Community.objects.select_for_update().get(pk=community.pk)
    if not rows:
        raise NobodyChosen(_("Choose at least one person."))
    if action in {BatchAction.ADD, BatchAction.APPROVE} and community.state != CommunityState.ACTIVE:
        raise memberships.NotOpenForMembers(_("This community takes no new members at present."))
    known = sum(bool(row.outcome) for row in rows)
    batch = MemberBatch.objects.create(
        community=community,
        by=by,
        action=action,
        reason=reason.strip(),
        total=len(rows),
        done=known,
        made_at=clock.now(),
    )
    for place, row in enumerate(rows, start=1):
        row.batch, row.place = batch, place
    bulk_rows.append(rows)
    audit.log(f"member_batch.{action}", actor=by, target=community, reason=reason, rows=len(rows))
    if len(rows) - known > AT_ONCE:
        carry_out_batch.enqueue(batch.pk)
        return batch
    return _turn(batch.pk) or batch


def _turn(batch_id: int) -> MemberBatch | None:
    """Do the next rows. The community is locked before the batch, as everything that changes members locks it first."""
    found = MemberBatch.objects.filter(pk=batch_id).select_related("community").first()
    if found is None:
        return None
    Community.objects.select_for_update().get(pk=found.community_id)
    batch = (
        MemberBatch.objects.select_for_update(of=("self",)).select_related("community", "by").get(pk=batch_id)
    )
    if not batch.is_under_way:
        return batch
    rows = list(batch.rows.filter(outcome="").select_related("user").order_by("place")[:A_TURN])
    try:
        memberships.require_management(batch.by, batch.community)
        STEPS[BatchAction(batch.action)](batch, rows)
    except (PermissionDenied, memberships.NotOpenForMembers):
        # Who asked for it leads no more, or the community was archived meanwhile: what is done stays done.
        batch.state = BatchState.STOPPED
    else:
        MemberBatchRow.objects.bulk_update(rows, ["outcome"])
        batch.done += len(rows)
        if len(rows) < A_TURN or not batch.rows.filter(outcome="").exists():
            batch.state = BatchState.DONE
    if batch.state != BatchState.WAITING:
        batch.finished_at = clock.now()
    batch.save(update_fields=["done", "state", "finished_at"])
    return batch


def _add(batch: MemberBatch, rows: list[MemberBatchRow]) -> None:
    standing = _standing(batch, rows)
    for row in rows:
        before = standing.get(row.user_id)
        if row.user is None or not row.user.is_active:
            row.outcome = BatchOutcome.GONE
        elif before and before.state == MembershipState.ACTIVE:
            row.outcome = BatchOutcome.IS_MEMBER
        elif before and before.ended_by == Ending.OWN and before.state == MembershipState.ENDED:
            row.outcome = BatchOutcome.WENT
        else:
            row.outcome = BatchOutcome.ADDED
    added = [row.user_id for row in rows if row.outcome == BatchOutcome.ADDED and row.user_id]
    memberships_in_bulk.admit(community=batch.community, user_ids=added, by=batch.by, came_by=Coming.LEAD)
    for user_id in added:
        mail_added.enqueue(batch.community_id, user_id)


def _remove(batch: MemberBatch, rows: list[MemberBatchRow]) -> None:
    standing = _standing(batch, rows)
    leads = Membership.objects.leads().filter(community=batch.community, user__is_active=True)
    leads_left = set(leads.values_list("user_id", flat=True))
    for row in rows:
        before = standing.get(row.user_id)
        if before is None or before.state != MembershipState.ACTIVE:
            row.outcome = BatchOutcome.ALREADY
        elif row.user_id == batch.by_id:
            row.outcome = BatchOutcome.ONESELF
        elif before.role == MembershipRole.LEAD and not leads_left - {row.user_id}:
            row.outcome = BatchOutcome.LAST_LEAD
        else:
            row.outcome = BatchOutcome.DONE
            leads_left.discard(before.user_id)
    removed = [row.user_id for row in rows if row.outcome == BatchOutcome.DONE and row.user_id]
    memberships_in_bulk.end(
        community=batch.community,
        user_ids=removed,
        by=batch.by,
        ended_by=Ending.LEAD,
        reason=batch.reason,
    )


def _one_by_one(
    step: Callable[[MemberBatch, Membership], object], done: Callable[[Membership], bool]
) -> Callable[[MemberBatch, list[MemberBatchRow]], None]:
    """A step that the service of single memberships does; `done` says where there is nothing to do."""

    def carry_out(batch: MemberBatch, rows: list[MemberBatchRow]) -> None:
        standing = _standing(batch, rows)
        for row in rows:
            # Who steps down by themselves half way may not do the other half.
            is_oneself = row.user_id == batch.by_id and batch.action == BatchAction.STEP_DOWN
            row.outcome = (
                BatchOutcome.ONESELF if is_oneself else _outcome(batch, standing.get(row.user_id), step, done)
            )

    return carry_out


def _outcome(
    batch: MemberBatch,
    membership: Membership | None,
    step: Callable[[MemberBatch, Membership], object],
    done: Callable[[Membership], bool],
) -> BatchOutcome:
    if membership is None:
        return BatchOutcome.TOO_LATE
    if done(membership):
        return BatchOutcome.ALREADY
    try:
        with transaction.atomic():
            step(batch, membership)
    except memberships.LastLead:
        return BatchOutcome.LAST_LEAD
    except memberships.NotOpenForMembers:
        return BatchOutcome.REFUSED
    except memberships.MembershipRefused:
        return BatchOutcome.TOO_LATE
    return BatchOutcome.DONE


def _make_lead(batch: MemberBatch, membership: Membership) -> None:
    if membership.state != MembershipState.ACTIVE:
        raise memberships.MembershipRefused
    memberships.make_lead(user=membership.user, community=batch.community, by=batch.by)


def _step_down(batch: MemberBatch, membership: Membership) -> None:
    memberships.step_down(membership=membership, by=batch.by)


def _approve(batch: MemberBatch, membership: Membership) -> None:
    memberships.approve(membership=membership, by=batch.by)


def _decline(batch: MemberBatch, membership: Membership) -> None:
    memberships.decline(membership=membership, by=batch.by, reason=batch.reason)


def _standing(batch: MemberBatch, rows: list[MemberBatchRow]) -> dict[int | None, Membership]:
    found = Membership.objects.filter(community=batch.community, user__in=[row.user_id for row in rows])
    return {membership.user_id: membership for membership in found.select_related("user", "community")}


STEPS: dict[BatchAction, Callable[[MemberBatch, list[MemberBatchRow]], None]] = {
    BatchAction.ADD: _add,
    BatchAction.REMOVE: _remove,
    BatchAction.MAKE_LEAD: _one_by_one(_make_lead, lambda row: row.role == MembershipRole.LEAD),
    BatchAction.STEP_DOWN: _one_by_one(_step_down, lambda row: row.role == MembershipRole.MEMBER),
    BatchAction.APPROVE: _one_by_one(_approve, lambda row: row.state == MembershipState.ACTIVE),
    BatchAction.DECLINE: _one_by_one(_decline, lambda row: row.state == MembershipState.ENDED),
}
