from django_tasks import task


@task
def drain_index() -> None:
    """Bring the search index up to date with the outbox."""
    from search import indexing  # it enqueues this task

    indexing.drain()
