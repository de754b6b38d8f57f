from django.db import transaction
from django_tasks import task


@task
def announce_carriers(name: str, pk: int, after: int = 0) -> None:
    """Announce some of those that carry the name of a row, and leave the others to the next job."""
    from core import renames  # it enqueues this task

    with transaction.atomic():
        last = renames.announce(name, pk, after)
        if last is not None:
            announce_carriers.enqueue(name, pk, last)
