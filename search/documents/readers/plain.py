"""Plain text, tables with commas and Markdown, whatever the alphabet they are written in."""

import codecs
from collections.abc import Iterator
from pathlib import Path

from search.documents import charsets, reading_order

SAMPLE = 256 * 1024
PIECE = 64 * 1024


def read(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        encoding = charsets.guessed(file.read(SAMPLE))
        file.seek(0)
        decoder = codecs.getincrementaldecoder(encoding)("replace")
        whole_lines = ""
        while piece := file.read(PIECE):
            # In whole lines: the order of one is seen from all of it.
            lines, end, rest = (whole_lines + decoder.decode(piece)).rpartition("\n")
            yield reading_order.logical(lines + end)
            whole_lines = rest
        yield reading_order.logical(whole_lines + decoder.decode(b"", True))
