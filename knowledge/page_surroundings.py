"""What the looks of an entry's page follow from: the things that it shows or names, and who they are open to."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, F, Q, Value
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
    """Whoever may see the things: in a number of queries that does not grow with them."""
    wanted = rendering.Wanted().add(rendering.article(page).parts)
    found = Surroundings()
    _add_entries(found, page, wanted.pages)
    photos = _add_people(found, page, wanted.people)
    _add_files(found, page, wanted, photos)
    _add_words(found, page)
    if wanted.communities:
        linked = CommunityPage.objects.filter(pk__in=wanted.communities)
        for community, key in linked.values_list("community_id", "community__public_id"):
            found._stand_in(community, key)
    return found


def _add_entries(found: Surroundings, page: EntryPage, linked: set[int]) -> None:
    """The entry itself, and those that it links to or that stand beside it, published or not."""
    found.things.add(("entry", str(page.entry.key)))
    found._stand_in(page.entry.community_id, page.entry.community.public_id, page.entry.access)
    named = reading.around(page, linked).order_by()
    for key, *standing in named.values_list(
        *("entry__key", "entry__community_id", "entry__community__public_id", "entry__access")
    ):
        found.things.add(("entry", str(key)))
        found._stand_in(*standing)


def _add_people(found: Surroundings, page: EntryPage, named: set[int]) -> set[int]:
    """Authors, the owner and people named in the text; returns their photos."""
    authors = EntryAuthor.objects.filter(entry=page.entry_id).values("user_id")
    people = User.objects.filter(Q(pk__in=authors) | Q(pk__in={*named, page.entry.owner_id}))
    photos = set()
    for key, enterprise, photo in people.values_list("public_id", "enterprise_id", "photo_id"):
        found.things.update({("person", str(key)), ("unit", str(enterprise))})
        photos.add(photo)
    return photos - {None}


def _add_files(found: Surroundings, page: EntryPage, wanted: rendering.Wanted, photos: set[int]) -> None:
    """Pictures and documents, and what the folders at and above them say of who may open them."""
    attached = EntryAttachment.objects.filter(page=page.pk).values("document_id")
    shown = {*wanted.images, *photos, page.cover_id} - {None}
    images = Image.objects.filter(pk__in=shown)
    documents = Document.objects.filter(Q(pk__in=attached) | Q(pk__in=wanted.documents))
    rows = _named("image", images).union(_named("document", documents), all=True)
    paths = set()
    for kind, key, path in rows:
        found.things.add((kind, str(key)))
        paths.add(path)
    step = Collection.steplen
    above = {path[:end] for path in paths for end in range(step, len(path) + 1, step)}
    roofs = CommunityCollection.objects.filter(collection__path__in=above)
    for community, key, access in roofs.values_list("community_id", "community__public_id", "access"):
        found._stand_in(community, key, access)
        found.is_restless |= access == Access.CLASSIFIED


def _named(kind: str, files: Any) -> Any:
    return (
        files.order_by()
        .annotate(kind=Value(kind, CharField()))
        .values_list("kind", "public_id", "collection__path")
    )


def _add_words(found: Surroundings, page: EntryPage) -> None:
    """Units, competences and tags: their names stand on the page."""
    uses = Replication.objects.filter(entry=page.entry_id)
    competences = Entry.competences.through.objects.filter(entry=page.entry_id)
    tags = EntryTag.objects.filter(content_object=page.pk)
    rows = _words("unit", uses, "enterprise_id").union(
        _words("competence", competences, "competence_id"), _words("tag", tags, "tag_id"), all=True
    )
    found.things.update((kind, str(key)) for kind, key in rows)
    found.things.update(("unit", str(unit)) for unit in (page.entry.enterprise_id, page.entry.department_id))


def _words(kind: str, rows: Any, key: str) -> Any:
    return rows.order_by().annotate(word=Value(kind, CharField()), key=F(key)).values_list("word", "key")
