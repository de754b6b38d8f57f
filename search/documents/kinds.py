"""What a file is: what stands in it says so, whatever it is called."""

import re
from pathlib import Path
from zipfile import ZipFile

from search.documents import charsets
from search.documents.readers import office, packages
from search.documents.refusals import Encrypted, Unsupported

PDF = "pdf"
DOCUMENT = "document"
PRESENTATION = "presentation"
WORKBOOK = "workbook"
OPEN_DOCUMENT = "open_document"
RICH_TEXT = "rich_text"
PLAIN = "plain"
MAIN_PARTS = {
    DOCUMENT: office.DOCUMENT,
    PRESENTATION: office.PRESENTATION,
    WORKBOOK: office.WORKBOOK,
}

HEAD = 4096
# Readers of PDF look for its signature in the first kilobyte (ISO 32000-1, annex H).
PDF_WITHIN = 1024
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
# Drawings that are written in letters, but not for anybody to read: STEP and DXF.
WRITTEN_DRAWING = re.compile(rb"\s*(ISO-10303-21;|(999\r?\n[^\n]*\n\s*)*0\r?\n\s*SECTION)")


def kind_of(path: Path) -> str:
    """The kind of reader that a file asks for; raises Refused where there is none."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if b"%PDF-" in head[:PDF_WITHIN]:
        return PDF
    if head.startswith(ZIP):
        return _packed(path)
    if head.startswith(COMPOUND):
        # What Office encrypts is put into the container of its old formats, which nobody here reads.
        raise Encrypted if ENCRYPTED_PACKAGE in path.read_bytes() else Unsupported
    if head.startswith(b"{\\rtf"):
        return RICH_TEXT
    if WRITTEN_DRAWING.match(head) or not charsets.is_text(head):
        raise Unsupported
    return PLAIN


def _packed(path: Path) -> str:
    with ZipFile(path) as package:
        if packages.is_open_document(package):
            return OPEN_DOCUMENT
        roles = {role for _name, role in packages.parts(package)}
    for kind, main in MAIN_PARTS.items():
        if not roles.isdisjoint(main):
            return kind
    raise Unsupported
