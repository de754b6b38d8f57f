"""Forms to fill in by hand: word-processor documents with a checklist, the warnings and room for signatures."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Pt, RGBColor

from cms.demonstration.attachments import archives
from cms.demonstration.attachments.labels import LABELS
from cms.demonstration.attachments.outline import Outline


def form(outline: Outline) -> bytes:
    labels = LABELS[outline.language]
    document = Document()
    document.core_properties.title = outline.title
    document.core_properties.author = outline.enterprise
    document.core_properties.language = outline.language
    document.core_properties.created = dt.datetime(2026, 1, 5, 8, tzinfo=dt.UTC)
    _style(document)
    document.add_heading(outline.title, 1)
    document.add_paragraph(f"{labels.source}: {outline.entry.title}")
    _grid(
        document,
        [(labels.enterprise, outline.enterprise), (labels.date, ""), (labels.responsible, "")],
    )
    checklist = outline.checklist
    document.add_heading(checklist.title, 2)
    items = [(str(number), step, "☐", "") for number, step in enumerate(checklist.items, start=1)]
    _grid(document, [(labels.number, labels.step, labels.done, labels.signature), *items], head=True)
    for table in outline.tables:
        document.add_heading(table.title, 2)
        _grid(document, [table.columns, *table.rows], head=True)
    for callout in outline.callouts:
        paragraph = document.add_paragraph(style="Intense Quote")
        paragraph.add_run(("⚠ " if callout.kind == "warning" else "") + callout.text)
    document.add_paragraph(f"{labels.signature}: ______________________    {labels.date}: ____________")
    if outline.is_right_to_left:
        _turn(document)
    file = BytesIO()
    document.save(file)
    return archives.settled(file.getvalue())


def _style(document: Any) -> None:
    document.styles["Normal"].font.name = "Arial"
    document.styles["Normal"].font.size = Pt(10.5)
    for name in ("Heading 1", "Heading 2"):
        document.styles[name].font.name = "Arial"
        document.styles[name].font.color.rgb = RGBColor(0x0B, 0x6B, 0x6B)


def _grid(document: Any, rows: list[tuple[str, ...]], *, head: bool = False) -> None:
    table = document.add_table(rows=0, cols=max(len(row) for row in rows))
    table.style = "Table Grid"
    for number, row in enumerate(rows):
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=False):
            run = cell.paragraphs[0].add_run(text)
            run.bold = head and number == 0
    document.add_paragraph()


def _turn(document: Any) -> None:
    """Paragraphs, runs and tables each have a switch of their own for right-to-left."""
    paragraphs = list(document.paragraphs)
    for table in document.tables:
        table._tbl.tblPr.append(OxmlElement("w:bidiVisual"))
        paragraphs += [paragraph for row in table.rows for cell in row.cells for paragraph in cell.paragraphs]
    for paragraph in paragraphs:
        properties = paragraph._p.get_or_add_pPr()
        properties.insert_element_before(
            OxmlElement("w:bidi"),
            "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing",
            "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment",
            "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
        )  # fmt: skip
        # With the bidi switch on, "left" means the beginning of the line, which is on the right.
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
        for run in paragraph.runs:
            run.font.rtl = True
