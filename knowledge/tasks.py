"""Work of knowledge/ that nobody has to wait for."""

from django_tasks import task

from knowledge.models import EntryPage
from knowledge.services import files, promotions


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


@task
def count_shown(numbers: list[int]) -> None:
    """Recommendations stood above somebody's results; whoever looks does not wait for the count."""
    promotions.count_shown(numbers)


@task
def count_followed(number: int) -> None:
    """Somebody opened a recommended entry from there."""
    promotions.count_followed(number)
