"""Many entries at once: each in a transaction of its own, so that a killed worker loses nothing and does nothing twice.

Whoever works on a change holds its row for the time of one entry: another worker, a cancel and an undo wait for that
entry and no longer.
"""

import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from core import audit, clock
from knowledge import tasks
from knowledge.choices import BULK_TRANSITIONS, LASTING, BulkAction, BulkItemState, BulkState
from knowledge.models import BulkChange, BulkItem
from knowledge.services import curation
from knowledge.services.curation import Refusal, Refused
from people.models import User

logger = logging.getLogger("guildhall.bulk")

AT_ONCE = 100
# How many entries a job takes on before it gives way to others in the queue.
A_JOB = 200
BATCH = 1000
STANDSTILL = timedelta(minutes=2)


class BulkChangeRefused(Exception):
    """That is not possible from where the change stands."""


def ask(
    *, by: User, action: BulkAction, arguments: dict[str, Any], entries: Iterable[int], token: UUID
) -> BulkChange:
    """Do it to these entries: at once if they are few, else in the background. The same token asks but once."""
    with transaction.atomic():
        change, is_new = BulkChange.objects.get_or_create(
            token=token, defaults={"action": action, "arguments": arguments, "asked_by": by}
        )
        if change.asked_by_id != by.pk:
            raise PermissionDenied
        if not is_new:
            return change
        keys = sorted(set(entries))
        BulkItem.objects.bulk_create((BulkItem(change=change, entry_id=pk) for pk in keys), batch_size=BATCH)
        audit.log("entries.bulk_change", actor=by, target=change, action_name=str(action), count=len(keys))
        if len(keys) > AT_ONCE:
            tasks.go_on_with_bulk_change.enqueue(change.pk)
    if len(keys) <= AT_ONCE:
        go_on(change.pk)
        change.refresh_from_db()
    return change


def go_on(change_id: int, most: int | None = None) -> bool:
    """Take up the change where it stands, for at most so many entries. Returns whether something is left to do."""
    done = 0
    while most is None or done < most:
        if not _next(change_id):
            return False
        done += 1
    return True


def cancel(*, change: BulkChange, by: User) -> None:
    """Leave what has not been done yet."""
    with transaction.atomic():
        change = _own(change, by)
        _turn(change, BulkState.CANCELLED)
        _tell(change)


def undo(*, change: BulkChange, by: User) -> None:
    """Put back what was, entry by entry; what is under way stops. Publishing, unpublishing, archiving last."""
    with transaction.atomic():
        change = _own(change, by)
        if change.action in LASTING:
            raise BulkChangeRefused
        _turn(change, BulkState.UNDOING)
        few = change.items.count() <= AT_ONCE
        if not few:
            tasks.go_on_with_bulk_change.enqueue(change.pk)
    if few:
        go_on(change.pk)


def resume(*, change: BulkChange, by: User) -> None:
    """Go on with what stands still: its worker is gone, or it was cancelled."""
    with transaction.atomic():
        change = _own(change, by)
        if change.state == BulkState.CANCELLED:
            _turn(change, BulkState.RUNNING)
        elif not stands_still(change):
            raise BulkChangeRefused
        change.save(update_fields=["moved_at"])
        tasks.go_on_with_bulk_change.enqueue(change.pk)


def stands_still(change: BulkChange) -> bool:
    """Whether nothing has moved for so long that its worker must be gone."""
    is_open = change.state in {BulkState.RUNNING, BulkState.UNDOING}
    return is_open and change.moved_at < clock.now() - STANDSTILL


@transaction.atomic
def _next(change_id: int) -> bool:
    """The next entry, and what became of it, as one. Returns whether there was one."""
    change = BulkChange.objects.select_for_update().get(pk=change_id)
    if change.state == BulkState.RUNNING:
        item = change.items.filter(state=BulkItemState.WAITING).order_by("pk").first()
        if item is None:
            _turn(change, BulkState.DONE)
            _tell(change)
            return False
        _do(change, item)
    elif change.state == BulkState.UNDOING:
        item = change.items.filter(state=BulkItemState.DONE).order_by("-pk").first()
        if item is None:
            _turn(change, BulkState.UNDONE)
            return False
        _undo(change, item)
    else:
        return False
    change.save(update_fields=["moved_at"])
    return True


def _do(change: BulkChange, item: BulkItem) -> None:
    def work() -> None:
        item.former = curation.perform(
            action=change.action, entry=item.entry, by=change.asked_by, arguments=change.arguments
        )

    _settle(item, _tried(work), BulkItemState.DONE, BulkItemState.REFUSED)


def _undo(change: BulkChange, item: BulkItem) -> None:
    def work() -> None:
        curation.undo(
            action=change.action,
            entry=item.entry,
            by=change.asked_by,
            arguments=change.arguments,
            former=item.former,
        )

    _settle(item, _tried(work), BulkItemState.UNDONE, BulkItemState.KEPT)


def _tried(work: Any) -> str:
    """Do it within a savepoint; returns why it was refused, or nothing."""
    try:
        with transaction.atomic():
            work()
    except Refused as refused:
        return refused.refusal.value
    except PermissionDenied:
        return Refusal.NOT_ALLOWED.value
    except ValidationError:
        return Refusal.FAILED.value
    except Exception:  # one entry that breaks must not keep the others waiting
        logger.exception("an entry of a bulk change failed")
        return Refusal.FAILED.value
    return ""


def _settle(item: BulkItem, refusal: str, well: BulkItemState, badly: BulkItemState) -> None:
    item.refusal = refusal
    item.state = badly if refusal else well
    item.save(update_fields=["state", "refusal", "former"])


def _own(change: BulkChange, by: User) -> BulkChange:
    locked = BulkChange.objects.select_for_update().get(pk=change.pk)
    if locked.asked_by_id != by.pk:
        raise PermissionDenied
    return locked


def _turn(change: BulkChange, state: BulkState) -> None:
    if state not in BULK_TRANSITIONS[change.state]:
        raise BulkChangeRefused
    change.state = state
    change.save(update_fields=["state", "moved_at"])


def _tell(change: BulkChange) -> None:
    """Whoever has been given entries hears of them all in one mail."""
    if change.action == BulkAction.HAND_OVER:
        tasks.mail_hand_over.enqueue(change.pk)
