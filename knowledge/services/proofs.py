"""Files that prove the figures of a replication."""

from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from core import clock
from knowledge.models import Entry, Replication, ReplicationProof
from people.choices import Access
from people.models import Document, User
from people.services import communities


def add(replication: Replication, files: "Iterable[UploadedFile[Any]]", *, by: User | None) -> None:
    """Keep files with a record, whoever calls having asked whether they may."""
    for file in files:
        document = Document(
            title=(file.name or "")[:255],
            file=file,
            # The narrowest: the rule of proofs opens them to those who see the entry, whatever its access becomes.
            collection=communities.collection_for(replication.entry.community, Access.CLASSIFIED),
            uploaded_by_user=by,
        )
        document._set_document_file_metadata()
        document.save()
        ReplicationProof.objects.create(replication=replication, document=document, added_by=by)


def remove(replication: Replication, numbers: Iterable[int]) -> int:
    """Take proofs from a record; the files stay, for whoever looks into its history. Returns how many."""
    wanted = list(numbers)
    if not wanted:
        return 0
    shown = replication.proofs.filter(pk__in=wanted, removed_at=None)
    number: int = shown.update(removed_at=clock.now())
    return number


def follow_move(entry: Entry) -> None:
    """The entry is in another community now: its proofs are no longer for the leads of the one before."""
    target = None
    for proof in ReplicationProof.objects.filter(replication__entry=entry).select_related("document"):
        target = target or communities.collection_for(entry.community, Access.CLASSIFIED)
        proof.document.collection = target
        proof.document.save(update_fields=["collection"])
