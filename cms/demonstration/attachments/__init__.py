"""The files that come with the demonstration's entries: small, real, and the same bytes each time."""

from collections.abc import Callable
from typing import Final

from cms.demonstration.attachments import forms, leaflets, plain, spreadsheets
from cms.demonstration.attachments.outline import Outline, outline

__all__ = ["UnknownFileType", "build", "outline"]

BUILDERS: Final[dict[str, Callable[[Outline], bytes]]] = {
    "csv": plain.table,
    "docx": forms.form,
    "pdf": leaflets.leaflet,
    "sql": plain.query,
    "xlsx": spreadsheets.workbook,
}


class UnknownFileType(KeyError):
    """An attachment has an ending for which nobody can make a file."""


def build(content: Outline) -> bytes:
    """The file's bytes, of the type that its name's ending says."""
    ending = content.name.rpartition(".")[2].lower()
    try:
        builder = BUILDERS[ending]
    except KeyError as error:
        raise UnknownFileType(content.name) from error
    return builder(content)
