"""The page of an entry as HTML, kept for all readers to whom it looks alike.

Asking for every link, picture and file on a page whether this reader may see it costs more than the page. Most readers
get the same answers. So the pieces of a page are kept by what the answers follow from: the version of everything that
is shown (the outbox counts every change of it), and what the reader is in the communities that the page names. Whether
the reader may see the page itself is not kept: that is asked every time.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache as once
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.models import Collection

from core import clock
from core.models import OutboxEntry
from knowledge import reading, rendering
from knowledge.cards import reading_order
from knowledge.models import CommunityPage, EntryAttachment, EntryAuthor, EntryPage
from people.access import Viewer
from people.choices import Access
from people.models import CommunityCollection, Document, Image

# Rows of the outbox that may be committed in another order than they were numbered in.
OVERTAKING = 200
FIVE_MINUTES = 300
STAMP = (
    f"SELECT SUM(sequence) FROM (SELECT sequence FROM {OutboxEntry._meta.db_table}"  # noqa: S608 - names of our own
    f" ORDER BY sequence DESC LIMIT {OVERTAKING}) AS newest"
)


@dataclass(frozen=True)
class Pieces:
    """See templates/knowledge/entry_page.html."""

    alternates: SafeString
    crumbs: SafeString
    head: SafeString
    body: SafeString
    after: SafeString
    aside: SafeString


@dataclass(frozen=True)
class Surroundings:
    """What the looks of a page depend on: communities that it names, and whether it names what single persons see."""

    communities: frozenset[int]
    is_personal: bool


def of(page: EntryPage, viewer: Viewer) -> Pieces:
    """The pieces of a page for the viewer, who may see it."""
    if not page.body_digest:
        return render(page, viewer)
    version = f"{_code()}:{page.pk}:{_rows(page)}:{_stamp()}:{clock.today()}"
    surroundings = cache.get(f"around:{version}")
    if surroundings is None:
        surroundings = _surroundings(page)
        cache.set(f"around:{version}", surroundings, FIVE_MINUTES)
    key = f"pieces:{version}:{_looks(surroundings, viewer)}"
    pieces = cache.get(key)
    if pieces is None:
        pieces = render(EntryPage.objects.for_reading().get(pk=page.pk), viewer)
        cache.set(key, pieces, FIVE_MINUTES)
    return pieces


def render(page: EntryPage, viewer: Viewer) -> Pieces:
    context = {"page": page, "reading": reading.of(page, viewer)}
    names = ("alternates", "crumbs", "head", "body", "after", "aside")
    return Pieces(*(render_to_string(f"knowledge/entry_{name}.html", context) for name in names))


def _rows(page: EntryPage) -> str:
    """A digest of the rows at hand, which may be changed in ways that the outbox does not hear of."""
    shown = [
        page.body_digest,
        page.title,
        page.seo_title,
        page.search_description,
        page.summary,
        page.cover_id,
    ]
    entry = [getattr(page.entry, column.attname) for column in page.entry._meta.concrete_fields]
    return hashlib.sha256(repr((shown, entry)).encode()).hexdigest()[:32]


def _stamp() -> str:
    """Moves with every change that the outbox knows of.

    Not the last number alone: of two transactions the one that was numbered first may be committed last.
    """
    with connection.cursor() as cursor:  # on every page, and the mapper would take longer than the database
        cursor.execute(STAMP)
        return str(cursor.fetchone()[0])


def _looks(surroundings: Surroundings, viewer: Viewer) -> str:
    """The same for all viewers to whom a page with these surroundings looks alike."""
    around = surroundings.communities
    parts: tuple[Any, ...] = (
        viewer.user_id if surroundings.is_personal else viewer.is_employee,
        viewer.may("people.see_closed"),
        viewer.may("people.view_directory"),
        sorted(viewer.memberships & around),
        sorted(viewer.leads & around),
        sorted(viewer.cleared & around),
        reading_order(viewer),
        get_language(),
        timezone.get_current_timezone_name(),
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def _surroundings(page: EntryPage) -> Surroundings:
    article = rendering.article(page)
    wanted = rendering.Wanted().add(article.parts)
    wanted.documents.update(
        EntryAttachment.objects.filter(page=page.pk).values_list("document_id", flat=True)
    )
    images = set(wanted.images)
    photos = EntryAuthor.objects.filter(entry=page.entry_id).values_list("user__photo_id", flat=True)
    images.update(pk for pk in (page.cover_id, *photos) if pk is not None)
    named = reading.around(page, wanted.pages).values_list("entry__community_id", "entry__access")
    roofs = _roofs(images, wanted.documents)
    found = [*named.order_by(), *roofs, (page.entry.community_id, page.entry.access)]
    found += [(community, Access.OPEN) for community in _linked_communities(wanted.communities)]
    return Surroundings(
        frozenset(community for community, _access in found),
        any(access == Access.CLASSIFIED for _community, access in found),
    )


def _linked_communities(pages: Iterable[int]) -> list[int]:
    return list(CommunityPage.objects.filter(pk__in=pages).values_list("community_id", flat=True))


def _roofs(images: Iterable[int], documents: Iterable[int]) -> list[tuple[int, str]]:
    """Communities and accesses of the collections at and above these files."""
    paths = {
        *Image.objects.filter(pk__in=images).values_list("collection__path", flat=True),
        *Document.objects.filter(pk__in=documents).values_list("collection__path", flat=True),
    }
    step = Collection.steplen
    above = {path[:end] for path in paths for end in range(step, len(path) + 1, step)}
    held = CommunityCollection.objects.filter(collection__path__in=above)
    return list(held.values_list("community_id", "access"))


@once
def _code() -> str:
    """A digest of the templates and code that draw the pieces."""
    digest = hashlib.sha256(rendering.code_digest().encode())
    folders: Any = settings.TEMPLATES[0]["DIRS"]
    for folder in folders:
        for path in sorted((Path(folder) / "knowledge").glob("*.html")):
            digest.update(path.read_bytes())
    for name in ("reading.py", "page_pieces.py", "pictures.py", "effects.py", "cards.py"):
        digest.update((Path(__file__).parent / name).read_bytes())
    return digest.hexdigest()[:12]
