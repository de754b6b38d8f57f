"""Tables as files, written row by row: what is kept in memory does not grow with them."""

import contextvars
import csv
import datetime as dt
import io
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.utils import translation
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# What a spreadsheet would take for a formula, wherever the text came from.
RISKY = ("=", "+", "-", "@", "\t", "\r")
NUMBERS = (int, float, Decimal, dt.date)
LINES_A_PIECE = 200
PIECE = 256 * 1024
LONGEST_CELL = 32_000

Cells = Iterable[Sequence[Any]]


def batches(fetch: Callable[[Any], list[Any]], size: int) -> Iterator[Any]:
    """All rows of `fetch(last)`, which returns up to `size` of those after the last one, None at the beginning.

    No cursor is held open between two of them, however slowly the file is read.
    """
    last = None
    while True:
        rows = fetch(last)
        yield from rows
        if len(rows) < size:
            return
        last = rows[-1]


def response(request: HttpRequest, form: str, name: str, rows: Cells) -> StreamingHttpResponse:
    """The rows, the first of them the headings, as a file to save; raises Http404 for a form that is not known."""
    if form not in TYPES:
        raise Http404
    asked = _as_asked(rows, contextvars.copy_context(), translation.get_language() or "en")
    pieces = csv_pieces(asked) if form == "csv" else xlsx_pieces(asked)
    # Under ASGI Django would read a synchronous stream into memory as a whole.
    stream: Any = _asynchronous(pieces) if isinstance(request, ASGIRequest) else pieces
    answer = StreamingHttpResponse(stream, content_type=TYPES[form])
    answer.headers["Content-Disposition"] = content_disposition_header(True, f"{name}.{form}") or "attachment"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def csv_pieces(rows: Cells) -> Iterator[bytes]:
    """With the mark by which spreadsheets know UTF-8."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    for number, row in enumerate(rows, 1):
        writer.writerow([harmless(plain(cell)) for cell in row])
        if number % LINES_A_PIECE == 0:
            yield _emptied(buffer)
    yield _emptied(buffer)


def xlsx_pieces(rows: Cells) -> Iterator[bytes]:
    """The workbook is written to a file on disk and read from there: its end has to be known before its beginning."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append([_cell(sheet, plain(value)) for value in row])
    with tempfile.TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def plain(value: Any) -> Any:
    """A value as a table takes it: moments in UTC to the second, numbers and days as they are, all else as text."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).replace(microsecond=0)
    return value if value is None or isinstance(value, NUMBERS) else str(value)


def harmless(value: Any) -> Any:
    """A text that a spreadsheet takes for nothing but text."""
    if isinstance(value, str) and value.startswith(RISKY):
        return f"'{value}"
    return value


def _as_asked(rows: Cells, context: contextvars.Context, language: str) -> Iterator[Sequence[Any]]:
    """Rows are made while the file is being read, when the request is over: in its language, for its person."""
    remaining = iter(rows)

    def following() -> Sequence[Any] | None:
        with translation.override(language):
            return next(remaining, None)

    while (row := context.run(following)) is not None:
        yield row


def _cell(sheet: Any, value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None)  # workbooks know no zones
    if not isinstance(value, str):
        return value
    text = "".join(letter for letter in value[:LONGEST_CELL] if letter.isprintable() or letter in "\n\t")
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    return cell


def _emptied(buffer: io.StringIO) -> bytes:
    piece = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return piece


async def _asynchronous(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    following = sync_to_async(lambda: next(pieces, None))
    while (piece := await following()) is not None:
        yield piece
