"""The page of an entry as HTML, kept for all readers to whom it looks alike.

Asking for every link, picture and file on a page whether this reader may see it costs more than the page. Most readers
get the same answers. So the pieces of a page are kept by what the answers follow from: the state of everything that is
shown, and what the reader is in the communities that the page names. The outbox tells of every change: a page falls
when something that it shows is among the changes since it was looked at last. Whether the reader may see the page
itself is not kept: that is asked every time.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
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

from core import clock
from core.models import OutboxEntry
from knowledge import page_rows, page_surroundings, reading, rendering
from knowledge.cards import reading_order
from knowledge.models import EntryPage
from knowledge.page_rows import Row
from knowledge.page_surroundings import Surroundings
from people.access import Viewer

# Number, kind and key, the newest first.
Changes = list[tuple[int, str, str]]
# Rows of the outbox that may be committed in another order than they were numbered in.
OVERTAKING = 200
# With more of them at once it is cheaper to draw a page anew than to look for it among them.
READ_ON = 2000
FIVE_MINUTES = 300
OUTBOX = OutboxEntry._meta.db_table
# Moves with every change that the outbox knows of. Not the last number alone: of two transactions the one that was
# numbered first may be committed last.
STAMP = (
    "SELECT COALESCE(SUM(sequence), 0) AS stamp"  # noqa: S608 - names of our own
    f" FROM (SELECT sequence FROM {OUTBOX} ORDER BY sequence DESC LIMIT {OVERTAKING}) AS newest"
)
# The stamp, and with it the changes since, but only if it is not the one that is known.
MOVED = (
    f"WITH state AS ({STAMP})"  # noqa: S608 - names of our own
    f" SELECT stamp, sequence, kind, key FROM state LEFT JOIN {OUTBOX} ON stamp <> %s AND sequence >= %s"
    f" AND verb <> '{OutboxEntry.Verb.RANKED}'"
    f" ORDER BY sequence DESC LIMIT %s"
)


@dataclass(frozen=True)
class Pieces:
    """See templates/knowledge/entry_page.html; `is_open` where they may be kept on a device (people.offline)."""

    meta: SafeString
    crumbs: SafeString
    head: SafeString
    body: SafeString
    after: SafeString
    aside: SafeString
    is_open: bool = field(default=False, kw_only=True)


@dataclass(frozen=True)
class Known:
    """What was found out about the surroundings of a page, and up to where the outbox has been read since.

    `since` names the state that the pieces were drawn in; `stamp` and `read` move on while nothing around changes.
    """

    surroundings: Surroundings
    since: int
    stamp: int
    read: frozenset[int]


@dataclass(frozen=True)
class State:
    """By `key` pages that look alike are told from others; `rows` stand around the page, where they are at hand.

    `stands` says later, by `around` and `since`, whether anything around the page has changed since `stamp`.
    """

    key: str
    rows: Sequence[Row] | None
    surroundings: Surroundings
    around: str
    since: int
    stamp: int


def of(page: EntryPage, viewer: Viewer) -> Pieces:
    """The pieces of a page for the viewer, who may see it."""
    return drawn(page, viewer, state(page, viewer))


def state(page: EntryPage, viewer: Viewer) -> State | None:
    """How the page looks to the viewer, before it is drawn; None for a draft, which is no version."""
    if not page.body_digest:
        return None
    version = f"{code()}:{page.pk}:{_digest(page)}:{clock.today()}"
    around = f"around:{version}"
    known, rows = _known(page, around)
    key = f"pieces:{version}:{known.since}:{_looks(known.surroundings, viewer)}"
    return State(key, rows, known.surroundings, around, known.since, known.stamp)


def stands(around: str, since: int, stamp: int) -> bool:
    """Whether what is around a page is still as it was in the state that had the first two; `stamp` is today's."""
    known: Known | None = cache.get(around)
    if known is None or known.since != since:
        return False
    if known.stamp == stamp:
        return True
    moved = _moved_on(known, *_changes(known))
    if moved is not None:
        cache.set(around, moved, FIVE_MINUTES)
    return moved is not None


def drawn(page: EntryPage, viewer: Viewer, state: State | None) -> Pieces:
    """The pieces of a page in that state."""
    if state is None:
        return render(page, viewer)
    pieces: Pieces | None = cache.get(state.key)
    if pieces is None:
        whole = EntryPage.objects.for_reading().get(pk=page.pk)
        is_open = _is_open(whole, viewer, state.surroundings)
        pieces = replace(render(whole, viewer, state.rows), is_open=is_open)
        cache.set(state.key, pieces, FIVE_MINUTES)
    return pieces


def render(page: EntryPage, viewer: Viewer, rows: Sequence[Row] | None = None) -> Pieces:
    site = settings.WAGTAILADMIN_BASE_URL
    context = {"page": page, "reading": reading.of(page, viewer, rows), "site": site}
    names = ("meta", "crumbs", "head", "body", "after", "aside")
    return Pieces(*(render_to_string(f"knowledge/entry_{name}.html", context) for name in names))


def _is_open(page: EntryPage, viewer: Viewer, around: Surroundings) -> bool:
    """Whether every employee may read the page, and nothing classified is named on it to this viewer."""
    if around.is_confined:
        return False
    return not (around.is_beside_classified and page_rows.names_classified(page, viewer))


def _digest(page: EntryPage) -> str:
    """A digest of the rows at hand, which may be changed in ways that the outbox does not hear of."""
    shown = [
        page.body_digest,
        page.title,
        page.seo_title,
        page.search_description,
        page.summary,
        page.cover_id,
    ]
    columns = [column.attname for column in page.entry._meta.concrete_fields if column.name != "popularity"]
    entry = [getattr(page.entry, name) for name in columns]
    return hashlib.sha256(repr((shown, entry)).encode()).hexdigest()[:32]


def _known(page: EntryPage, around: str) -> tuple[Known, list[Row] | None]:
    """The surroundings as they are, and the rows around the page where they had to be found out anew.

    That is only when something in them has changed.
    """
    known: Known | None = cache.get(around)
    # Read before the surroundings are looked at: a change that comes in between counts as new the next time.
    stamp, changes = _changes(known)
    moved = _moved_on(known, stamp, changes) if known else None
    if moved is not None and moved is known:
        return known, None
    rows = None
    if moved is None:
        rows = page_rows.shown_and_named(page)
        moved = Known(page_surroundings.of(page, rows), stamp, stamp, _newest(changes))
    cache.set(around, moved, FIVE_MINUTES)
    return moved, rows


def _moved_on(known: Known, stamp: int, changes: Changes) -> Known | None:
    """What is known, read up to these changes; itself without any, None where one of them is of a thing here."""
    if known.stamp == stamp:
        return known
    if len(changes) == READ_ON or known.surroundings.feel(_new(changes, known)):
        return None
    return replace(known, stamp=stamp, read=_newest(changes))


def _newest(changes: Changes) -> frozenset[int]:
    return frozenset(sequence for sequence, _kind, _key in changes[:OVERTAKING])


def _changes(known: Known | None) -> tuple[int, Changes]:
    """The stamp, and if it has moved the changes since it was the known one."""
    asked = (known.stamp, min(known.read, default=0), READ_ON) if known else (-1, 0, OVERTAKING)
    with connection.cursor() as cursor:  # on every page, and the mapper would take longer than the database
        cursor.execute(MOVED, asked)
        rows = cursor.fetchall()
    return int(rows[0][0]), [row[1:] for row in rows if row[1] is not None]


def _new(changes: Changes, known: Known) -> Iterator[tuple[str, str]]:
    return ((kind, key) for sequence, kind, key in changes if sequence not in known.read)


def _looks(surroundings: Surroundings, viewer: Viewer) -> str:
    """The same for all viewers to whom a page with these surroundings looks alike."""
    around = surroundings.communities
    parts: tuple[Any, ...] = (
        (viewer.user_id, viewer.units) if surroundings.is_personal else viewer.is_employee,
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


@once
def code() -> str:
    """A digest of the templates and code that draw the pieces."""
    digest = hashlib.sha256(rendering.code_digest().encode())
    folders: Any = settings.TEMPLATES[0]["DIRS"]
    for folder in folders:
        for path in sorted((Path(folder) / "knowledge").glob("*.html")):
            digest.update(path.read_bytes())
    for name in (
        "reading.py",
        "page_pieces.py",
        "page_rows.py",
        "page_surroundings.py",
        "pictures.py",
        "effects.py",
        "uses.py",
        "replication_totals.py",
        "cards.py",
    ):
        digest.update((Path(__file__).parent / name).read_bytes())
    return digest.hexdigest()[:12]
