"""Work that the clock starts."""

from celery import shared_task

from search import indexing
from search.services import document_texts, query_log


@shared_task(name="search.find_unread_documents")
def find_unread_documents() -> None:
    """Hourly: documents from before texts were kept, or read by older readers, and what was left lying."""
    document_texts.find_unread()


@shared_task(name="search.summarise_queries")
def summarise_queries() -> None:
    """Hourly: what people search for, for the report and for suggestions."""
    query_log.summarise()


@shared_task(name="search.forget_who_searched")
def forget_who_searched() -> None:
    """Daily: what was searched for is kept without names after thirty days."""
    query_log.forget_names()


@shared_task(name="search.look_after_indexes")
def look_after_indexes() -> None:
    """Every five minutes: an index that a new release wants otherwise is built anew, and nothing stays lying."""
    indexing.ask_for_drain()
