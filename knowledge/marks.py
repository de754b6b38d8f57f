"""Places in a rendered text that depend on who reads it.

A text is rendered once for everybody; where it names a page, a picture, a file or a person, a mark is left. Filling
the marks for one reader is then a matter of a few look-ups and of joining strings.
"""

import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from knowledge.footnotes import Notes

CLOSE = "/"


@dataclass(frozen=True)
class Mark:
    """Something of which only its readers may learn: `kind` and `key` say what, `details` how it is shown.

    A region encloses what stands up to its close; a leaf stands alone.
    """

    kind: str
    key: Any = None
    details: dict[str, Any] = field(default_factory=dict, hash=False)
    is_region: bool = False


Part = str | Mark | None  # None closes a region
Parts = tuple[Part, ...]


class Recorder:
    """Hands out marks while a text is rendered, and finds them again in the result.

    The marks carry a secret of this one rendering, so that no text can pretend to hold one. `notes` are those of the
    text so far: numbers go through it from block to block.
    """

    def __init__(self, notes: Notes | None = None) -> None:
        self.notes = Notes() if notes is None else notes
        self._secret = secrets.token_hex(8)
        self._marks: list[Mark] = []

    def leaf(self, kind: str, key: Any, **details: Any) -> SafeString:
        return self._place(Mark(kind, key, details))

    def open(self, kind: str, key: Any = None, **details: Any) -> SafeString:
        return self._place(Mark(kind, key, details, is_region=True))

    def close(self) -> SafeString:
        return mark_safe(f"<!--{self._secret} {CLOSE}-->")  # noqa: S308 - made of hexadecimal digits

    def split(self, text: str) -> Parts:
        """The text with its marks in their places."""
        pieces = re.split(rf"<!--{self._secret} (/|\d+)-->", text)
        parts: list[Part] = []
        for at, piece in enumerate(pieces):
            if at % 2 == 0:
                if piece:
                    parts.append(piece)
            elif piece == CLOSE:
                parts.append(None)
            else:
                parts.append(self._marks[int(piece)])
        return tuple(parts)

    def _place(self, mark: Mark) -> SafeString:
        self._marks.append(mark)
        return mark_safe(f"<!--{self._secret} {len(self._marks) - 1}-->")  # noqa: S308 - made of digits


def marks_of(parts: Iterable[Part]) -> Iterator[Mark]:
    return (part for part in parts if isinstance(part, Mark))
