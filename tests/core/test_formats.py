"""Dates read as a native would write them."""

import datetime as dt

import pytest
from django.utils import formats, translation
from django.utils.dateformat import format as dated

MOMENT = dt.datetime(2026, 10, 5, 14, 7, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [
        ("ru", "5 октября 2026 г.", "5 октября 2026 г. 14:07"),
        ("uk", "5 жовтня 2026 р.", "5 жовтня 2026 р. 14:07"),
        ("bg", "5 октомври 2026 г.", "5 октомври 2026 г., 14:07"),
        ("he", "5 באוקטובר 2026", "5 באוקטובר 2026 14:07"),
    ],
)
def test_a_day_and_a_moment(language: str, day: str, moment: str) -> None:
    with translation.override(language):
        assert formats.date_format(MOMENT, "DATE_FORMAT") == day
        assert formats.date_format(MOMENT, "DATETIME_FORMAT") == moment


@pytest.mark.parametrize(
    ("language", "month"),
    [("en", "October"), ("ru", "октябрь"), ("uk", "жовтень"), ("bg", "октомври"), ("he", "אוקטובר")],
)
def test_only_english_gives_a_month_a_capital_letter(language: str, month: str) -> None:
    with translation.override(language):
        assert dated(MOMENT, "F") == month
