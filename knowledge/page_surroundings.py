"""What the looks of an entry's page follow from: the things that it shows or names, and who they are open to."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Collection

from core import exchange
from knowledge.models import EntryPage
from knowledge.page_rows import Row
from people.choices import Access
from people.models import CommunityCollection

# A thing as the outbox knows it: kind and key.
Thing = tuple[str, str]
# These change seldom and reach far: the trees of pages and of folders, and what money is worth.
FAR_REACHING = frozenset({"page", "collection", "communitycollection", exchange.KIND})
# The others are known to the outbox by the number of their row.
KNOWN_BY_UUID = frozenset({"entry", "person", "image", "document", "community"})


@dataclass
class Surroundings:
    """`communities` are those whose members may see more; `things` are all that the page shows or names.

    `is_personal` where something is named that only single persons see; `is_restless` where any change may alter the
    looks: a classified file opens to whoever sees some entry of its community that uses it. `is_confined` where the
    page itself or a file on it is not for every employee, `is_beside_classified` where it names what is classified.
    """

    communities: set[int] = field(default_factory=set)
    things: set[Thing] = field(default_factory=set)
    is_personal: bool = False
    is_restless: bool = False
    is_confined: bool = False
    is_beside_classified: bool = False

    def feel(self, changes: Iterable[Thing]) -> bool:
        """Whether any of these changes may alter the looks of the page."""
        return any(
            self.is_restless or kind in FAR_REACHING or (kind, key) in self.things for kind, key in changes
        )

    def _stand_in(self, community: int, key: Any, access: str = Access.OPEN) -> None:
        self.communities.add(community)
        self.things.add(("community", str(key)))
        self.is_personal |= access == Access.CLASSIFIED


def of(page: EntryPage, rows: Iterable[Row]) -> Surroundings:
    """Of a page with these rows around it, whoever may see them: one statement more, for the folders."""
    found = Surroundings()
    found.things.add(("entry", str(page.entry.key)))
    found._stand_in(page.entry.community_id, page.entry.community.public_id, page.entry.access)
    found.is_confined = {page.entry.access, page.entry.community.access} != {Access.OPEN}
    found.things.update(("unit", str(unit)) for unit in (page.entry.enterprise_id, page.entry.department_id))
    paths = set()
    for row in rows:
        if row.key:
            found.things.add((row.kind, str(uuid.UUID(row.key)) if row.kind in KNOWN_BY_UUID else row.key))
        if row.community and row.community_key:
            found._stand_in(row.community, uuid.UUID(row.community_key), row.access or Access.OPEN)
            found.is_beside_classified |= Access.CLASSIFIED in (row.access, row.around)
        if row.unit:
            found.things.add(("unit", str(row.unit)))
        if row.path:
            paths.add(row.path)
    _add_folders(found, paths)
    return found


def _add_folders(found: Surroundings, paths: set[str]) -> None:
    """What the folders at and above the files say of who may open them."""
    step = Collection.steplen
    above = {path[:end] for path in paths for end in range(step, len(path) + 1, step)}
    roofs = CommunityCollection.objects.filter(collection__path__in=above)
    for community, key, access in roofs.values_list("community_id", "community__public_id", "access"):
        found._stand_in(community, key, access)
        found.is_restless |= access == Access.CLASSIFIED
        found.is_confined |= access != Access.OPEN
