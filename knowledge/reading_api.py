"""A person's reading list for programs. It is theirs alone."""

from datetime import datetime
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from ninja import Query, Router, Schema, Status
from pydantic import Field

from core import pagination
from core.json_answers import absolute, answer
from core.problems import Problem
from knowledge import my_reading
from knowledge.addresses import page_url
from knowledge.choices import EntryKind
from knowledge.models import Entry, EntryPage, Reading
from knowledge.services import readings
from people.access import Viewer
from people.api_auth import reads, writes
from people.requests import Request

router = Router(tags=["own"])


class KeptItem(Schema):
    key: str = Field(description="Of the entry.", examples=["0198c0de-7a31-7c55-8f00-3b2f5d1c9a10"])
    kind: EntryKind
    lang: str = Field(description="The first of the reader's languages that it exists in.", examples=["en"])
    title: str = Field(examples=["Oil analysis instead of oil changes"])
    kept_at: datetime
    progress: int = Field(description="How far one has read, in hundredths.", examples=[40])
    html_url: str


class ReadingList(Schema):
    items: list[KeptItem]
    next: str | None = Field(description="Give it as `cursor` for what follows; null at the end.")


class ReadingFilters(Schema):
    limit: int = Field(20, ge=1, le=100, description="How many at most.")
    cursor: str | None = Field(None, max_length=400, description="`next` of the answer before.")


@router.get("/reading-list", response=ReadingList, auth=reads("own:read"), summary="Reading list")
def reading_list(request: Request, filters: Query[ReadingFilters]) -> HttpResponseBase:
    """What one means to read; what was put there last comes first. What one may not see any more stays away."""
    viewer = request.viewer
    rows = my_reading.rows(my_reading.LIST, viewer).select_related("entry")
    try:
        found = pagination.keyset(rows, order=("-kept_at", "-pk"), cursor=filters.cursor, limit=filters.limit)
    except pagination.InvalidCursor as error:
        raise Problem(422, "The cursor was not made by this list.") from error
    return answer(request, {"items": _items(found.items, viewer), "next": found.next})


@router.put(
    "/reading-list/{uuid:key}",
    response={204: None},
    auth=writes("own:write"),
    summary="Put on the reading list",
)
def keep_on_reading_list(request: Request, key: Any) -> Any:
    """An entry that is on it stays; 404 where there is no such entry, or not for the reader."""
    user: Any = request.user
    entry = Entry.objects.visible_to(request.viewer).published().filter(key=key).first()
    if entry is None:
        raise Http404
    readings.keep(user=user, entry=entry)
    return Status(204, None)


@router.delete(
    "/reading-list/{uuid:key}",
    response={204: None},
    auth=writes("own:write"),
    summary="Take off the reading list",
)
def take_off_reading_list(request: Request, key: Any) -> Any:
    """Also what one may not see any more; what is not on it stays away."""
    user: Any = request.user
    entry = Entry.objects.filter(key=key, keepers__user=user).first()
    if entry is not None:
        readings.release(user=user, entry=entry)
    return Status(204, None)


def _items(rows: list[Any], viewer: Viewer) -> list[dict[str, Any]]:
    """Two queries more, however many there are."""
    numbers = [row.entry_id for row in rows]
    languages = [get_language() or "en", *viewer.languages]
    pages: dict[int, EntryPage] = {}
    visible = EntryPage.objects.live().visible_to(viewer).filter(entry__in=numbers)
    for page in visible.select_related("locale").defer("body").order_by("pk"):
        known = pages.get(page.entry_id)
        if known is None or _place(page, languages) < _place(known, languages):
            pages[page.entry_id] = page
    read = Reading.objects.filter(user=viewer.user_id, entry__in=numbers)
    progress = dict(read.values_list("entry_id", "progress"))
    return [
        {
            "key": row.entry.key,
            "kind": row.entry.kind,
            "lang": pages[row.entry_id].locale.language_code,
            "title": pages[row.entry_id].title,
            "kept_at": row.kept_at,
            "progress": progress.get(row.entry_id, 0),
            "html_url": absolute(page_url(pages[row.entry_id])),
        }
        for row in rows
        if row.entry_id in pages
    ]


def _place(page: EntryPage, languages: list[str]) -> int:
    code = page.locale.language_code
    return languages.index(code) if code in languages else len(languages)
