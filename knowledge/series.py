"""Dated series of numbers, as they are pasted from a spreadsheet: a period a row, a line of the drawing a column.

Periods are days, months, quarters or years, written as people of five languages write them. Numbers have a decimal
comma or point and blanks or points between thousands.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache as once

from django.conf import settings
from django.utils import translation
from django.utils.dates import MONTHS, MONTHS_3, MONTHS_ALT, MONTHS_AP
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from knowledge.choices import SeriesPeriod

MOST_POINTS, MOST_LINES, MOST_FAULTS = 500, 6, 8
# Nothing that anybody measures has more digits, and what has cannot be drawn.
LONGEST_NUMBER = 24
YEARS = range(1800, 2301)
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
MINUS = str.maketrans("−–", "--")
BLANKS = re.compile(r"[\s\u00a0\u202f\u2009'’]")
# "1,250" is a thousand and more to some and one and a quarter to others.
TWO_MEANINGS = re.compile(r"^-?[1-9]\d{0,2},\d{3}$")
# With a decimal point and commas between thousands, and the other way round.
WRITTEN = [
    (
        re.compile(rf"^[+-]?(?:[0-9]+|[0-9]{{1,3}}(?:\{between}[0-9]{{3}})+)(?:\{point}[0-9]+)?$"),
        between,
        point,
    )
    for between, point in ((",", "."), (".", ","))
]
_DAY = re.compile(
    r"^(?:(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})|(?P<d2>\d{1,2})\.(?P<m2>\d{1,2})\.(?P<y2>\d{4}))$"
)
_MONTH = re.compile(r"^(?:(?P<y>\d{4})[-/.](?P<m>\d{1,2})|(?P<m2>\d{1,2})[/.-](?P<y2>\d{4}))$")
_QUARTER_WORD = r"(?:q|кв(?:артал[аъ]?)?\.?|тримесечие|רבעון|רבע)"
_QUARTER = re.compile(
    rf"^(?:(?P<y>\d{{4}})[\s/-]*{_QUARTER_WORD}\s*(?P<q>[1-4])"
    rf"|{_QUARTER_WORD}\s*(?P<q2>[1-4])[\s/-]*(?P<y2>\d{{4}})"
    rf"|(?P<q3>[1-4]|i{{1,3}}|iv)(?:-?[а-яіе]{{1,2}})?\s*{_QUARTER_WORD}\s*(?P<y3>\d{{4}}))$"
)
_YEAR = re.compile(r"^\d{4}$")
_NAMED_MONTH = re.compile(r"^(?P<name>\D+?)\s*(?P<y>\d{4})$")
_AFTER_YEAR = re.compile(r"(?<=\d)\s*(?:года|год|г|року|рік|р|година)\.?$")


class Unreadable(ValueError):
    """The text is no series; `faults` say why, row by row."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True, order=True)
class Period:
    first_day: dt.date
    kind: SeriesPeriod

    @property
    def code(self) -> str:
        """As ISO 8601 has it, and quarters in its manner."""
        day = self.first_day
        if self.kind == SeriesPeriod.QUARTER:
            return f"{day:%Y}-Q{(day.month + 2) // 3}"
        return day.strftime({"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}[self.kind])

    def __str__(self) -> str:
        """In the words of the language of the moment."""
        day = self.first_day
        if self.kind == SeriesPeriod.QUARTER:
            names = {"quarter": (day.month + 2) // 3, "year": day.year}
            return pgettext("period", "Q%(quarter)s %(year)s") % names
        if self.kind == SeriesPeriod.YEAR:
            return str(day.year)
        return capfirst(
            date_format(day, "YEAR_MONTH_FORMAT" if self.kind == SeriesPeriod.MONTH else "DATE_FORMAT")
        )


@dataclass(frozen=True)
class Row:
    """A period and a number for each line; None where nothing was measured."""

    period: Period
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class Series:
    """`lines` are the names of the columns; a single one may have none. Rows go from the oldest to the newest."""

    period: SeriesPeriod
    lines: tuple[str, ...]
    rows: tuple[Row, ...]


def read(text: str) -> Series:
    """The series that a pasted text holds; raises Unreadable with every fault, not only the first."""
    numbered = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if not numbered:
        raise Unreadable([_("Paste some rows: a period and a number in each.")])
    separator = next((sign for sign in "\t;" if any(sign in line for _n, line in numbered)), ",")
    cells = [(number, [cell.strip() for cell in line.split(separator)]) for number, line in numbered]
    lines: tuple[str, ...] = ("",)
    if _period(cells[0][1][0]) is None and len(cells) > 1:
        lines = tuple(cells[0][1][1:])
        cells = cells[1:]
    elif len(cells[0][1]) > 2:
        raise Unreadable([_("Give the columns their names in the first row.")])
    if not 1 <= len(lines) <= MOST_LINES:
        raise Unreadable(
            [_("Beside the period there are 1 to %(most)s columns of numbers.") % {"most": MOST_LINES}]
        )
    if len(cells) * len(lines) > MOST_POINTS:
        raise Unreadable([_("A series has at most %(most)s numbers.") % {"most": MOST_POINTS}])
    comma_is_decimal = _comma_is_decimal([cell for _number, row in cells for cell in row[1:]])
    faults: list[str] = []
    rows: list[Row] = []
    for number, row in cells:
        found = list(_faults(row, lines, rows[0].period if rows else None, comma_is_decimal))
        faults += [_("Row %(number)s: %(fault)s") % {"number": number, "fault": fault} for fault in found]
        period = _period(row[0])
        if period is not None and not found:
            rows.append(Row(period, tuple(_number(cell, comma_is_decimal) for cell in row[1:])))
    faults += _repeated(rows)
    if faults:
        left = len(faults) - MOST_FAULTS
        more = [_("… and %(number)s more.") % {"number": left}] if left > 0 else []
        raise Unreadable([*faults[:MOST_FAULTS], *more])
    return Series(rows[0].period.kind, lines, tuple(sorted(rows, key=lambda row: row.period)))


def _faults(
    row: list[str], lines: Sequence[str], first: Period | None, comma_is_decimal: bool | None
) -> Iterator[str]:
    period = _period(row[0])
    if period is None:
        yield _(
            "“%(text)s” is no day, month, quarter or year, such as 2026-03-31, 2026-03, 2026-Q1 or 2026."
        ) % {"text": row[0][:40]}
    elif first is not None and period.kind != first.kind:
        yield _("“%(text)s” is not as long a period as the rows before.") % {"text": row[0][:40]}
    if len(row) != len(lines) + 1:
        yield _("it has %(found)s cells, and %(wanted)s are needed.") % {
            "found": len(row),
            "wanted": len(lines) + 1,
        }
    for cell in row[1:]:
        if comma_is_decimal is None and TWO_MEANINGS.match(_bare(cell)):
            yield _("“%(text)s” can mean two numbers: write it without a sign between thousands.") % {
                "text": cell[:40]
            }
        elif cell and _number(cell, comma_is_decimal) is None:
            yield _("“%(text)s” is no number.") % {"text": cell[:40]}


def _repeated(rows: Sequence[Row]) -> list[str]:
    seen: set[Period] = set()
    repeated = [row.period for row in rows if row.period in seen or seen.add(row.period)]  # type: ignore[func-returns-value]
    return [_("%(period)s comes more than once.") % {"period": period} for period in dict.fromkeys(repeated)]


def _bare(cell: str) -> str:
    return BLANKS.sub("", cell).translate(MINUS).removesuffix("%")


def _comma_is_decimal(cells: Sequence[str]) -> bool | None:
    """What the other numbers say of it; None where nothing does."""
    bare = [_bare(cell) for cell in cells]
    if any("," in cell and "." in cell for cell in bare):
        return any(cell.rfind(",") > cell.rfind(".") >= 0 for cell in bare)
    if any(cell.count(",") > 1 for cell in bare) or any("." in cell for cell in bare):
        return False
    return True if any("," in cell and not TWO_MEANINGS.match(cell) for cell in bare) else None


def _number(cell: str, comma_is_decimal: bool | None) -> Decimal | None:
    bare = _bare(cell)
    if len(bare) > LONGEST_NUMBER:
        return None
    for pattern, between, point in reversed(WRITTEN) if comma_is_decimal else WRITTEN:
        if bare and pattern.match(bare):
            return Decimal(bare.replace(between, "").replace(point, "."))
    return None


def _period(cell: str) -> Period | None:
    text = _AFTER_YEAR.sub("", " ".join(cell.lower().split()))
    year, month, day, kind = 0, 1, 1, SeriesPeriod.YEAR
    if match := _DAY.match(text):
        year, month, day = (int(match[name] or match[f"{name}2"]) for name in "ymd")
        kind = SeriesPeriod.DAY
    elif match := _MONTH.match(text):
        year, month = (int(match[name] or match[f"{name}2"]) for name in "ym")
        kind = SeriesPeriod.MONTH
    elif match := _QUARTER.match(text):
        quarter = match["q"] or match["q2"] or match["q3"]
        year = int(match["y"] or match["y2"] or match["y3"])
        month = (ROMAN[quarter] if quarter in ROMAN else int(quarter)) * 3 - 2
        kind = SeriesPeriod.QUARTER
    elif _YEAR.match(text):
        year = int(text)
    elif match := _NAMED_MONTH.match(text):
        year, month = int(match["y"]), _month_names().get(match["name"].strip(" .,"), 0)
        kind = SeriesPeriod.MONTH
    try:
        return Period(dt.date(year, month, day), kind) if year in YEARS else None
    except ValueError:
        return None


@once
def _month_names() -> dict[str, int]:
    """The months by all their names, long and short and as they stand in dates, in every language of the site."""
    names = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for months in (MONTHS, MONTHS_3, MONTHS_ALT, MONTHS_AP):
                names.update({str(name).lower().strip(" ."): number for number, name in months.items()})
    return names
