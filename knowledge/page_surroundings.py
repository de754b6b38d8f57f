"""What the looks of an entry's page follow from: the things that it shows or names, and who they are open to."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, F, Field, IntegerField, Value
from django.db.models.functions import Cast
from wagtail.models import Collection

from knowledge import reading, rendering
from knowledge.models import (
    CommunityPage,
    Entry,
    EntryAttachment,
    EntryAuthor,
    EntryPage,
    EntryTag,
    Replication,
)
from people.choices import Access
from people.models import CommunityCollection, Document, Image, User

# A thing as the outbox knows it: kind and key.
Thing = tuple[str, str]
# These change seldom and reach far: the trees of pages and of folders.
FAR_REACHING = frozenset({"page", "collection", "communitycollection"})
# The others are known to the outbox by the number of their row.
KNOWN_BY_UUID = frozenset({"entry", "person", "image", "document", "community"})
# Beside kind and key: the community that a thing stands in and how open it is there, the unit and the folder it is in.
COLUMNS: dict[str, type[Field[Any, Any]]] = {
    "community": IntegerField,
    "community_key": CharField,
    "access": CharField,
    "unit": IntegerField,
    "path": CharField,
}


@dataclass
class Surroundings:
    """`communities` are those whose members may see more; `things` are all that the page shows or names.

    `is_personal` where something is named that only single persons see; `is_restless` where any change may alter the
    looks: a classified file opens to whoever sees some entry of its community that uses it.
    """

    communities: set[int] = field(default_factory=set)
    things: set[Thing] = field(default_factory=set)
    is_personal: bool = False
    is_restless: bool = False

    def feel(self, changes: Iterable[Thing]) -> bool:
        """Whether any of these changes may alter the looks of the page."""
        return any(
            self.is_restless or kind in FAR_REACHING or (kind, key) in self.things for kind, key in changes
        )

    def _stand_in(self, community: int, key: Any, access: str = Access.OPEN) -> None:
        self.communities.add(community)
        self.things.add(("community", str(key)))
        self.is_personal |= access == Access.CLASSIFIED


def of(page: EntryPage) -> Surroundings:
    """Whoever may see the things: in two statements, however many they are."""
    found = Surroundings()
    found.things.add(("entry", str(page.entry.key)))
    found._stand_in(page.entry.community_id, page.entry.community.public_id, page.entry.access)
    found.things.update(("unit", str(unit)) for unit in (page.entry.enterprise_id, page.entry.department_id))
    paths = set()
    for kind, key, community, community_key, access, unit, path in _named(page):
        if key:
            found.things.add((kind, str(uuid.UUID(key)) if kind in KNOWN_BY_UUID else key))
        if community:
            found._stand_in(community, uuid.UUID(community_key), access or Access.OPEN)
        if unit:
            found.things.add(("unit", str(unit)))
        if path:
            paths.add(path)
    _add_folders(found, paths)
    return found


def _named(page: EntryPage) -> Any:
    """All that the page names, each in one row of the columns that `COLUMNS` tells.

    One after the other they would take longer on the way than in the database.
    """
    wanted = rendering.Wanted().add(rendering.article(page).parts)
    authors = EntryAuthor.objects.filter(entry=page.entry_id)
    people = User.objects.filter(pk__in={*wanted.people, page.entry.owner_id} - {None})
    images = Image.objects.filter(pk__in={*wanted.images, page.cover_id} - {None})
    documents = Document.objects.filter(pk__in=wanted.documents)
    attachments = EntryAttachment.objects.filter(page=page.pk)
    linked = CommunityPage.objects.filter(pk__in=wanted.communities)
    uses = Replication.objects.filter(entry=page.entry_id)
    competences = Entry.competences.through.objects.filter(entry=page.entry_id)
    tags = EntryTag.objects.filter(content_object=page.pk)
    # Entries that it links to or that stand beside it, published or not.
    entries = reading.around(page, wanted.pages)
    standing = {"community": "entry__community_id", "community_key": "entry__community__public_id"}
    return _rows("entry", entries, "entry__key", access="entry__access", **standing).union(
        _rows("person", authors, "user__public_id", unit="user__enterprise_id"),
        _rows("person", people, "public_id", unit="enterprise_id"),
        _rows("image", authors, "user__photo__public_id", path="user__photo__collection__path"),
        _rows("image", people, "photo__public_id", path="photo__collection__path"),
        _rows("image", images, "public_id", path="collection__path"),
        _rows("document", documents, "public_id", path="collection__path"),
        _rows("document", attachments, "document__public_id", path="document__collection__path"),
        _rows("unit", uses, "enterprise_id"),
        _rows("competence", competences, "competence_id"),
        _rows("tag", tags, "tag_id"),
        _rows(
            *("community", linked, "community__public_id"),
            community="community_id",
            community_key="community__public_id",
        ),
        all=True,
    )


def _rows(kind: str, rows: Any, key: str, **columns: str) -> Any:
    """Rows in the shape that all arms of the union share; what an arm has not is null."""
    given: dict[str, Any] = {"thing": Value(kind, CharField()), "known_as": Cast(key, CharField())}
    for name, kind_of_column in COLUMNS.items():
        given[f"its_{name}"] = Cast(F(columns[name]) if name in columns else Value(None), kind_of_column())
    return rows.order_by().annotate(**given).values_list(*given)


def _add_folders(found: Surroundings, paths: set[str]) -> None:
    """What the folders at and above the files say of who may open them."""
    step = Collection.steplen
    above = {path[:end] for path in paths for end in range(step, len(path) + 1, step)}
    roofs = CommunityCollection.objects.filter(collection__path__in=above)
    for community, key, access in roofs.values_list("community_id", "community__public_id", "access"):
        found._stand_in(community, key, access)
        found.is_restless |= access == Access.CLASSIFIED
