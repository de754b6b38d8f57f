"""Readers suggest corrections; who answers for the entry decides, and the reader hears what became of it."""

import hashlib

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import audit, clock, notifications
from core.notifications import Reason
from knowledge import selectors
from knowledge.choices import CORRECTION_TRANSITIONS, CorrectionState
from knowledge.models import Correction, Entry
from knowledge.notification_kinds import CORRECTION_DECIDED, CORRECTION_SUGGESTED, correction_key
from people import access
from people.models import User


class CorrectionRefused(Exception):
    """The step is not possible; the message says why, to the person."""


class AlreadyDecided(CorrectionRefused):
    pass


@transaction.atomic
def suggest(*, entry: Entry, language: str, by: User, quoted: str, proposed: str) -> Correction:
    """Suggest a correction to who answers for the entry. The same suggestion again, while it waits, is the first one.

    Raises PermissionDenied where the person may not see the entry, and where it is their own: they change it.
    """
    found = Entry.objects.visible_to(access.viewer_of(by)).published().filter(pk=entry.pk).first()
    if found is None or found.owner_id == by.pk:
        raise PermissionDenied
    quoted, proposed = quoted.strip(), proposed.strip()
    correction, is_new = Correction.objects.get_or_create(
        entry=found,
        suggested_by=by,
        digest=_digest(language, quoted, proposed),
        state=CorrectionState.OPEN,
        defaults={"language": language, "quoted": quoted, "proposed": proposed},
    )
    if is_new:
        notifications.notify(
            kind=CORRECTION_SUGGESTED,
            subject=("entry", found.key),
            place=("community", found.community.public_id),
            actor=by,
            recipients=selectors.who_answers_for(found),
            reason=Reason.DECIDES,
            data={"correction": correction.pk},
            dedupe=correction_key(correction),
        )
    return correction


def accept(*, correction: Correction, by: User, answer: str = "") -> Correction:
    """The reader is right; who decides changes the text themselves. Raises PermissionDenied and AlreadyDecided."""
    return _decide(correction, by, CorrectionState.ACCEPTED, answer)


def decline(*, correction: Correction, by: User, answer: str) -> Correction:
    """It stays as it is, and the answer says why. Raises PermissionDenied and AlreadyDecided."""
    return _decide(correction, by, CorrectionState.DECLINED, answer)


@transaction.atomic
def _decide(correction: Correction, by: User, state: CorrectionState, answer: str) -> Correction:
    locked = Correction.objects.select_for_update().get(pk=correction.pk)
    if not Correction.objects.decided_by(access.viewer_of(by)).filter(pk=locked.pk).exists():
        raise PermissionDenied
    if state not in CORRECTION_TRANSITIONS[locked.state]:
        raise AlreadyDecided(_("Somebody has decided this already."))
    locked.state = state
    locked.answer = answer.strip()
    locked.decided_by = by
    locked.decided_at = clock.now()
    locked.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    audit.log(f"correction.{state.value}", actor=by, target=locked, entry=str(locked.entry.key))
    notifications.settle(dedupe=correction_key(locked))
    notifications.notify(
        kind=CORRECTION_DECIDED,
        subject=("entry", locked.entry.key),
        actor=by,
        recipients=[locked.suggested_by_id],
        data={"correction": locked.pk},
        dedupe=f"{correction_key(locked)}:decided",
    )
    return locked


def _digest(*texts: str) -> str:
    return hashlib.sha256("\x00".join(texts).encode()).hexdigest()
