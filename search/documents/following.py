"""Whoever stores a document, by whatever door, has its text found."""

from typing import Any

from django.db.models.signals import post_save

from people.models import Document
from search.services import document_texts


def connect() -> None:
    post_save.connect(follow, sender=Document, dispatch_uid="search.follow_document")


def follow(instance: Document, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        document_texts.expect(instance)
