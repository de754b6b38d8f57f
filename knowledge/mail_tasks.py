"""Mails of knowledge/, each in the language of who gets it. Whether it still holds is asked again at sending."""

from django.db import transaction
from django_tasks import task

from knowledge import selectors
from knowledge.models import Entry, UsefulnessAnswer
from people import access, mails
from people.models import User


@task
def mail_owner_asked(entry_id: int, asker_id: int) -> None:
    """Ask the owner whether an entry is still true, if they still answer for it and may see it."""
    owner = User.objects.filter(owned_entries=entry_id).first()
    entry = _shown_to(owner, entry_id) if owner else None
    if owner is not None and entry is not None:
        mails.tell(
            owner,
            "knowledge/mail/owner_asked",
            url=mails.address("entry", entry.key),
            title=entry.title,
            asker=User.objects.get(pk=asker_id),
            community=entry.community,
        )


@task
def tell_owner_what_is_missing(answer_id: int) -> None:
    """A job for each who answers for the entry, unless the reader has changed their mind."""
    answer = UsefulnessAnswer.objects.select_related("entry__owner").filter(pk=answer_id).first()
    if answer is None or not answer.missing:
        return
    with transaction.atomic():
        for person in selectors.who_answers_for(answer.entry):
            mail_what_is_missing.enqueue(answer_id, person.pk, answer.answered_at.isoformat())


@task
def mail_what_is_missing(answer_id: int, person_id: int, answered_at: str) -> None:
    """Tell one of them, unless it was said anew since, or the entry is not there for them any more."""
    answer = UsefulnessAnswer.objects.select_related("user").filter(pk=answer_id).exclude(missing="").first()
    if answer is None or answer.answered_at.isoformat() != answered_at:
        return
    person = User.objects.get(pk=person_id)
    entry = _shown_to(person, answer.entry_id)
    if entry is not None:
        url = mails.address("entry_feedback", entry.key)
        mails.tell(person, "knowledge/mail/what_is_missing", answer=answer, title=entry.title, url=url)


def _shown_to(person: User, entry_id: int) -> Entry | None:
    """A published entry with the title in the person's language, if they may see it."""
    visible = Entry.objects.visible_to(access.viewer_of(person)).published()
    found: Entry | None = visible.titled(person.preferred_language).filter(pk=entry_id).first()
    return found
