"""The facts of pages follow the outbox: whatever changes a page, by whatever door, changes what reports say of it."""

import hashlib
import logging
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Max, Q

from core import background, clock, outbox
from core.models import OutboxEntry
from knowledge import page_contents, tasks
from knowledge.models import EntryPage, ExternalAddress, PageFacts, PageReference
from knowledge.page_contents import Contents
from knowledge.services import near_entries
from people.models import Document, Image
from search.models import Position

logger = logging.getLogger("guildhall.page_facts")

READER = "page facts"
BATCH = 100


def follow() -> None:
    """Start following: after each change one job waits that refreshes the facts, never two."""
    outbox.follow(ask_for_refreshing)


def ask_for_refreshing() -> None:
    background.ask_once(tasks.refresh_page_facts)


def catch_up() -> int:
    """Take in what has changed since the last time; returns how many changes. The first time all are worked out."""
    taken = 0
    while True:
        position = Position.objects.filter(reader=READER).values_list("sequence", flat=True).first()
        if position is None:
            refill()
            return taken
        changes = outbox.changes_after(position, 2 * BATCH, task=tasks.refresh_page_facts)
        if not changes:
            return taken
        keys = {
            change.key for change in changes if change.kind == "entry" and change.verb != outbox.Verb.RANKED
        }
        pages = EntryPage.objects.filter(entry__key__in=keys).order_by("pk").values_list("pk", flat=True)
        for batch in _batches(list(pages)):
            refresh_apart(batch)
        near_entries.refresh(keys)
        # Another worker may have been faster: its facts are as new as ours, its position further.
        Position.objects.filter(reader=READER, sequence=position).update(sequence=changes[-1].sequence)
        taken += len(changes)


def refill() -> int:
    """Work out the facts of every page anew; returns of how many."""
    start = OutboxEntry.objects.settled().aggregate(last=Max("sequence"))["last"] or 0
    count = last = 0
    while True:
        found = EntryPage.objects.filter(pk__gt=last).order_by("pk")
        batch = list(found.values_list("pk", flat=True)[:BATCH])
        if not batch:
            break
        refresh_apart(batch)
        count, last = count + len(batch), batch[-1]
    near_entries.refill()
    Position.objects.update_or_create(reader=READER, defaults={"sequence": start})
    return count


def refresh_apart(page_ids: Sequence[int]) -> None:
    """Refresh these pages; one that cannot be worked out keeps no other waiting.

    It is written down and left, with what was known of it, until it changes again. Where the database itself does not
    answer nothing is left: whoever asked asks again.
    """
    try:
        refresh(page_ids)
    except (OperationalError, InterfaceError):
        raise
    except Exception:  # of whatever stands in the page: editors, imports and old versions put anything there
        if len(page_ids) == 1:
            logger.exception("what is known of page %s could not be refreshed", page_ids[0])
            return
        for page_id in page_ids:
            refresh_apart([page_id])


@transaction.atomic
def refresh(page_ids: Sequence[int]) -> None:
    """Work out the facts of these pages from what is stored now, in a number of queries that does not grow."""
    there = EntryPage.objects.filter(pk__in=page_ids).values_list("pk", flat=True)
    PageFacts.objects.bulk_create(
        [PageFacts(page_id=pk, refreshed_at=clock.now()) for pk in there], ignore_conflicts=True
    )
    # One writer a page: the references of two would stand side by side.
    locked = PageFacts.objects.select_for_update().filter(page__in=page_ids).order_by("pk")
    facts = {row.page_id: row for row in locked}
    pages = EntryPage.objects.filter(pk__in=facts).defer("effects").prefetch_related("attachments")
    published = {page.pk: page_contents.of_page(page) for page in pages}
    drafts = EntryPage.objects.filter(
        pk__in=facts, has_unpublished_changes=True, latest_revision__isnull=False
    )
    drafted = {
        pk: page_contents.of_draft(content)
        for pk, content in drafts.values_list("pk", "latest_revision__content")
    }
    _weigh(facts, published, drafted)
    addresses = _addresses([*published.values(), *drafted.values()])
    PageReference.objects.filter(page__in=page_ids).delete()
    PageReference.objects.bulk_create(
        [
            *(row for pk, held in published.items() for row in _references(pk, held, addresses, False)),
            *(row for pk, held in drafted.items() for row in _references(pk, held, addresses, True)),
        ],
        batch_size=500,
    )
    # They are there and locked: written over in one piece, which costs a fraction of a choice by row and column.
    PageFacts.objects.bulk_create(
        facts.values(),
        update_conflicts=True,
        unique_fields=["page"],
        update_fields=["words", "blocks", "picture_bytes", "file_bytes", "refreshed_at"],
    )


def refresh_users_of(*, picture: int | None = None, document: int | None = None) -> None:
    """A file has changed: so has what is known of the pages that show it or link to it."""
    naming = PageReference.objects.filter(Q(picture=picture) if picture else Q(document=document))
    for batch in _batches(sorted(set(naming.values_list("page_id", flat=True)))):
        refresh_apart(batch)


def _weigh(facts: dict[int, PageFacts], published: dict[int, Contents], drafted: dict[int, Contents]) -> None:
    """Count the bytes of the files, and put the covers among the pictures: they stand at the head, in their words."""
    everything = [*published.values(), *drafted.values()]
    pictures = {pk for held in everything for pk in (*held.pictures, held.cover) if pk}
    documents = {pk for held in published.values() for pk in held.documents}
    known = list(Image.objects.filter(pk__in=pictures).values_list("pk", "file_size", "alt_text"))
    sizes = {pk: size or 0 for pk, size, _alt in known}
    described = {pk: bool(alt.strip()) for pk, _size, alt in known}
    weights = dict(Document.objects.filter(pk__in=documents).values_list("pk", "file_size"))
    for held in everything:
        if held.cover and held.cover not in held.pictures:
            held.show(held.cover, described=described.get(held.cover, True))
    for pk, held in published.items():
        facts[pk].words, facts[pk].blocks = held.words, held.blocks
        facts[pk].picture_bytes = sum(sizes.get(picture, 0) for picture in held.pictures)
        facts[pk].file_bytes = sum(weights.get(document) or 0 for document in held.documents)
        facts[pk].refreshed_at = clock.now()


def _references(
    page: int, held: Contents, addresses: dict[str, int], is_draft: bool
) -> Iterator[PageReference]:
    for pk in sorted(held.pages):
        yield PageReference(page_id=page, is_draft=is_draft, named_page_id=pk)
    for pk, described in sorted(held.pictures.items()):
        yield PageReference(page_id=page, is_draft=is_draft, picture_id=pk, is_described=described)
    for pk in sorted(held.documents):
        yield PageReference(page_id=page, is_draft=is_draft, document_id=pk)
    for url in sorted(held.addresses):
        yield PageReference(page_id=page, is_draft=is_draft, address_id=addresses[url])


def _addresses(found: Iterable[Contents]) -> dict[str, int]:
    """The numbers of the addresses outside; new ones are due to be looked at."""
    urls = {url for held in found for url in held.addresses}
    digests = {hashlib.sha256(url.encode()).hexdigest(): url for url in urls}
    now = clock.now()
    known = ExternalAddress.objects.filter(digest__in=digests)
    new = set(digests) - set(known.values_list("digest", flat=True))
    if new:
        ExternalAddress.objects.bulk_create(
            [
                ExternalAddress(
                    digest=digest,
                    url=digests[digest],
                    host=urlsplit(digests[digest]).hostname or "",
                    due_at=now,
                )
                for digest in sorted(new)
            ],
            ignore_conflicts=True,
        )
    return {
        digests[digest]: pk
        for digest, pk in ExternalAddress.objects.filter(digest__in=digests).values_list("digest", "pk")
    }


def _batches(rows: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]
