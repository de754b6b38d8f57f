"""Real files, as the programs of an office write them."""

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import odfdo
import openpyxl
import pptx
import ziafont
from fpdf import FPDF
from pptx.util import Inches

FONT = Path(ziafont.__file__).parent / "fonts" / "DejaVuSans.ttf"


def pdf(*pages: Iterable[str], is_right_to_left: bool = False, **settings: Any) -> bytes:
    """Each page of lines; from right to left laid out by the shaping engine, as browsers and Word do."""
    sheet = FPDF(**settings)
    sheet.add_font("sans", fname=FONT)
    sheet.set_font("sans", size=12)
    if is_right_to_left:
        sheet.set_text_shaping(use_shaping_engine=True, direction="rtl")
    for lines in pages:
        sheet.add_page()
        for line in lines:
            sheet.multi_cell(
                0, 8, line, align="R" if is_right_to_left else "L", new_x="LMARGIN", new_y="NEXT"
            )
    return bytes(sheet.output())


def locked_pdf(*lines: str, owner: str, reader: str = "") -> bytes:
    sheet = FPDF()
    sheet.set_encryption(owner_password=owner, user_password=reader)
    sheet.add_page()
    sheet.set_font("helvetica")
    for line in lines:
        sheet.cell(text=line)
    return bytes(sheet.output())


def scan() -> bytes:
    """A page that is a picture."""
    sheet = FPDF()
    sheet.add_page()
    sheet.rect(10, 10, 50, 50)
    return bytes(sheet.output())


def document(*paragraphs: str) -> bytes:
    """A text with a table, a header and a footer."""
    text = docx.Document()
    text.sections[0].header.paragraphs[0].text = "heading line"
    text.sections[0].footer.paragraphs[0].text = "footing line"
    for paragraph in paragraphs:
        text.add_paragraph(paragraph)
    table = text.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "left cell"
    table.cell(0, 1).text = "right cell"
    text.add_paragraph("after the table")
    return _saved(text)


def presentation(*titles: str) -> bytes:
    """A slide for each title, with a table on it and notes of the speaker."""
    slides = pptx.Presentation()
    for title in titles:
        slide = slides.slides.add_slide(slides.slide_layouts[5])
        slide.shapes.title.text = title
        table = slide.shapes.add_table(1, 1, Inches(1), Inches(2), Inches(3), Inches(1)).table
        table.cell(0, 0).text = f"cell of {title}"
        slide.notes_slide.notes_text_frame.text = f"notes of {title}"
    return _saved(slides)


def workbook(name: str, rows: Iterable[Iterable[Any]]) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(name)
    for row in rows:
        sheet.append(list(row))
    return _saved(book)


def open_text(*paragraphs: str) -> bytes:
    text = odfdo.Document("text")
    text.body.clear()
    for paragraph in paragraphs:
        text.body.append(odfdo.Paragraph(paragraph))
    return _saved(text)


def open_table(name: str, rows: list[list[Any]]) -> bytes:
    book = odfdo.Document("spreadsheet")
    book.body.clear()
    table = odfdo.Table(name)
    table.set_values(rows)
    book.body.append(table)
    return _saved(book)


def package(**parts: str | bytes) -> bytes:
    """Zipped parts by their names."""
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)
    return stream.getvalue()


def office(body: str | bytes, *, role: str = "wordprocessingml.document.main+xml") -> bytes:
    """A file of Office that has one part alone."""
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/part.xml" ContentType="application/vnd.openxmlformats-officedocument.{role}"/>'
        "</Types>"
    )
    return package(**{"[Content_Types].xml": types, "part.xml": body})


def word(body: str) -> str:
    """The XML of a text of Word."""
    return (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<w:body>{body}</w:body></w:document>"
    )


def _saved(made: Any) -> bytes:
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()
