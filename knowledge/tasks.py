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
def count_shown(numbers: list[int]) -> None:
    """Recommendations stood above somebody's results; whoever looks does not wait for the count."""
    promotions.count_shown(numbers)


@task
def count_followed(number: int) -> None:
    """Somebody opened a recommended entry from there."""
    promotions.count_followed(number)
