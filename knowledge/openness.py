"""Who may open the files of an entry: which are at least as open as the entry itself.

A file stands in a collection of a community, an entry in a community; each is as open as it says, and never more than
its community. `people.access` says the same of a person and a row; here two rows are compared, whoever reads them.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from wagtail.models import Collection

from knowledge.models import Entry
from people import access
from people.choices import Access
from people.models import Community, CommunityCollection, Document, Image

File = Image | Document
STRICTNESS = [Access.OPEN, Access.CLOSED, Access.CLASSIFIED]


@dataclass(frozen=True)
class Place:
    """Where files of an entry, or an entry itself, stand: whose members, and how strictly within."""

    community: int
    access: str
    # Of files, the collection that it is.
    collection: int | None = field(default=None, compare=False)


def place_of(entry: Entry) -> Place:
    return place_in(entry.community, entry.access)


def place_in(community: Community, item_access: str) -> Place:
    """An item is never more open than its community."""
    strictest = max(STRICTNESS.index(Access(item_access)), STRICTNESS.index(Access(community.access)))
    return Place(community.pk, STRICTNESS[strictest])


def is_open_to(place: Place, roof: Iterable[Place]) -> bool:
    """Whether everybody who reads at a place may open a file under these roofs."""
    return all(
        STRICTNESS.index(Access(held.access)) <= STRICTNESS.index(Access(place.access))
        if held.community == place.community
        else held.access == Access.OPEN
        for held in roof
    )


def roofs(files: Iterable[File]) -> dict[int, list[Place]]:
    """For each collection of these files the places of the communities' collections at and above it."""
    collections = {file.collection_id: file.collection.path for file in files}
    above = {
        path[:end] for path in collections.values() for end in range(4, len(path) + 1, Collection.steplen)
    }
    held = CommunityCollection.objects.filter(collection__path__in=above).select_related(
        "collection", "community"
    )
    found: dict[int, list[Place]] = defaultdict(list)
    for row in held:
        for pk, path in collections.items():
            if path.startswith(row.collection.path):
                place = place_in(row.community, row.access)
                found[pk].append(replace(place, collection=row.collection_id))
    return {pk: found[pk] for pk in collections}


def opened_by_entries(used: Iterable[tuple[Entry, Document]]) -> set[tuple[int, int]]:
    """Of documents that entries use those that whoever may see the entry may open, as pairs of their numbers.

    That is a document that everybody may open, or one of the same community that is as open as the entry. Others
    are left out, whoever could open them.
    """
    pairs = list(used)
    documents = [document for _entry, document in pairs]
    keys = {document.pk for document in documents}
    open_to_all = set(
        Document.objects.visible_to(access.anybody()).filter(pk__in=keys).values_list("pk", flat=True)
    )
    above = roofs(documents)
    return {
        (entry.pk, document.pk)
        for entry, document in pairs
        if document.pk in open_to_all or _opens_with(entry, document, above[document.collection_id])
    }


def _opens_with(entry: Entry, document: Document, roof: list[Place]) -> bool:
    """Whether a document of the entry's community opens to whoever may see the entry."""
    own = [held for held in roof if held.collection == document.collection_id]
    if not own or any(held.community != entry.community_id for held in roof):
        return False
    if entry.access == Access.CLASSIFIED and entry.community.access == Access.OPEN:
        # Whom the entry names need not be a member, for whom closed files are.
        return own[0].access != Access.CLOSED
    return is_open_to(place_of(entry), roof)
