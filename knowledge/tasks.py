"""Work of knowledge/ that nobody has to wait for."""

from django.db import transaction
from django_tasks import task

from knowledge import selectors
from knowledge.choices import CorrectionState
from knowledge.models import Correction, Entry, EntryPage, UsefulnessAnswer
from knowledge.services import files
from people import access, mails
from people.models import User


@task
def prepare_pictures(page_id: int) -> None:
    """Make the sizes of a page's pictures before the first reader asks for them."""
    page = EntryPage.objects.filter(pk=page_id, live=True).first()
    if page is not None:
        files.prepare_pictures(page)


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
        mails.tell(person, "knowledge/mail/what_is_missing.txt", answer=answer, title=entry.title, url=url)


@task
def tell_of_correction(correction_id: int) -> None:
    """A job for each who answers for the entry, while the correction is open."""
    correction = Correction.objects.select_related("entry__owner").get(pk=correction_id)
    if correction.state != CorrectionState.OPEN:
        return
    with transaction.atomic():
        for person in selectors.who_answers_for(correction.entry):
            mail_correction_suggested.enqueue(correction_id, person.pk)


@task
def mail_correction_suggested(correction_id: int, person_id: int) -> None:
    """Tell one of them, unless it was decided meanwhile or the entry is withdrawn."""
    person = User.objects.get(pk=person_id)
    rows = Correction.objects.decided_by(access.viewer_of(person)).for_listing()
    correction = rows.filter(
        pk=correction_id, state=CorrectionState.OPEN, entry__published_at__isnull=False
    ).first()
    if correction is not None:
        url = mails.address("correction", correction.public_id)
        mails.tell(
            person,
            "knowledge/mail/correction_suggested.txt",
            correction=correction,
            title=correction.title,
            url=url,
        )


@task
def mail_correction_decided(correction_id: int) -> None:
    """Tell who suggested it, as long as they may see the entry; of one that is withdrawn without its title."""
    correction = Correction.objects.select_related("suggested_by").get(pk=correction_id)
    reader = correction.suggested_by
    rows = Correction.objects.visible_to(access.viewer_of(reader)).for_listing()
    found = rows.filter(pk=correction_id).exclude(state=CorrectionState.OPEN).first()
    if found is not None:
        mails.tell(
            reader,
            "knowledge/mail/correction_decided.txt",
            correction=found,
            title=found.title or "",
            is_accepted=found.state == CorrectionState.ACCEPTED,
            url=mails.address("correction", found.public_id),
        )


def _shown_to(person: User, entry_id: int) -> Entry | None:
    """A published entry with the title in the person's language, if they may see it."""
    visible = Entry.objects.visible_to(access.viewer_of(person)).published()
    found: Entry | None = visible.titled(person.preferred_language).filter(pk=entry_id).first()
    return found
