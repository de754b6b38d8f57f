"""Dated series as a page shows them: their numbers and periods written in the language of the text."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from knowledge import series


@dataclass(frozen=True)
class Cell:
    """`value` is for the drawing, `written` for the reader; both empty where nothing was measured."""

    value: str
    written: str


@dataclass(frozen=True)
class Row:
    period: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Table:
    """The variables of templates/components/series_chart.html. `heading` is that of the periods."""

    caption: str
    unit: str
    heading: str
    lines: Sequence[str]
    rows: Sequence[Row]
    target: Cell | None


def of(value: Any) -> Table | None:
    """A series block as a table; None where its text cannot be read, as that of a draft."""
    try:
        read = series.read(value.get("points") or "")
    except series.Unreadable:
        return None
    caption = value.get("caption") or ""
    target = value.get("target")
    return Table(
        caption=caption,
        unit=value.get("unit") or "",
        heading=str(read.period.label),
        lines=[
            line or (caption if len(read.lines) == 1 else _("Line %(number)s") % {"number": number})
            for number, line in enumerate(read.lines, start=1)
        ],
        rows=[Row(str(row.period), [_cell(number) for number in row.values]) for row in read.rows],
        target=None if target in (None, "") else _cell(Decimal(str(target))),
    )


def _cell(number: Decimal | None) -> Cell:
    if number is None:
        return Cell("", "")
    written = number_format(number, use_l10n=True, force_grouping=abs(number) >= 10_000)
    return Cell(f"{number:f}", written)
