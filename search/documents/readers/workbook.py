"""Workbooks of Excel: the name of each sheet, and what its cells show, a row a line."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook

from search.documents.readers import packages

MIDNIGHT = dt.time()


def read(path: Path) -> Iterator[str]:
    with ZipFile(path) as package:
        packages.measure(package)
    with path.open("rb") as file:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            yield f"{sheet.title}\n"
            # Some programs write a wrong size; others one that no sheet ever filled.
            sheet.reset_dimensions()
            for row in sheet.iter_rows(values_only=True):
                yield "\t".join(_shown(value) for value in row if value is not None) + "\n"


def _shown(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return str(value.date() if value.time() == MIDNIGHT else value)
    return str(value)
