"""What stands in a page, read off its stored blocks: how much, and what it names. No block is built up for it."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urldefrag, urlsplit

from django.conf import settings
from django.utils.html import strip_tags

from knowledge import raw_blocks
from knowledge.models import EntryPage
from knowledge.rich_text import ANCHOR, ATTRIBUTE

LONGEST_ADDRESS = 2000
# What names a machine is no longer (RFC 1035, 2.3.4), and no row has a larger number.
LONGEST_HOST = 253
LARGEST_KEY = 2**31
# Keys of blocks whose values are no words.
NO_WORDS = {"id", "type", "image", "document", "people", "entries", "embed", "style", "language", "points"}


@dataclass
class Contents:
    """`pictures` by whether every use of them is described; `addresses` outside, without their fragments."""

    blocks: int = 0
    words: int = 0
    cover: int | None = None
    pages: set[int] = field(default_factory=set)
    pictures: dict[int, bool] = field(default_factory=dict)
    documents: set[int] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)

    def show(self, picture: int, *, described: bool) -> None:
        self.pictures[picture] = self.pictures.get(picture, True) and described


def of_page(page: EntryPage) -> Contents:
    """What the page holds as it is stored; its attachments are best fetched before."""
    documents = [attached.document_id for attached in page.attachments.all()]
    return _read(page.body.get_prep_value(), documents, page.cover_id)


def of_draft(content: dict[str, Any]) -> Contents:
    """The same of a revision, by what it keeps of the page."""
    blocks = json.loads(content.get("body") or "[]")
    documents = [attached.get("document") for attached in content.get("attachments") or []]
    return _read(blocks, filter(None, documents), content.get("cover"))


def outside(href: str) -> str:
    """The address without its fragment, if it leads outside; else empty."""
    try:
        address = urldefrag(href.strip()).url
        address = f"https:{address}" if address.startswith("//") else address
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return ""
    own = urlsplit(str(settings.WAGTAILADMIN_BASE_URL)).hostname
    if parts.scheme not in {"http", "https"} or not host or host == own:
        return ""
    return address if len(address) <= LONGEST_ADDRESS and len(host) <= LONGEST_HOST else ""


def _read(blocks: list[Any], documents: Iterable[int], cover: int | None) -> Contents:
    contents = Contents(blocks=len(blocks), cover=cover)
    for block in blocks:
        kind, value = block["type"], block["value"]
        contents.words += sum(len(strip_tags(text).split()) for text in _texts(value))
        for text in raw_blocks.rich_texts(kind, value):
            _read_links(text, contents)
        if not isinstance(value, dict):
            continue
        for picture, alt_text in _pictures(kind, value):
            contents.show(picture, described=bool(alt_text))
        if kind == "document" and value.get("document"):
            contents.documents.add(value["document"])
        if kind == "related":
            contents.pages.update(filter(None, raw_blocks.listed(value.get("entries"))))
    contents.documents.update(documents)
    return contents


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            if key not in NO_WORDS:
                yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _read_links(text: str, contents: Contents) -> None:
    for match in ANCHOR.finditer(text):
        attributes = {name: unescape(value) for name, value in ATTRIBUTE.findall(match[1])}
        kind, key = attributes.get("linktype"), _key(attributes.get("id", ""))
        if kind == "page" and key:
            contents.pages.add(key)
        elif kind == "document" and key:
            contents.documents.add(key)
        elif address := outside(attributes.get("href", "")):
            contents.addresses.add(address)


def _key(text: str) -> int:
    """The number of a row; nought where it is none."""
    number = int(text) if text.isdecimal() and len(text) < 20 else 0
    return number if number < LARGEST_KEY else 0


def _pictures(kind: str, value: dict[str, Any]) -> Iterator[tuple[int, str]]:
    gallery = raw_blocks.listed(value.get("items")) if kind == "gallery" else []
    for item in [value] if kind == "image" else gallery:
        if item.get("image"):
            yield item["image"], (item.get("alt_text") or "").strip()
