"""Workbooks: the entry's tables, its figures with the change worked out, and an empty log to go on with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from cms.demonstration.attachments import archives
from cms.demonstration.attachments.labels import LABELS
from cms.demonstration.attachments.outline import Outline

HEAD: Final = PatternFill("solid", fgColor="0B6B6B")
HEAD_FONT: Final = Font(bold=True, color="FFFFFF")
LINE: Final = Border(bottom=Side(style="thin", color="D9D6CE"))
NUMBER: Final = re.compile(r"^[−-]?\d{1,3}(,\d{3})*(\.\d+)?$|^[−-]?\d+([.,]\d+)?$")
LOG_ROWS: Final = 40


def workbook(outline: Outline) -> bytes:
    labels = LABELS[outline.language]
    book = Workbook()
    book.remove(book.active)
    for table in outline.tables:
        _sheet(book, outline, table.title, table.columns, table.rows)
    if not outline.tables:
        steps = [(number, step, "", "") for number, step in enumerate(outline.checklist.items, start=1)]
        columns = (labels.number, labels.step, labels.done, labels.note)
        _sheet(book, outline, outline.checklist.title, columns, steps)
    if outline.entry.effects:
        rows = [
            (effect.measure, effect.unit, effect.before, effect.after, f'=IF(C{row}=0,"",D{row}/C{row}-1)')
            for row, effect in enumerate(outline.entry.effects, start=4)
        ]
        measures = (labels.measure, labels.unit, labels.before, labels.after, labels.change)
        sheet = _sheet(book, outline, labels.effect, measures, rows)
        for row in range(4, 4 + len(rows)):
            sheet.cell(row, 5).number_format = "0%"
    kept = outline.tables[0].columns if outline.tables else (labels.step, labels.note)
    blank = [("",) * (len(kept) + 2)] * LOG_ROWS
    _sheet(book, outline, labels.log, (labels.date, labels.responsible, *kept), blank)
    book.properties.creator = outline.enterprise
    book.properties.title = outline.title
    file = BytesIO()
    book.save(file)
    return archives.settled(file.getvalue())


def _sheet(
    book: Any, outline: Outline, title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> Any:
    sheet = book.create_sheet(_sheet_name(book, title))
    sheet.sheet_view.rightToLeft = outline.is_right_to_left
    sheet.cell(1, 1, outline.title).font = Font(bold=True, size=14)
    sheet.cell(2, 1, f"{outline.enterprise} · {outline.entry.title}").font = Font(color="55636A")
    for column, heading in enumerate(columns, start=1):
        cell = sheet.cell(3, column, heading)
        cell.fill, cell.font = HEAD, HEAD_FONT
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    widths = [len(str(heading)) for heading in columns]
    for number, row in enumerate(rows, start=4):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column, _value(value))
            cell.border = LINE
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            widths[column - 1] = max(widths[column - 1], len(str(value)))
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = min(max(width + 3, 11), 48)
    sheet.freeze_panes = "A4"
    sheet.print_title_rows = "3:3"
    sheet.page_setup.fitToWidth = 1
    return sheet


def _sheet_name(book: Any, title: str) -> str:
    """Excel allows 31 characters, and none of []:*?/\\ among them."""
    name = re.sub(r"[\[\]:*?/\\]", " ", title)[:31].strip(" '") or "1"
    taken = set(book.sheetnames)
    return name if name not in taken else f"{name[:27]} {len(taken) + 1}"


def _value(value: Any) -> Any:
    """Cells that hold a number hold it as one; a text that begins like a formula stays a text."""
    if not isinstance(value, str):
        return value
    if NUMBER.match(value):
        text = value.replace("−", "-")
        text = text.replace(",", "") if re.search(r",\d{3}(\D|$)", text) else text.replace(",", ".")
        try:
            return Decimal(text)
        except InvalidOperation:
            return value
    return value
