from django_tasks import task


@task
def drain_index() -> None:
    """Bring the index in the database up to date with the outbox."""
    from search import indexing  # it enqueues this task

    indexing.drain()


@task
def drain_elasticsearch() -> None:
    """Bring Elasticsearch up to date with the outbox."""
    from search import indexing  # it enqueues this task

    indexing.drain_elasticsearch()


@task
def read_documents() -> None:
    """Find out what stands in documents that nobody has read yet."""
    from search.services import document_texts  # which enqueues this task

    document_texts.take_up()
