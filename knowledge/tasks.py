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
def refresh_page_facts() -> None:
    """Bring what reports know of pages up to date with the outbox."""
    from knowledge.services import page_facts  # it enqueues this task

    page_facts.catch_up()


@task
def refresh_users_of_file(kind: str, pk: int) -> None:
    """A picture or a document has changed, and with it what is known of the pages that use it."""
    from knowledge.services import page_facts

    if kind == "picture":
        page_facts.refresh_users_of(picture=pk)
    else:
        page_facts.refresh_users_of(document=pk)


@task
def go_on_with_bulk_change(change_id: int) -> None:
    """Do the next entries of a bulk change, and leave the others to the next job."""
    from knowledge.services import bulk_changes  # it enqueues this task

    if bulk_changes.go_on(change_id, most=bulk_changes.A_JOB):
        go_on_with_bulk_change.enqueue(change_id)


@task
def mail_hand_over(change_id: int) -> None:
    """Tell the new owner which entries are theirs to look after."""
    from knowledge.services import hand_overs  # which reads what bulk changes have done

    hand_overs.tell(change_id)


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
            "knowledge/mail/correction_suggested",
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
            "knowledge/mail/correction_decided",
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
