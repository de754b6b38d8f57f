from datetime import UTC, datetime

import pytest
from django.utils import timezone, translation

from people import time_zones


@pytest.fixture(autouse=True)
def winter_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2027, 1, 15, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    ("zone", "says"),
    [
        ("Asia/Yekaterinburg", "17:00, Yekaterinburg (UTC+5)"),
        ("Asia/Kolkata", "17:30, Kolkata (UTC+5:30)"),
        ("America/St_Johns", "08:30, St. John’s (UTC−3:30)"),
        ("Europe/London", "12:00, London (UTC)"),
        ("America/Argentina/Buenos_Aires", "09:00, Buenos Aires (UTC−3)"),
        ("UTC", "12:00, UTC"),
    ],
)
def test_the_time_there_is_said_with_its_zone(zone: str, says: str) -> None:
    assert time_zones.time_there(zone) == says


@pytest.mark.parametrize(
    ("language", "kyiv", "buenos_aires"),
    [
        ("ru", "Киев", "Буэнос-Айрес"),
        ("uk", "Київ", "Буенос-Айрес"),
        ("bg", "Киев", "Буенос Айрес"),
        ("he", "קייב", "בואנוס איירס"),
    ],
)
def test_places_are_said_in_the_readers_language(language: str, kyiv: str, buenos_aires: str) -> None:
    with translation.override(language):
        assert time_zones.place("Europe/Kyiv") == kyiv
        assert time_zones.place("America/Argentina/Buenos_Aires") == buenos_aires


def test_a_place_is_offered_once() -> None:
    names = time_zones.names()
    assert {"Asia/Kolkata", "Europe/Kyiv"} <= set(names)
    assert not {"Asia/Calcutta", "Europe/Kiev", "Europe/Belfast"} & set(names)


def test_choices_are_places_by_area() -> None:
    groups = dict(time_zones.choices())
    assert ("Europe/Kyiv", "Kyiv (UTC+2)") in groups["Europe"]
    assert groups["UTC"] == [("UTC", "UTC")]
    assert "Etc" not in groups
