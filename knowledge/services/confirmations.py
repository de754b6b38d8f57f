"""Curators judge the figures of replications: they confirm them, or say what is doubtful."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from core import audit, clock
from knowledge.choices import Confirmation, ReplicationEvent
from knowledge.models import Replication
from knowledge.services import replications
from knowledge.services.replications import ChangedMeanwhile
from people import access
from people.models import User

PERMISSION = "knowledge.confirm_effect"


class AlreadyConfirmed(Exception):
    """Somebody was first; `by` is who."""

    def __init__(self, by: User | None) -> None:
        self.by = by
        super().__init__(str(by))


class OwnFigures(Exception):
    """Nobody judges what they recorded themselves."""


class NothingToJudge(Exception):
    """The record has no figures, or has been withdrawn."""


def may_judge(replication: Replication, viewer: access.Viewer) -> bool:
    """Whether the viewer, who may see the entry, may say what they think of these figures."""
    return viewer.may(PERMISSION) and not _is_own(replication, viewer.user_id)


@transaction.atomic
def confirm(*, replication: Replication, version: int, by: User, reason: str) -> Replication:
    """The figures are right, and why. Raises PermissionDenied, OwnFigures, AlreadyConfirmed and ChangedMeanwhile."""
    return _judge(replication, version, by, reason, Confirmation.CONFIRMED, ReplicationEvent.CONFIRMED)


@transaction.atomic
def question(*, replication: Replication, version: int, by: User, reason: str) -> Replication:
    """The figures are doubtful, and why; whoever recorded them changes them, or another curator confirms them."""
    return _judge(replication, version, by, reason, Confirmation.QUESTIONED, ReplicationEvent.QUESTIONED)


def _judge(
    replication: Replication,
    version: int,
    by: User,
    reason: str,
    confirmation: Confirmation,
    event: ReplicationEvent,
) -> Replication:
    viewer = access.require(by, PERMISSION)
    # Of two who judge at once the second one waits here, and then finds what the first one said.
    stored = replications.locked_visible(replication, viewer)
    if stored is None:
        raise PermissionDenied
    if _is_own(stored, by.pk):
        raise OwnFigures
    if not stored.is_current or not stored.has_figures:
        raise NothingToJudge
    if Confirmation.CONFIRMED == confirmation == stored.confirmation:
        raise AlreadyConfirmed(stored.judged_by)
    if stored.version != version:
        raise ChangedMeanwhile(stored)
    stored.confirmation = confirmation
    stored.judged_by, stored.judged_at, stored.judgement = by, clock.now(), reason
    stored.version += 1
    stored.save(update_fields=["confirmation", "judged_by", "judged_at", "judgement", "version"])
    replications.remember(stored, event, by=by, reason=reason)
    audit.log(f"replication.{event}", actor=by, target=stored, reason=reason)
    return stored


def _is_own(replication: Replication, user: int | None) -> bool:
    return user in {replication.recorded_by_id, replication.figures_by_id}
