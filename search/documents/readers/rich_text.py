"""Rich text (RTF), which old programs write."""

from collections.abc import Iterator
from pathlib import Path

from striprtf.striprtf import rtf_to_text


def read(path: Path) -> Iterator[str]:
    # The format is ASCII; letters of other alphabets are written as numbers.
    # The package comes without types.
    yield rtf_to_text(path.read_text(encoding="latin-1"), errors="replace")  # type: ignore[no-untyped-call]
