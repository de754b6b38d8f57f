"""Two enterprises become one: what the ledger and the catalogue say of the one is said of the other from now on."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import audit, clock
from knowledge.choices import Confirmation, ReplicationEvent, ReplicationStatus
from knowledge.models import Entry, Replication
from knowledge.services import replications
from people import access
from people.choices import UnitKind
from people.models import Unit, User

PERMISSION = "people.change_unit"
KINDS = (UnitKind.HOLDING, UnitKind.ENTERPRISE)
# What is further on comes first.
ORDER = (
    ReplicationStatus.ADOPTED,
    ReplicationStatus.ADAPTED,
    ReplicationStatus.TRIED,
    ReplicationStatus.REJECTED,
)


class MergerRefused(Exception):
    """The step makes no sense; the message says why, to the person."""


@transaction.atomic
def merge(*, source: Unit, into: Unit, by: User) -> int:
    """Give the records and entries of one enterprise to another.

    Returns how many records were joined or moved, of those whose entries the person may see.

    Where both have a record of the same entry, the one that is further on stays, with the history and proofs of both,
    and the state of the other in its history. What the united enterprise would take from itself is withdrawn. People,
    sites and departments of the source stay where they are. Done twice, it changes nothing the second time.
    """
    viewer = access.require(by, PERMISSION)
    if source.pk == into.pk:
        raise MergerRefused(_("It is the same enterprise."))
    if source.kind not in KINDS or into.kind not in KINDS:
        raise MergerRefused(_("Only enterprises are merged."))
    # In the order of their keys, so that two mergers at once do not wait for each other.
    list(
        Unit.objects.select_for_update().filter(pk__in=[source.pk, into.pk]).order_by("pk").values_list("pk")
    )
    seen = Replication.objects.visible_to(viewer).filter(enterprise=source).count()
    moved = 0
    rows = Replication.objects.select_for_update(of=("self",)).select_related("entry", "enterprise")
    for row in rows.filter(enterprise=source).order_by("pk"):
        other = rows.filter(enterprise=into, entry=row.entry_id).first()
        kept = row if other is None else _join(row, other, by)
        _hand_over(kept, into, by)
        moved += 1
    for entry in Entry.objects.filter(enterprise=source).order_by("pk"):
        entry.enterprise = into
        entry.save(update_fields=["enterprise"])
    for own in rows.current().filter(enterprise=into, entry__enterprise=into):
        _withdraw(own, by)
    audit.log("unit.merged", actor=by, target=source, into=str(into.public_id), replications=moved)
    return seen


def _join(one: Replication, other: Replication, by: User) -> Replication:
    """Of two records of one entry the one that is further on, with what is known of both."""
    kept, dropped = sorted((one, other), key=_standing)
    dropped.changes.update(replication=kept)
    dropped.proofs.update(replication=kept)
    replications.remember(kept, ReplicationEvent.MERGED, by=by, of=dropped)
    dropped.delete()
    return kept


def _standing(row: Replication) -> tuple[bool, bool, int, int]:
    return (
        not row.is_current,
        row.confirmation != Confirmation.CONFIRMED,
        ORDER.index(ReplicationStatus(row.status)),
        row.pk,
    )


def _hand_over(row: Replication, into: Unit, by: User) -> None:
    if row.enterprise_id != into.pk:
        replications.remember(row, ReplicationEvent.MERGED, by=by)
        row.enterprise = into
    row.version += 1
    row.updated_at = clock.now()
    row.save()


def _withdraw(row: Replication, by: User) -> None:
    row.withdrawn_at = row.updated_at = clock.now()
    row.version += 1
    row.save()
    replications.remember(row, ReplicationEvent.WITHDRAWN, by=by)


def require_permission(by: User) -> None:
    if not access.viewer_of(by).may(PERMISSION):
        raise PermissionDenied
