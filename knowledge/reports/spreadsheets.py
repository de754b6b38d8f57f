"""Reports as files: read in batches by their keys, so that nothing stands twice or lacks while others go on working.

Memory stays flat: a table of commas leaves row by row, a workbook is written into a file on the disk.
"""

import csv
import datetime as dt
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

from django.db.models import QuerySet
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.encoding import force_str
from django.utils.text import capfirst
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

BATCH = 500
# What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Sheet:
    """What a file says: its title, when it was begun, its headings, and the cells of a row."""

    title: str
    begun_label: str
    begun_at: dt.datetime
    headings: Sequence[Any]
    rows: QuerySet[Any]
    prepare: Callable[[list[Any]], list[Any]]
    cells: Callable[[Any], Iterable[Any]]

    def head(self) -> list[list[str]]:
        begun = f"{self.begun_at:%Y-%m-%d %H:%M} UTC"
        return [[self.title, self.begun_label, begun], [capfirst(force_str(each)) for each in self.headings]]

    def batches(self) -> Iterator[list[list[Any]]]:
        """The cells of rows, a batch at a time, in the language in which the file was asked for."""
        language = translation.get_language()
        last = 0
        while True:
            batch = list(self.rows.filter(pk__gt=last).order_by("pk")[:BATCH])
            if not batch:
                return
            last = batch[-1].pk
            with translation.override(language):
                lines = [[plain(cell) for cell in self.cells(row)] for row in self.prepare(batch)]
            yield lines


def plain(value: Any) -> Any:
    """A value as a cell takes it; no text can be a formula."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).replace(tzinfo=None, microsecond=0)
    if value is None or isinstance(value, (int, float, dt.date)):
        return value
    text = force_str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def as_csv(sheet: Sheet, filename: str) -> HttpResponseBase:
    answer = StreamingHttpResponse(_lines(sheet), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{filename}.csv"'
    return answer


def as_xlsx(sheet: Sheet, filename: str) -> HttpResponseBase:
    workbook = Workbook(write_only=True, iso_dates=True)
    page = workbook.create_sheet(title=sheet.title[:31].translate(dict.fromkeys(map(ord, r"[]:*?/\ "), " ")))
    for row in sheet.head():
        page.append(row)
    for batch in sheet.batches():
        for cells in batch:
            page.append([_cell(page, value) for value in cells])
    # Closed by the answer, which hands it out.
    output: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
    workbook.save(output)
    output.seek(0)
    return FileResponse(output, as_attachment=True, content_type=XLSX, filename=f"{filename}.xlsx")


class _Echo:
    def write(self, value: str) -> bytes:
        return value.encode()


def _lines(sheet: Sheet) -> Iterator[bytes]:
    writer = csv.writer(_Echo())
    # Without it Excel takes the letters for those of another alphabet.
    yield "\ufeff".encode()
    for row in sheet.head():
        yield writer.writerow(row)
    for batch in sheet.batches():
        yield b"".join(writer.writerow(cells) for cells in batch)


def _cell(page: Any, value: Any) -> Any:
    cell = WriteOnlyCell(page, value)
    if cell.data_type == "f":
        cell.data_type = "s"
    return cell
