"""Files that pages use: at least as open as the page, or its readers would look at holes."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import Page, ReferenceIndex

from core import audit
from knowledge import pictures, raw_blocks, reading
from knowledge.models import Entry, EntryAttachment, EntryPage
from knowledge.openness import File, Place, is_open_to, place_in, place_of, roofs
from people import access
from people.choices import Access
from people.models import Community, Document, Image, User
from people.services import communities


@dataclass
class Misplaced:
    """Files of an entry that stand elsewhere than its access says: what moves, and what others need where it is."""

    movable: list[File] = field(default_factory=list)
    needed: list[File] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.movable or self.needed)


def files_of(page: EntryPage) -> list[File]:
    """Pictures and documents that a page, saved or not, shows or links to."""
    images, documents = named_by(page)
    return [
        *Image.objects.filter(pk__in=images).select_related("collection"),
        *Document.objects.filter(pk__in=documents).select_related("collection"),
    ]


def named_by(page: EntryPage) -> tuple[set[int], set[int]]:
    """The same by their numbers, whether they exist or not: pictures, documents."""
    named = raw_blocks.named_in(page.body)
    images = {*named.images, page.cover_id} - {None}
    return images, {*named.documents, *(attached.document_id for attached in page.attachments.all())}


def too_closed(page: EntryPage, entry: Entry | None = None, community: Community | None = None) -> list[File]:
    """Files that some readers of a page may not open. A page that is about to be born has no entry yet."""
    place = place_of(entry or page.entry) if community is None else place_in(community, Access.OPEN)
    found = files_of(page)
    above = roofs(found)
    return [file for file in found if not is_open_to(place, above[file.collection_id])]


def misplaced(entry: Entry) -> Misplaced:
    """Files of an entry that are more open, or less, than the entry is."""
    answer = Misplaced()
    place = place_of(entry)
    seen = set()
    pages = list(EntryPage.objects.filter(entry=entry).prefetch_related("attachments"))
    found = [file for page in pages for file in files_of(page)]
    above = roofs(found)
    for file in found:
        identity = (type(file), file.pk)
        roof = above[file.collection_id]
        if identity in seen or not roof or all(held == place for held in roof):
            continue
        seen.add(identity)
        shared = any(not is_open_to(other, [place]) for other in _other_places(file, entry))
        (answer.needed if shared else answer.movable).append(file)
    return answer


@transaction.atomic
def move_files(*, entry: Entry, by: User) -> list[File]:
    """Put the files of an entry where its access says; what more open pages use as well stays. Returns what moved."""
    if not reading.may_check(entry, access.viewer_of(by)):
        raise PermissionDenied
    movable = misplaced(entry).movable
    target = communities.collection_for(entry.community, entry.access)
    for file in movable:
        file.collection = target
        file.save(update_fields=["collection"])
    if movable:
        audit.log(
            "entry.files_moved", actor=by, target=entry, files=[str(file.public_id) for file in movable]
        )
    return movable


def prepare_pictures(page: EntryPage) -> None:
    """Make the sizes that the page and its card will ask for."""
    pictures.make_ahead(raw_blocks.named_in(page.body).images, pictures.ARTICLE_SPECS)
    if page.cover_id is not None:
        pictures.make_ahead([page.cover_id])


def _other_places(file: File, entry: Entry) -> list[Place]:
    """The places of the other entries whose pages use a file."""
    used = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(file),
        to_object_id=str(file.pk),
    )
    pages = [int(pk) for pk in used.values_list("object_id", flat=True) if pk.isdecimal()]
    others: Any = Entry.objects.exclude(pk=entry.pk).select_related("community")
    attached = (
        EntryAttachment.objects.filter(document=file.pk).values("page_id")
        if isinstance(file, Document)
        else []
    )
    return [
        *map(place_of, others.filter(pages__in=pages).distinct()),
        *map(place_of, others.filter(pages__in=attached).distinct() if isinstance(file, Document) else []),
    ]
