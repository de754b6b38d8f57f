"""Files that prove the figures of a replication."""

from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from core import clock
from knowledge.models import Entry, Replication, ReplicationProof
from people.choices import Access
from people.models import Document, User
from people.services import communities

# What a record shows, and what is kept of it in all: who takes proofs away and adds others does not fill the disk.
MOST = 20
MOST_KEPT = 60


class TooManyProofs(Exception):
    """The record holds as many files as one may; the message says so, to the person."""


def add(replication: Replication, files: "Iterable[UploadedFile[Any]]", *, by: User | None) -> None:
    """Keep files with a record, whoever calls having asked whether they may. Raises TooManyProofs."""
    files = list(files)
    _require_room(replication, len(files))
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


def _require_room(replication: Replication, more: int) -> None:
    kept = list(replication.proofs.values_list("removed_at", flat=True))
    if more and kept.count(None) + more > MOST:
        raise TooManyProofs(
            _("A record shows no more than %(number)d files as proofs. Take some of them away first.")
            % {"number": MOST}
        )
    if more and len(kept) + more > MOST_KEPT:
        raise TooManyProofs(
            _("No more than %(number)d files are kept with a record, those that were taken away included.")
            % {"number": MOST_KEPT}
        )
