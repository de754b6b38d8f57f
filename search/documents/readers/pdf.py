"""PDF: its pages, each as it is read."""

import re
from collections.abc import Iterator
from pathlib import Path

from pypdf import PdfReader

from search.documents import reading_order
from search.documents.refusals import Damaged, Encrypted

# A word that was broken at the end of its line; "x-\nY" may as well be a name with a hyphen.
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad]\n(?=([^\W\d_]))")


def read(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        reader = PdfReader(file)
        # Many are closed to changes alone: no password opens them.
        if reader.is_encrypted and not reader.decrypt(""):
            raise Encrypted
        pages = len(reader.pages)
        unreadable = 0
        for number in range(pages):
            try:
                text = _page(reader, number)
            except MemoryError:
                raise
            except Exception:  # noqa: BLE001 - whatever is wrong with one page, the others may be right
                unreadable += 1
            else:
                yield f"{text}\n"
        if unreadable and unreadable == pages:
            raise Damaged(f"none of {pages} pages")


def _page(reader: PdfReader, number: int) -> str:
    page = reader.pages[number]
    text = page.extract_text()
    if reading_order.HEBREW.search(text):
        # As it looks, because what is read in the order of the file mixes numbers and columns into other words.
        seen = page.extract_text(extraction_mode="layout")
        text = reading_order.logical(seen, is_seen=True)
    return _BROKEN_WORD.sub(lambda broken: "" if broken[1].islower() else broken[0], text)
