"""What the stored blocks of a body name: pages, files, people, pictures."""

from collections.abc import Iterable
from typing import Any

from knowledge.marks import Recorder
from knowledge.pictures import ARTICLE_SPECS
from knowledge.rendering import Wanted
from knowledge.rich_text import recorded


def named_in(body: Any) -> Wanted:
    """Everything that a body names, whoever may see it."""
    recorder = Recorder()
    wanted = Wanted()
    for block in body.get_prep_value():
        want(block["type"], block["value"], wanted, recorder)
    return wanted


def want(kind: str, value: Any, wanted: Wanted, recorder: Recorder) -> None:
    """Collect what a raw block names."""
    for text in rich_texts(kind, value):
        wanted.add(recorder.split(recorded(text, recorder)))
    for note in recorder.notes.taken():
        wanted.add(recorder.split(note.html))
    if not isinstance(value, dict):
        return
    for image in images(kind, value):
        wanted.images[image].update(ARTICLE_SPECS)
    if kind == "document" and value.get("document"):
        wanted.documents.add(value["document"])
    if kind == "people":
        wanted.people.update(filter(None, listed(value.get("people"))))
    if kind == "related":
        wanted.pages.update(filter(None, listed(value.get("entries"))))


def rich_texts(kind: str, value: Any) -> Iterable[str]:
    if kind == "text":
        yield str(value or "")
    elif kind in {"quote", "callout"}:
        yield str(value.get("text") or "")
    elif kind == "steps":
        for step in listed(value.get("items")):
            yield str(step.get("text") or "")
    elif kind == "table":
        for row in (value.get("table") or {}).get("rows", []):
            yield from (str(cell or "") for cell in row["values"])


def images(kind: str, value: dict[str, Any]) -> list[int]:
    items = [value] if kind == "image" else listed(value.get("items")) if kind == "gallery" else []
    return [item["image"] for item in items if item.get("image")]


def listed(items: Any) -> list[Any]:
    """The values of a list block, which stores each with an identifier or, from earlier days, bare."""
    return [item["value"] if isinstance(item, dict) and "value" in item else item for item in items or []]
