"""Small files that go with messages: a sheet, a leaflet or an archive that says what its message says of it."""

from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from fpdf import FPDF
from openpyxl import Workbook

from cms.demonstration.attachments.archives import settled
from cms.demonstration.attachments.leaflets import MADE_AT, font

WIDTH: Final = 180


def note(name: str, description: str, text: str) -> bytes:
    """The bytes of a file called `name`, by its ending: pdf, xlsx or zip. Raises KeyError for others."""
    makers = {"pdf": _sheet, "xlsx": _workbook, "zip": _archive}
    return makers[name.rpartition(".")[2]](name, description, text)


def _sheet(name: str, description: str, text: str) -> bytes:
    sheet = FPDF()
    sheet.set_creation_date(MADE_AT)
    sheet.add_font("letters", "", font())
    sheet.add_page()
    sheet.set_font("letters", size=16)
    sheet.multi_cell(WIDTH, 9, description or name, new_x="LMARGIN", new_y="NEXT")
    sheet.set_font("letters", size=10)
    sheet.multi_cell(WIDTH, 6, text, new_x="LMARGIN", new_y="NEXT")
    return bytes(sheet.output())


def _workbook(name: str, description: str, text: str) -> bytes:
    book = Workbook()
    page = book.active
    page.append([description or name])
    for line in text.splitlines():
        page.append([line])
    stream = BytesIO()
    book.save(stream)
    return settled(stream.getvalue())


def _archive(name: str, description: str, text: str) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr(ZipInfo("README.txt", (2026, 1, 5, 8, 0, 0)), f"{description}\n\n{text}\n".encode())
    return stream.getvalue()
