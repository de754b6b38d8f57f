"""Work that the clock starts."""

from celery import shared_task

from search.services import document_texts


@shared_task(name="search.find_unread_documents")
def find_unread_documents() -> None:
    """Hourly: documents from before texts were kept, or read by older readers, and what was left lying."""
    document_texts.find_unread()
