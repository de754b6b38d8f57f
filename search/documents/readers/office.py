"""Texts and presentations of Office and OpenDocument: what their parts say, in the order in which it stands there.

Read as the XML that they are: libraries for writing such files leave out what stands in text boxes, form fields, marked
changes and footnotes, and hold the whole file in memory.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

from search.documents.readers import packages
from search.documents.readers.packages import Tags
from search.documents.refusals import Encrypted

_WORDPROCESSING = "openxmlformats-officedocument.wordprocessingml"
_SLIDES = "openxmlformats-officedocument.presentationml"
_SHEETS = "openxmlformats-officedocument.spreadsheetml"
# The parts that make a file what it is: as it is, as a template, and with macros.
DOCUMENT = (
    f"{_WORDPROCESSING}.document.main+xml",
    f"{_WORDPROCESSING}.template.main+xml",
    "ms-word.document.macroEnabled.main+xml",
    "ms-word.template.macroEnabledTemplate.main+xml",
)
PRESENTATION = (
    f"{_SLIDES}.presentation.main+xml",
    f"{_SLIDES}.slideshow.main+xml",
    f"{_SLIDES}.template.main+xml",
    "ms-powerpoint.presentation.macroEnabled.main+xml",
    "ms-powerpoint.slideshow.macroEnabled.main+xml",
)
WORKBOOK = (
    f"{_SHEETS}.sheet.main+xml",
    f"{_SHEETS}.template.main+xml",
    "ms-excel.sheet.macroEnabled.main+xml",
    "ms-excel.template.macroEnabled.main+xml",
)
# What is read of each, in this order. Masters and layouts only say where something could stand.
_BESIDE = ("footnotes", "endnotes", "header", "footer")
_DOCUMENT_PARTS = (*DOCUMENT, *(f"{_WORDPROCESSING}.{part}+xml" for part in _BESIDE))
_SLIDE_PARTS = (
    f"{_SLIDES}.slide+xml",
    f"{_SLIDES}.notesSlide+xml",
    "openxmlformats-officedocument.drawingml.diagramData+xml",
)
# A text box stands in the file twice, once for older programs.
_OFFICE = Tags(
    text=frozenset({"t"}),
    line=frozenset({"p", "br", "cr"}),
    gap=frozenset({"tab"}),
    skipped=frozenset({"Fallback"}),
)
_OPEN = Tags(
    text=frozenset({"p", "h"}),
    line=frozenset({"p", "h", "line-break"}),
    gap=frozenset({"s", "tab"}),
    skipped=frozenset({"annotation", "automatic-styles", "note-citation", "styles", "tracked-changes"}),
)
_MANIFEST = "META-INF/manifest.xml"
_NUMBER = re.compile(r"\d+")


def read_document(path: Path) -> Iterator[str]:
    return _office(path, _DOCUMENT_PARTS)


def read_presentation(path: Path) -> Iterator[str]:
    return _office(path, _SLIDE_PARTS)


def read_open_document(path: Path) -> Iterator[str]:
    """Texts, tables and presentations: their words stand in paragraphs alike. The styles hold headers and footers."""
    with ZipFile(path) as package:
        packages.measure(package)
        if _MANIFEST in package.namelist() and b"encryption-data" in package.read(_MANIFEST):
            raise Encrypted
        for name in ("content.xml", "styles.xml"):
            yield from packages.texts(package, name, _OPEN)


def _office(path: Path, roles: tuple[str, ...]) -> Iterator[str]:
    with ZipFile(path) as package:
        packages.measure(package)
        wanted = [
            (roles.index(role), _numbers(name), name)
            for name, role in packages.parts(package)
            if role in roles
        ]
        for _role, _place, name in sorted(wanted):
            yield from packages.texts(package, name, _OFFICE)


def _numbers(name: str) -> list[int]:
    """Slide 10 comes after slide 9."""
    return [int(number) for number in _NUMBER.findall(name)]
