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
from django.http import HttpResponse, HttpResponseNotModified
from wagtail.models import Page

from core import clock, prepared
from knowledge import addresses, page_marks, page_pieces
from knowledge.models import Entry, EntryPage
from knowledge.querysets.pages import COMMUNITY_FIELDS, SERVING_FIELDS
from knowledge.services import readings
from people.models import Community
from people.requests import Request

FIVE_MINUTES = 300
TABLES = tuple(model._meta.db_table for model in (Page, EntryPage, Entry, Community))


@dataclass(frozen=True)
class Recalled:
    """What one answer followed from.

    `numbers` are of page, entry and community; the last three fields are as in `page_pieces.State`.
    """

    row: str
    numbers: tuple[int, int, int]
    reader: str
    is_kept: bool
    around: str
    since: int
    stamp: int


def answer(request: Request, language: str, path: str) -> HttpResponse | None:
    """That the copy named by the request is as the page at this path is; None where the long way has to be gone."""
    mark = request.headers.get("If-None-Match", "")
    url_path = addresses.url_path(language, path)
    is_asking = mark and request.method in ("GET", "HEAD") and "If-Match" not in request.headers
    if not is_asking or url_path is None or not request.viewer.is_employee:
        return None
    recalled: Recalled | None = cache.get(_key(mark))
    # Before anything else is looked at: a change that comes in between makes the next answer go the long way.
    request.page_row, stamp = _row_of(url_path, *recalled.numbers) if recalled else _row_at(url_path)
    if recalled is None or not _is_as_it_was(request, recalled, stamp):
        return None
    return HttpResponseNotModified(headers={"ETag": mark})


def remember(request: Any, page: EntryPage, context: Mapping[str, Any], mark: str) -> None:
    """Keep what it followed from that the copy with this mark, which the request names, is as the page is."""
    row, state = getattr(request, "page_row", ""), context["state"]
    # Of those who manage the community is shown whether the entry is pinned, of which the outbox does not tell.
    if not row or state.surroundings.is_confined or context["may_pin"]:
        return
    numbers = page.pk, page.entry_id, page.entry.community_id
    around = state.around, state.since, state.stamp
    cache.set(_key(mark), Recalled(row, numbers, _reader(request), context["is_kept"], *around), FIVE_MINUTES)


def _is_as_it_was(request: Request, recalled: Recalled, stamp: int) -> bool:
    return (
        recalled.row == request.page_row
        and recalled.reader == _reader(request)
        and recalled.is_kept == (recalled.numbers[1] in readings.kept_by(request.user.pk))
        and not len(get_messages(request))
        and (recalled.stamp == stamp or page_pieces.stands(recalled.around, recalled.since, stamp))
    )


def _reader(request: Request) -> str:
    """A digest of who asks, what they may see, from where, and of what draws it.

    Their `access_version` is among the person's fields.
    """
    parts = (page_pieces.code(), page_marks.shell(request), sorted(request.viewer.cleared), clock.today())
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _row_at(url_path: str) -> tuple[str, int]:
    """A digest of the rows that the long way has at hand, nothing without a page, and the stamp of the outbox."""
    page, _entry_page, entry, community = TABLES
    joined = f"page_ptr_id = {page}.id AND {entry}.id = entry_id AND {community}.id = community_id"
    with connection.cursor() as cursor:
        cursor.execute(f"{_select()} url_path = %s AND live AND {joined}", [url_path])
        return _digested(cursor.fetchone())


def _row_of(url_path: str, page_id: int, entry_id: int, community_id: int) -> tuple[str, int]:
    """The same by the numbers of the rows."""
    return _digested(_by_numbers().first([url_path, page_id, page_id, entry_id, community_id]))


def _digested(found: tuple[Any, ...] | None) -> tuple[str, int]:
    stamp, *row = found or (0,)
    return hashlib.sha256(repr(row).encode()).hexdigest() if row else "", int(stamp)


@once
def _by_numbers() -> prepared.Statement:
    page, _entry_page, entry, community = TABLES
    numbers = f"{page}.id = %s AND page_ptr_id = %s AND {entry}.id = %s AND {community}.id = %s"
    types = "text", "bigint", "bigint", "bigint", "bigint"
    return prepared.Statement("page_as_it_was", f"{_select()} url_path = %s AND {numbers}", types)


@once
def _select() -> str:
    """Written by hand: the mapper takes longer to write it than the database to answer it."""
    if connection.vendor == "postgresql":
        # Which transaction has written a row, and where it lies: whoever writes it anew changes one of them ("System
        # Columns" in its manual). So the database need not read out what is in it.
        columns = [f"{table}.{mark}" for table in TABLES for mark in ("xmin", "ctid")]
    else:
        fields: list[Any] = [EntryPage._meta.get_field(name) for name in ("entry", "locale", *SERVING_FIELDS)]
        fields += Entry._meta.concrete_fields
        fields += [Community._meta.get_field(name) for name in COMMUNITY_FIELDS]
        columns = [f"{field.model._meta.db_table}.{field.column}" for field in fields]
    return f"SELECT ({page_pieces.STAMP}), {', '.join(columns)} FROM {', '.join(TABLES)} WHERE "  # noqa: S608 - names of our own


def _key(mark: str) -> str:
    return f"recalled:{hashlib.sha256(mark.encode()).hexdigest()}"
