"""Bodies of articles as plain data, for one reader: the same lookups as the HTML, and the same silence."""

from collections.abc import Callable
from typing import Any

from knowledge import raw_blocks, rendering, series
from knowledge.addresses import page_url
from knowledge.marks import Recorder
from knowledge.models import EntryPage
from knowledge.rendering import Seen, Wanted
from knowledge.rich_text import recorded
from people.access import Viewer
from people.models import Document


def body_json(page: EntryPage, viewer: Viewer) -> list[dict[str, Any]]:
    """The blocks of a page as plain data; rich text is HTML, pictures carry the addresses of their sizes."""
    recorder = Recorder()
    wanted = Wanted()
    blocks = list(page.body.raw_data)
    for block in blocks:
        raw_blocks.want(block["type"], block["value"], wanted, recorder)
    texts = _Texts(recorder)
    seen = rendering.look_up(wanted, viewer)
    answer = []
    for block in blocks:
        value = _BLOCKS.get(block["type"], _plain)(block["value"], seen, texts)
        if value is not None:
            answer.append({"type": block["type"], "id": block.get("id", ""), "value": value})
    if notes := texts.notes(seen):
        answer.append({"type": "footnotes", "id": "", "value": notes})
    return answer


class _Texts:
    """Rich text of one answer, its links filled in for the reader."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    def notes(self, seen: Seen) -> list[str]:
        """The notes that were named, in the order of their numbers."""
        return [str(rendering.fill(self._recorder.split(note.html), seen)) for note in self._recorder.notes]

    def __call__(self, source: Any, seen: Seen) -> str:
        return str(rendering.fill(self._recorder.split(recorded(str(source or ""), self._recorder)), seen))


def _plain(value: Any, seen: Seen, texts: _Texts) -> Any:
    return value


def _words(value: Any, seen: Seen, texts: _Texts) -> Any:
    return texts(value, seen)


def _worded(value: Any, seen: Seen, texts: _Texts) -> Any:
    return {**value, "text": texts(value.get("text"), seen)}


def _steps(value: Any, seen: Seen, texts: _Texts) -> Any:
    return {
        "items": [
            {"title": step.get("title", ""), "text": texts(step.get("text"), seen)}
            for step in raw_blocks.listed(value.get("items"))
        ]
    }


def _figures(value: Any, seen: Seen, texts: _Texts) -> Any:
    return {"items": raw_blocks.listed(value.get("items")), "caption": value.get("caption", "")}


def _series(value: Any, seen: Seen, texts: _Texts) -> Any:
    """Periods by their codes, so that programs need not know languages."""
    try:
        read = series.read(value.get("points") or "")
    except series.Unreadable:
        return None
    target = value.get("target")
    return {
        "caption": value.get("caption", ""),
        "unit": value.get("unit", ""),
        "period": read.period,
        "columns": list(read.lines),
        "rows": [
            {
                "period": row.period.code,
                "values": [None if number is None else str(number) for number in row.values],
            }
            for row in read.rows
        ],
        "target": None if target in (None, "") else str(target),
    }


def _table(value: Any, seen: Seen, texts: _Texts) -> Any:
    table = value.get("table") or {}
    return {
        "caption": value.get("caption", ""),
        "columns": [column.get("heading", "") for column in table.get("columns", [])],
        "rows": [[texts(cell, seen) for cell in row["values"]] for row in table.get("rows", [])],
    }


def _image(value: Any, seen: Seen, texts: _Texts) -> Any:
    picture = seen.images.get(value.get("image"))
    if picture is None:
        return None
    return {
        "image": {
            "id": str(picture.public_id),
            "renditions": [
                {"url": size.url, "width": size.width, "height": size.height, "format": size.format}
                for size in picture.sizes.values()
            ],
        },
        "alt_text": value.get("alt_text", ""),
        "caption": value.get("caption", ""),
        "credit": value.get("credit", ""),
    }


def _gallery(value: Any, seen: Seen, texts: _Texts) -> Any:
    items = [_image(item, seen, texts) for item in raw_blocks.listed(value.get("items"))]
    shown = [item for item in items if item is not None]
    return {"items": shown} if shown else None


def document_json(document: Document) -> dict[str, Any]:
    return {
        "id": str(document.public_id),
        "title": document.title,
        "url": document.url,
        "format": document.file_extension.lower(),
        "size": document.file_size,
    }


def _document(value: Any, seen: Seen, texts: _Texts) -> Any:
    document = seen.documents.get(value.get("document"))
    if document is None:
        return None
    return {"document": document_json(document), "description": value.get("description", "")}


def _people(value: Any, seen: Seen, texts: _Texts) -> Any:
    people = [seen.people[pk] for pk in raw_blocks.listed(value.get("people")) if pk in seen.people]
    if not people:
        return None
    return {
        "caption": value.get("caption", ""),
        "people": [
            {"id": str(person.public_id), "name": person.name, "html_url": person.get_absolute_url()}
            for person in people
        ],
    }


def _related(value: Any, seen: Seen, texts: _Texts) -> Any:
    pages = [seen.pages[pk] for pk in raw_blocks.listed(value.get("entries")) if pk in seen.pages]
    if not pages:
        return None
    return {
        "caption": value.get("caption", ""),
        "entries": [
            {
                "key": str(page.entry.key),
                "kind": page.entry.kind,
                "lang": page.locale.language_code,
                "title": page.title,
                "html_url": page_url(page),
            }
            for page in pages
        ],
    }


def _nothing(value: Any, seen: Seen, texts: _Texts) -> Any:
    return None


_BLOCKS: dict[str, Callable[[Any, Seen, _Texts], Any]] = {
    "text": _words,
    "quote": _worded,
    "callout": _worded,
    "steps": _steps,
    "figures": _figures,
    "series": _series,
    "table": _table,
    "image": _image,
    "gallery": _gallery,
    "document": _document,
    "people": _people,
    "related": _related,
    "slide": _nothing,
}
