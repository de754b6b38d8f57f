"""Readers say whether an entry helped them; its owner hears what they missed."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from core import clock
from knowledge import mail_tasks, reading
from knowledge.models import Entry, EntryUsefulness, UsefulnessAnswer
from people import access
from people.models import User


class OwnEntry(PermissionDenied):
    """Nobody judges what they answer for themselves."""


@dataclass(frozen=True)
class Figures:
    """How many said what."""

    useful: int = 0
    not_useful: int = 0

    @property
    def answers(self) -> int:
        return self.useful + self.not_useful


@transaction.atomic
def answer(*, entry: Entry, user: User, is_useful: bool, missing: str = "") -> UsefulnessAnswer:
    """Note what the person says; said again, it takes the place of what they said before.

    Raises OwnEntry.
    """
    if entry.owner_id == user.pk:
        raise OwnEntry
    _lock(entry)
    before = UsefulnessAnswer.objects.filter(entry=entry, user=user).first()
    now = before or UsefulnessAnswer(entry=entry, user=user)
    told = now.missing
    if before is not None:
        _count(entry, before.is_useful, -1)
    now.is_useful = is_useful
    now.missing = "" if is_useful else missing.strip()
    now.answered_at = clock.now()
    now.save()
    _count(entry, is_useful, +1)
    if now.missing and now.missing != told:
        mail_tasks.tell_owner_what_is_missing.enqueue(now.pk)
    return now


@transaction.atomic
def withdraw(*, entry: Entry, user: User) -> None:
    """Take the answer back; who gave none changes nothing."""
    _lock(entry)
    before = UsefulnessAnswer.objects.filter(entry=entry, user=user).first()
    if before is not None:
        before.delete()
        _count(entry, before.is_useful, -1)


def figures(*, entry: Entry, by: User) -> Figures | None:
    """How many said what, for those who answer for the entry; None for everybody else."""
    if not reading.may_check(entry, access.viewer_of(by)):
        return None
    counted = EntryUsefulness.objects.filter(entry=entry).values_list("useful", "not_useful").first()
    return Figures(*counted) if counted else Figures()


def _lock(entry: Entry) -> None:
    """The counter's row: answers to one entry come one after the other. Where it is lacking it begins with a count."""
    _row, is_new = EntryUsefulness.objects.get_or_create(entry=entry)
    counter = EntryUsefulness.objects.select_for_update().get(entry=entry)
    if is_new:
        answers = UsefulnessAnswer.objects.filter(entry=entry)
        counter.useful = answers.filter(is_useful=True).count()
        counter.not_useful = answers.filter(is_useful=False).count()
        counter.save(update_fields=["useful", "not_useful"])


def _count(entry: Entry, is_useful: bool, step: int) -> None:
    name = "useful" if is_useful else "not_useful"
    EntryUsefulness.objects.filter(entry=entry).update(**{name: F(name) + step})
