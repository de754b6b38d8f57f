"""What stands inside documents: who is to be read, reading, and what becomes of it.

A row is the work and its result. Jobs only come and look for rows: so many as there may be read documents at a time,
one after the other, and a file that takes its reader down with it is tried three times at most.
"""

import logging
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from wagtail.utils.file import hash_filelike

from core import background, clock, renames
from people.models import Document
from search import tasks
from search.choices import TextFailure, TextState
from search.documents.extraction import GRACE, Extraction, Found
from search.models import DocumentText

logger = logging.getLogger("guildhall.documents")

# Moves when readers find more than before: what was read by an older edition is read again.
EDITION = 1
ATTEMPTS = 3
BATCH = 500
# How long a job reads before it lets others have their turn, in seconds.
TURN = 60
SOON = timedelta(seconds=10)
PIECE = 1024 * 1024
# No fault of the file's.
OUTER_FAILURES = (TextFailure.MISSING, TextFailure.INTERRUPTED)


def expect(document: Document) -> bool:
    """Have a document read if its file is not the one that was; whether it is to be.

    What the old file said is forgotten at once: somebody may have had a reason to replace it.
    """
    known = DocumentText.objects.filter(document=document).only("file", "digest").first()
    if known is not None and _is_same(known, document):
        return False
    DocumentText.objects.update_or_create(
        document=document,
        defaults={
            "file": document.file.name or "",
            "digest": "",
            "state": TextState.WAITING,
            "failure": "",
            "text": "",
            "characters": 0,
            "is_cut": False,
            "attempts": 0,
            "taken_at": None,
        },
    )
    background.ask_once(tasks.read_documents)
    return True


def find_unread() -> int:
    """Have those read that nobody was told of, or that an older edition has read. Returns how many."""
    new = Document.objects.exclude(pk__in=DocumentText.objects.values("document")).order_by("pk")
    count = 0
    while documents := list(new.values_list("pk", "file")[:BATCH]):
        DocumentText.objects.bulk_create(
            [DocumentText(document_id=pk, file=file) for pk, file in documents], ignore_conflicts=True
        )
        count += len(documents)
    older = DocumentText.objects.filter(edition__lt=EDITION).exclude(
        state__in=[TextState.WAITING, TextState.READING]
    )
    count += older.update(state=TextState.WAITING, attempts=0, taken_at=None)
    if _due().exists():
        background.ask_once(tasks.read_documents)
    return count


def take_up(*, turn: float | None = TURN) -> int:
    """Read what waits, for `turn` seconds and a file more, or all of it. Returns how many documents were read."""
    until = None if turn is None else time.monotonic() + turn
    count = 0
    with Extraction() as extraction:
        while until is None or time.monotonic() < until:
            row = _claim()
            if row is None:
                _come_back()
                return count
            _finish(row, *_read(row, extraction))
            count += 1
    background.ask_once(tasks.read_documents)
    return count


def _come_back() -> None:
    """Look again later, if others are at it now: they may go down with the machine."""
    if _due().exists():
        background.ask_once(tasks.read_documents, run_after=clock.now() + SOON)
    elif DocumentText.objects.filter(state=TextState.READING).exists():
        background.ask_once(tasks.read_documents, run_after=clock.now() + _lease())


def _claim() -> DocumentText | None:
    """The next document, taken so that nobody else takes it; none while as many are being read as may be."""
    while True:
        being_read = DocumentText.objects.filter(
            state=TextState.READING, taken_at__gte=clock.now() - _lease()
        )
        if being_read.count() >= settings.DOCUMENTS_AT_ONCE:
            return None
        # Those that wait come before those that somebody has left lying.
        row = _due().select_related("document").defer("text").order_by("-state", "document").first()
        if row is None:
            return None
        held = DocumentText.objects.filter(
            pk=row.pk, file=row.file, state=row.state, taken_at=row.taken_at, attempts=row.attempts
        )
        if row.attempts >= ATTEMPTS:
            held.update(state=TextState.FAILED, failure=TextFailure.INTERRUPTED, edition=EDITION)
            continue
        taken_at = clock.now()
        if held.update(state=TextState.READING, taken_at=taken_at, attempts=F("attempts") + 1):
            row.taken_at = taken_at
            return row


def _due() -> QuerySet[DocumentText]:
    """Those that wait, and those whose reader has not been heard of for longer than reading takes."""
    left = Q(state=TextState.READING, taken_at__lt=clock.now() - _lease())
    return DocumentText.objects.filter(Q(state=TextState.WAITING) | left)


def _lease() -> timedelta:
    """How long one document may be somebody's: fetching it takes time as well."""
    return timedelta(seconds=3 * (settings.DOCUMENT_SECONDS + GRACE))


def _is_same(known: DocumentText, document: Document) -> bool:
    """Whether a file need not be read again. One that could not be fetched is, when somebody saves its document."""
    if known.file != document.file.name or known.failure in OUTER_FAILURES:
        return False
    return not known.digest or not document.file_hash or known.digest == document.file_hash


def _read(row: DocumentText, extraction: Extraction) -> tuple[Found, str]:
    """What stands in the file, and its digest. The same file under another name is not read a second time."""
    path = extraction.folder / "file"
    try:
        if not _fetch(row, path):
            return Found(failure=TextFailure.TOO_LARGE), ""
    except (FileNotFoundError, IsADirectoryError):
        return Found(failure=TextFailure.MISSING), ""
    with path.open("rb") as file:
        digest = hash_filelike(file)
    read = [TextState.KNOWN, TextState.EMPTY]
    twin = DocumentText.objects.filter(digest=digest, edition=EDITION, state__in=read).first()
    if twin is not None:
        return Found(twin.text, twin.is_cut), digest
    return extraction.read(path), digest


def _fetch(row: DocumentText, path: Path) -> bool:
    """Lay the file where the reading process finds it; False if it is larger than is read."""
    storage = row.document.file.storage
    size = 0
    with storage.open(row.file, "rb") as stored, path.open("wb") as copy:
        while piece := stored.read(PIECE):
            size += len(piece)
            if size > settings.DOCUMENT_BYTES:
                return False
            copy.write(piece)
    return True


@transaction.atomic
def _finish(row: DocumentText, found: Found, digest: str) -> None:
    """Keep what was found, unless the document is another meanwhile, or none; what carries it is announced."""
    mine: Any = DocumentText.objects.select_for_update().filter(
        pk=row.pk, file=row.file, state=TextState.READING, taken_at=row.taken_at
    )
    before = mine.values_list("text", flat=True).first()
    if before is None:
        return
    state = TextState.FAILED if found.failure else TextState.KNOWN if found.text else TextState.EMPTY
    mine.update(
        digest=digest,
        state=state,
        failure=found.failure,
        text=found.text,
        characters=len(found.text),
        is_cut=found.is_cut,
        extracted_at=clock.now(),
        edition=EDITION,
    )
    if found.failure:
        logger.warning(
            "document not read", extra={"document": row.pk, "why": found.failure, "detail": found.detail}
        )
    if found.text != before:
        renames.announce_all(row.document)
