"""Says that a browser's copy of an entry's page is as it is, without looking for the page (RFC 9110, 13.1.2).

The long way finds the page, asks who may see it and works out its ETag. When that has said once that the copy is as it
is, what the answer followed from is kept: digests of the rows at hand and of what is known of the reader, and the state
of what is around. As long as all of it is the same, so is the answer. Kept are only pages that every employee may read.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache as once
from typing import Any

from django.contrib.messages import get_messages
from django.core.cache import cache
from django.db import connection
from django.db.models.expressions import RawSQL
from django.http import HttpResponse
from django.utils.cache import get_conditional_response

from core import clock
from knowledge import addresses, page_marks, page_pieces
from knowledge.models import Entry, EntryPage
from knowledge.querysets.pages import COMMUNITY_FIELDS
from knowledge.services import readings
from people.requests import Request

FIVE_MINUTES = 300
PLACEHOLDER = "/any/url/path/"


@dataclass(frozen=True)
class Recalled:
    """What one answer followed from; for the last two see `page_pieces.State`."""

    row: str
    reader: str
    entry_id: int
    is_kept: bool
    around: str
    since: int


def answer(request: Request, language: str, path: str) -> HttpResponse | None:
    """That the copy named by the request is as the page at this path is; None where the long way has to be gone."""
    mark = request.headers.get("If-None-Match", "")
    url_path = addresses.url_path(language, path)
    if not mark or url_path is None or not request.viewer.is_employee:
        return None
    # Before anything else is looked at: a change that comes in between makes the next answer go the long way.
    request.page_row, stamp = _row(url_path)
    recalled: Recalled | None = cache.get(_key(mark))
    if recalled is None or not _is_as_it_was(request, recalled, stamp):
        return None
    response: HttpResponse | None = get_conditional_response(request, etag=mark)
    if response is not None:
        response.headers["ETag"] = mark
    return response


def remember(request: Any, page: EntryPage, context: Mapping[str, Any]) -> None:
    """Keep what it followed from that the copy which this request names is as the page is."""
    row, state = getattr(request, "page_row", ""), context["state"]
    # Of those who manage the community is shown whether the entry is pinned, of which the outbox does not tell.
    if not row or state.surroundings.is_confined or context["may_pin"]:
        return
    recalled = Recalled(row, _reader(request), page.entry_id, context["is_kept"], state.around, state.since)
    cache.set(_key(request.headers["If-None-Match"]), recalled, FIVE_MINUTES)


def _is_as_it_was(request: Request, recalled: Recalled, stamp: int) -> bool:
    return (
        recalled.row == request.page_row
        and recalled.reader == _reader(request)
        and recalled.is_kept == (recalled.entry_id in readings.kept_by(request.user.pk))
        and not len(get_messages(request))
        and page_pieces.stands(recalled.around, recalled.since, stamp)
    )


def _reader(request: Request) -> str:
    """A digest of who asks, what they may see, and from where; their `access_version` is among the person's fields."""
    parts = (page_marks.shell(request), sorted(request.viewer.cleared), clock.today())
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _row(url_path: str) -> tuple[str, int]:
    """A digest of the rows that the long way has at hand, nothing without a page, and the stamp of the outbox."""
    sql, parameters = _statement()
    with connection.cursor() as cursor:
        cursor.execute(sql, [url_path if each == PLACEHOLDER else each for each in parameters])
        stamp, *row = cursor.fetchone() or (0,)
    return hashlib.sha256(repr(row).encode()).hexdigest() if row else "", int(stamp)


@once
def _statement() -> tuple[str, tuple[Any, ...]]:
    """Written once: the mapper takes longer to write it than the database to answer it.

    The rows come in two parts: with all tables in one join, PostgreSQL plans for longer than it looks.
    """
    pages = EntryPage.objects.live().filter(url_path=PLACEHOLDER).for_serving()
    page, of_page = pages.select_related(None).order_by("pk")[:1].query.sql_with_params()
    fields = [column.name for column in Entry._meta.concrete_fields]
    around = [f"community__{name}" for name in COMMUNITY_FIELDS]
    entries = Entry.objects.filter(pk=RawSQL("SELECT entry_id FROM page", [])).select_related("community")
    entry, of_entry = entries.only(*fields, *around).query.sql_with_params()
    sql = (
        f"WITH page AS MATERIALIZED ({page}), entry AS MATERIALIZED ({entry})"  # noqa: S608 - the mapper's own
        f" SELECT ({page_pieces.STAMP}), page.*, entry.* FROM page CROSS JOIN entry"
    )
    return sql, (*of_page, *of_entry)


def _key(mark: str) -> str:
    return f"recalled:{hashlib.sha256(mark.encode()).hexdigest()}"
