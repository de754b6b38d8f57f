"""Zipped XML, as Office and OpenDocument files are: their parts, and the text that stands between certain tags.

No tree is built, so that a part of a gigabyte takes no more memory than one of a kilobyte; entities, which a few lines
can make into gigabytes, are refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pyexpat import errors
from typing import Any
from xml.parsers import expat
from zipfile import ZipFile, ZipInfo

from search.documents.refusals import Damaged, Encrypted, TooLarge

PIECE = 64 * 1024
# What the parts of one file may unpack to, by their own account; the unpacking takes no more than that.
UNPACKED = 512 * 1024 * 1024
CONTENT_TYPES = "[Content_Types].xml"
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
IS_ENCRYPTED = 0x1


@dataclass(frozen=True)
class Tags:
    """By their names without namespaces: which hold text, which end a line or a cell, which are passed over."""

    text: frozenset[str]
    line: frozenset[str] = frozenset()
    gap: frozenset[str] = frozenset()
    skipped: frozenset[str] = frozenset()


def is_open_document(package: ZipFile) -> bool:
    if "mimetype" not in package.namelist():
        return False
    with _opened(package, "mimetype") as part:
        return bool(part.read(len(OPEN_DOCUMENT)) == OPEN_DOCUMENT)


def parts(package: ZipFile) -> list[tuple[str, str]]:
    """Of an Office file each part with its role, such as `wordprocessingml.document.main+xml`."""
    found: list[tuple[str, str]] = []

    def note(name: str, attributes: dict[str, str]) -> None:
        if _bare(name) == "Override":
            role = attributes.get("ContentType", "").removeprefix("application/vnd.")
            found.append((attributes.get("PartName", "").lstrip("/"), role))

    if CONTENT_TYPES in package.namelist():
        parser = _parser()
        parser.StartElementHandler = note
        for _piece in _parsed(package, CONTENT_TYPES, parser):
            pass
    return found


def texts(package: ZipFile, name: str, tags: Tags) -> Iterator[str]:
    """What stands in a part, piece by piece; nothing if there is no such part."""
    if name not in package.namelist():
        return
    hearing = _Hearing(tags)
    parser = _parser()
    parser.StartElementHandler = hearing.start
    parser.EndElementHandler = hearing.end
    parser.CharacterDataHandler = hearing.data
    for _piece in _parsed(package, name, parser):
        yield hearing.taken()


def measure(package: ZipFile) -> None:
    """Raises TooLarge if it would unpack to more than is read, Encrypted if it asks for a password."""
    parts = package.infolist()
    if any(part.flag_bits & IS_ENCRYPTED for part in parts):
        raise Encrypted
    if sum(part.file_size for part in parts if _is_read(part)) > UNPACKED:
        raise TooLarge


def _is_read(part: ZipInfo) -> bool:
    """Pictures and films within are not."""
    return part.filename.endswith((".xml", ".rels"))


@dataclass
class _Hearing:
    tags: Tags
    inside: int = 0
    skipping: int = 0
    heard: list[str] = field(default_factory=list)

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        tag = _bare(name)
        self.skipping += tag in self.tags.skipped
        self.inside += tag in self.tags.text

    def end(self, name: str) -> None:
        tag = _bare(name)
        self.inside -= tag in self.tags.text
        if not self.skipping and tag in self.tags.line:
            self.heard.append("\n")
        elif not self.skipping and tag in self.tags.gap:
            self.heard.append("\t")
        self.skipping -= tag in self.tags.skipped

    def data(self, text: str) -> None:
        if self.inside and not self.skipping:
            self.heard.append(text)

    def taken(self) -> str:
        text = "".join(self.heard)
        self.heard.clear()
        return text


def _parser() -> Any:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.EntityDeclHandler = _refuse_entity
    return parser


def _refuse_entity(*_declaration: Any) -> None:
    raise Damaged("entities are declared")


def _parsed(package: ZipFile, name: str, parser: Any) -> Iterator[None]:
    """Hand a part to the parser, and say so after each piece."""
    try:
        with _opened(package, name) as part:
            while piece := part.read(PIECE):
                parser.Parse(piece, False)
                yield
        parser.Parse(b"", True)
        yield
    except expat.ExpatError as error:
        if error.code == errors.codes[errors.XML_ERROR_NO_MEMORY]:
            raise MemoryError from error
        raise Damaged(str(error)) from error


def _opened(package: ZipFile, name: str) -> Any:
    if package.getinfo(name).flag_bits & IS_ENCRYPTED:
        raise Encrypted
    return package.open(name)


def _bare(name: str) -> str:
    return name.rpartition(" ")[2]
