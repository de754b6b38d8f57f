"""Printable leaflets: the steps with boxes to tick, the tables, the warnings in frames."""

from __future__ import annotations

import atexit
import datetime as dt
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, Final

import ziafont
from fontTools import subset
from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.enums import TextMode
from fpdf.fonts import FontFace

from cms.demonstration.attachments.labels import LABELS
from cms.demonstration.attachments.outline import Callout, Outline, Steps, Table

# The standard fonts of PDF know no Cyrillic and no Hebrew, so the letters come with a package.
FONT: Final = Path(ziafont.__file__).parent / "fonts" / "DejaVuSans.ttf"
LETTERS: Final = [
    *range(0x20, 0x17F), *range(0x2B0, 0x370), *range(0x370, 0x530), *range(0x590, 0x700), *range(0x2000, 0x2300),
]  # fmt: skip
MADE_AT: Final = dt.datetime(2026, 1, 5, 8, tzinfo=dt.UTC)
TEAL: Final = (11, 107, 107)
INK: Final = (31, 42, 46)
SLATE: Final = (85, 99, 106)
TINTS: Final = {"warning": (253, 240, 223), "tip": (227, 243, 232), "note": (229, 238, 251)}
EDGES: Final = {"warning": (180, 83, 9), "tip": (23, 101, 58), "note": (31, 79, 153)}


def leaflet(outline: Outline) -> bytes:
    sheet = _Leaflet(outline)
    sheet.add_page()
    sheet.write_title()
    for steps in outline.steps or (outline.checklist,):
        sheet.write_steps(steps)
    for table in outline.tables:
        sheet.write_table(table)
    for callout in outline.callouts:
        sheet.write_callout(callout)
    return bytes(sheet.output())


@cache
def font() -> Path:
    """The font without the letters that nobody here writes: cutting it down once makes each leaflet quick."""
    folder = Path(tempfile.mkdtemp(prefix="leaflet-font-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    font = TTFont(FONT)
    cutter = subset.Subsetter(
        subset.Options(layout_features=["*"], hinting=False, notdef_outline=True, drop_tables=["FFTM"])
    )
    cutter.populate(unicodes=LETTERS)
    cutter.subset(font)
    path = folder / FONT.name
    font.save(path)
    return path


class _Leaflet(FPDF):
    def __init__(self, outline: Outline) -> None:
        is_card = "A6" in outline.name
        super().__init__(format=(105, 148) if is_card else "A4")
        self.outline = outline
        self.side: Any = "R" if outline.is_right_to_left else "L"
        self.set_creation_date(MADE_AT)
        self.set_title(outline.title)
        self.set_author(outline.enterprise)
        self.set_lang(outline.language)
        self.set_auto_page_break(auto=True, margin=20)
        self.set_margins(*((8, 8) if is_card else (18, 18)))
        self.add_font("leaflet", fname=font())
        self.set_font("leaflet", size=10)
        if outline.is_right_to_left:
            # Only then: shaping asks the engine for every letter, and takes four times as long.
            self.set_text_shaping(use_shaping_engine=True, direction="rtl")

    def footer(self) -> None:
        self.set_y(-14)
        self.set_font_size(8)
        self.set_text_color(*SLATE)
        self.cell(0, 5, f"{self.outline.enterprise} · {self.page_no()}", align="C")

    def _write(
        self, text: str, *, size: float, colour: tuple[int, int, int] = INK, bold: bool = False
    ) -> None:
        self.set_font_size(size)
        self.set_text_color(*colour)
        self.set_draw_color(*colour)
        if bold:
            # One weight of the font is enough: bold is the same letters with an edge.
            self.text_mode = TextMode.FILL_STROKE
            self.set_line_width(size * 0.008)
        self.multi_cell(0, size * 0.52, text, align=self.side, new_x="LMARGIN", new_y="NEXT")
        self.text_mode = TextMode.FILL

    def write_title(self) -> None:
        labels = LABELS[self.outline.language]
        self._write(self.outline.title, size=18, colour=TEAL, bold=True)
        self.ln(1)
        self._write(self.outline.entry.title, size=11)
        self._write(f"{labels.enterprise}: {self.outline.enterprise}", size=9, colour=SLATE)
        self.ln(2)
        self.set_draw_color(*TEAL)
        self.set_line_width(0.6)
        self.line(self.l_margin, self.get_y(), self.w - self.r_margin, self.get_y())
        self.ln(3)

    def write_steps(self, steps: Steps) -> None:
        self._write(steps.title, size=13, colour=TEAL, bold=True)
        self.ln(1)
        indent = 9
        for number, step in enumerate(steps.items, start=1):
            if self.will_page_break(12):
                self.add_page()
            top = self.get_y()
            self.set_draw_color(*SLATE)
            self.set_line_width(0.35)
            box = self.w - self.r_margin - 5 if self.side == "R" else self.l_margin
            self.rect(box, top + 0.6, 4.2, 4.2)
            self.set_font_size(10)
            self.set_text_color(*INK)
            self.set_x(self.l_margin if self.side == "R" else self.l_margin + indent)
            self.multi_cell(
                self.epw - indent, 5.4, f"{number}. {step}", align=self.side, new_x="LMARGIN", new_y="NEXT"
            )
            self.ln(1)
        self.ln(3)

    def write_table(self, table: Table) -> None:
        self._write(table.title, size=13, colour=TEAL, bold=True)
        self.ln(1)
        self.set_font_size(8.5)
        self.set_text_color(*INK)
        self.set_draw_color(217, 214, 206)
        self.set_line_width(0.2)
        rows = [table.columns, *table.rows]
        order = -1 if self.side == "R" else 1
        with self.table(
            headings_style=FontFace(color=(255, 255, 255), fill_color=TEAL),
            text_align="RIGHT" if self.side == "R" else "LEFT",
            line_height=5,
            padding=1.2,
            col_widths=_widths(rows)[::order],
        ) as grid:
            for row in rows:
                line = grid.row()
                for cell in row[::order]:
                    line.cell(cell)
        self.ln(4)

    def write_callout(self, callout: Callout) -> None:
        self.set_font_size(10)
        self.set_text_color(*INK)
        self.set_fill_color(*TINTS[callout.kind])
        self.set_draw_color(*EDGES[callout.kind])
        self.set_line_width(0.5)
        self.multi_cell(
            0,
            5.4,
            callout.text,
            align=self.side,
            border=self.side,
            fill=True,
            padding=3,
            new_x="LMARGIN",
            new_y="NEXT",
        )
        self.ln(3)


def _widths(rows: list[tuple[str, ...]]) -> tuple[int, ...]:
    """Columns as wide as what they hold asks for, within reason."""
    longest = (max(len(cell) for cell in column) for column in zip(*rows, strict=True))
    return tuple(min(max(length, 8), 40) for length in longest)
