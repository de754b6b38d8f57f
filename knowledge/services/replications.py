"""The ledger of replications: recorded for an enterprise, changed, withdrawn; each step leaves its trace.

Who confirms the figures, and how, is in `knowledge.services.confirmations`.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from core import audit, clock
from knowledge.choices import Confirmation, ReplicationEvent, ReplicationStatus
from knowledge.models import Entry, Replication, ReplicationChange
from knowledge.services import proofs
from people import access
from people.models import Unit, User

FOR_ANY = "knowledge.record_for_any_enterprise"


@dataclass(frozen=True)
class Draft:
    """What somebody says of the use of an entry. `effect_number` and `effect_amount` exclude each other."""

    status: str
    as_of_date: dt.date
    note: str = ""
    effect_amount: Decimal | None = None
    effect_currency: str = ""
    effect_number: Decimal | None = None
    effect_unit: str = ""
    effect_measure: str = ""
    effect_period: str = ""
    cost_amount: Decimal | None = None
    cost_currency: str = ""
    contact: User | None = None

    def fields(self) -> dict[str, Any]:
        """By the names of the columns."""
        return {
            **{name: getattr(self, name) for name in asdict(self) if name != "contact"},
            "contact": self.contact,
        }


class AlreadyRecorded(Exception):
    """The enterprise has a record for this entry, which is to be changed instead."""

    def __init__(self, replication: Replication) -> None:
        self.replication = replication
        super().__init__(str(replication.public_id))


class ChangedMeanwhile(Exception):
    """Somebody else changed the record since the person began; `replication` is as it is now."""

    def __init__(self, replication: Replication) -> None:
        self.replication = replication
        super().__init__(str(replication.public_id))


class OwnPractice(Exception):
    """The entry is the enterprise's own: others take it from there."""


def may_record(entry: Entry, viewer: access.Viewer) -> bool:
    """Whether the viewer, who may see the entry, may say for some enterprise that it is used there."""
    return viewer.is_employee and entry.published_at is not None


def may_record_for_any(entry: Entry, viewer: access.Viewer) -> bool:
    """Whether the viewer may say so for any enterprise: by permission, or as one who manages the community."""
    return viewer.may(FOR_ANY) or access.manages(viewer, entry.community)


def may_edit(replication: Replication, viewer: access.Viewer) -> bool:
    """Who recorded it, its contact, and those who manage the community; all of them only if they see the entry."""
    own = {replication.recorded_by_id, replication.contact_id} - {None}
    return viewer.is_employee and (
        viewer.user_id in own or access.manages(viewer, replication.entry.community)
    )


@transaction.atomic
def record(
    *,
    entry: Entry,
    enterprise: Unit,
    draft: Draft,
    by: User,
    files: "Iterable[UploadedFile[Any]]" = (),
    at: dt.datetime | None = None,
) -> Replication:
    """Say that an enterprise uses an entry, or tried. What was withdrawn comes to life again, with its history.

    `at` dates a record that is brought in from elsewhere. Raises PermissionDenied, OwnPractice,
    AlreadyRecorded, TooManyProofs.
    """
    viewer = access.viewer_of(by)
    # The row that two who record at once have in common: the second one waits, and finds the record of the first.
    locked = (
        Entry.objects.visible_to(viewer)
        .select_for_update(of=("self",), no_key=True)
        .filter(pk=entry.pk)
        .first()
    )
    if locked is None or not may_record(locked, viewer) or not _may_speak_for(enterprise, locked, by, viewer):
        raise PermissionDenied
    if locked.enterprise_id == enterprise.pk:
        raise OwnPractice
    moment = at or clock.now()
    found = Replication.objects.filter(entry=locked, enterprise=enterprise).first()
    if found is not None and found.is_current:
        raise AlreadyRecorded(found)
    replication = found or Replication(entry=locked, enterprise=enterprise, version=0)
    replication.withdrawn_at = None
    replication.recorded_by, replication.recorded_at = by, moment
    _apply(replication, draft, by)
    _new_figures(replication, by)
    _save(replication, moment)
    proofs.add(replication, files, by=by)
    remember(replication, ReplicationEvent.RECORDED, by=by, at=moment)
    audit.log(
        "replication.recorded", actor=by, target=replication, entry=str(locked.key), status=draft.status
    )
    return replication


@transaction.atomic
def edit(
    *,
    replication: Replication,
    version: int,
    draft: Draft,
    by: User,
    files: "Iterable[UploadedFile[Any]]" = (),
    without: Iterable[int] = (),
) -> Replication:
    """Change a record that the person has seen in that version; `without` are proofs that go.

    Figures that are others than before are to be confirmed anew. Raises PermissionDenied, ChangedMeanwhile and
    TooManyProofs.
    """
    stored = locked_for(replication, by)
    if stored.version != version:
        raise ChangedMeanwhile(stored)
    before, status = figures(stored), stored.status
    _apply(stored, draft, by)
    removed = proofs.remove(stored, without)
    if figures(stored) != before or removed:
        _new_figures(stored, by)
    _save(stored, clock.now())
    proofs.add(stored, files, by=by)
    remember(stored, ReplicationEvent.EDITED, by=by)
    audit.log("replication.edited", actor=by, target=stored, before=status, after=stored.status)
    return stored


@transaction.atomic
def withdraw(*, replication: Replication, by: User, reason: str = "") -> None:
    """The record was a mistake, or nobody stands by it any more: it is counted and shown no longer."""
    stored = locked_for(replication, by)
    if not stored.is_current:
        return
    stored.withdrawn_at = clock.now()
    _save(stored, stored.withdrawn_at)
    remember(stored, ReplicationEvent.WITHDRAWN, by=by, reason=reason)
    audit.log("replication.withdrawn", actor=by, target=stored, reason=reason)


def locked_for(replication: Replication, by: User) -> Replication:
    """The record as it is stored, locked, for somebody who may change it; raises PermissionDenied."""
    viewer = access.viewer_of(by)
    stored = locked_visible(replication, viewer)
    if stored is None or not may_edit(stored, viewer):
        raise PermissionDenied
    return stored


def locked_visible(replication: Replication, viewer: access.Viewer) -> Replication | None:
    """The record as it is stored, locked, if the viewer sees its entry."""
    # Locked first and read then: whoever waited for the lock would get rows joined to the record as it was before.
    list(Replication.objects.select_for_update().filter(pk=replication.pk).values_list("pk"))
    rows = Replication.objects.visible_to(viewer).select_related(
        "entry__community", "enterprise", "judged_by"
    )
    found: Replication | None = rows.filter(pk=replication.pk).first()
    return found


def figures(replication: Replication) -> dict[str, Any]:
    """What a curator confirms."""
    return {name: getattr(replication, name) for name in Replication.FIGURES}


def remember(
    replication: Replication,
    event: str,
    *,
    by: User | None,
    reason: str = "",
    at: dt.datetime | None = None,
    of: Replication | None = None,
) -> None:
    """Write a line of the history, with the state of the record (or `of` another one that was joined with it)."""
    source = of or replication
    state = {"status": str(source.status), "confirmation": str(source.confirmation)}
    state |= {name: str(value) for name, value in figures(source).items() if value not in (None, "")}
    ReplicationChange.objects.create(
        replication=replication,
        enterprise_id=source.enterprise_id,
        event=event,
        by=by,
        at=at or clock.now(),
        reason=reason,
        state=state,
    )


def _may_speak_for(enterprise: Unit, entry: Entry, by: User, viewer: access.Viewer) -> bool:
    return by.enterprise_id == enterprise.pk or may_record_for_any(entry, viewer)


def _apply(replication: Replication, draft: Draft, by: User) -> None:
    for name, value in draft.fields().items():
        setattr(replication, name, value)
    replication.status = ReplicationStatus(draft.status)


def _new_figures(replication: Replication, by: User) -> None:
    """Nobody has judged these yet."""
    replication.figures_by = by
    replication.confirmation = Confirmation.WAITING if replication.has_figures else Confirmation.NONE
    replication.judged_by, replication.judged_at, replication.judgement = None, None, ""


def _save(replication: Replication, at: dt.datetime) -> None:
    replication.version += 1
    replication.updated_at = at
    replication.save()
