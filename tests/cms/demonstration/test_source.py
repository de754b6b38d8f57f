import datetime as dt
import shutil
from pathlib import Path

import pytest

from cms.demonstration import source
from cms.demonstration.source import ContentError


@pytest.fixture(scope="module")
def demonstration() -> source.Demonstration:
    return source.read()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the content that a test may spoil."""
    copy = tmp_path / "content"
    shutil.copytree(source.CONTENT, copy)
    return copy


def spoil(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_everything_is_read(demonstration: source.Demonstration) -> None:
    assert len(demonstration.enterprises) == 43
    assert len(demonstration.people) == 124
    assert len(demonstration.communities) == 19
    assert sum(1 for top in demonstration.competences for _ in top.walk()) == 72
    assert len(demonstration.entries) == 93
    assert len(demonstration.translations) == 74


def test_an_entry_keeps_its_types(demonstration: source.Demonstration) -> None:
    entry = demonstration.translations["laser-alignment-of-pump-sets"][0]
    assert entry.published_date == dt.date(2026, 4, 12)
    assert [str(effect.before) for effect in entry.effects] == ["14", "4.1"]
    assert entry.economic_effect is not None
    assert entry.economic_effect.currency == "EUR"
    assert entry.attachments[0].name == "alignment-tolerances.xlsx"
    assert entry.body.startswith("We bought our first laser")


def test_the_original_stands_before_its_translations(
    demonstration: source.Demonstration,
) -> None:
    group = demonstration.translations["smed-tube-mill-changeover"]
    assert [(entry.language, entry.is_original) for entry in group] == [
        ("ru", True),
        ("en", False),
    ]


def test_content_moves_by_whole_weeks_into_the_week_before(
    demonstration: source.Demonstration,
) -> None:
    newest = demonstration.newest_date
    for days in range(30):
        today = newest + dt.timedelta(days=days)
        moved = newest + dt.timedelta(weeks=demonstration.weeks_until(today))
        assert moved.weekday() == newest.weekday()
        assert today - dt.timedelta(days=7) < moved <= today


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "before", "after", "message"),
    [
        (
            "organisation.yaml",
            "role: moderator",
            "role: king",
            r"organisation.yaml: people\[p001\].role: 'king'",
        ),
        (
            "organisation.yaml",
            "employee: p107",
            "employee: p999",
            r"demo_accounts.employee: 'p999' is not known",
        ),
        (
            "taxonomy.yaml",
            "cover: bars",
            "cover: stars",
            r"taxonomy.yaml: communities\[strategy\].cover: 'stars'",
        ),
        (
            "taxonomy.yaml",
            "leads: [p097, p005]",
            "leads: [p002]",
            r"communities\[strategy\].leads: 'p002'",
        ),
        (
            "organisation.yaml",
            "enterprises:",
            "enterprises: [",
            r"organisation.yaml: line \d+",
        ),
        (
            "entries/compressed-air-leak-patrol.en.md",
            "published: 2026-05-12",
            "published: in May",
            r"entries/compressed-air-leak-patrol.en.md: published: expected a day",
        ),
        (
            "entries/compressed-air-leak-patrol.en.md",
            "community: energy",
            "community: steam",
            r"compressed-air-leak-patrol.en.md: community: 'steam' is not known",
        ),
        (
            "entries/compressed-air-leak-patrol.en.md",
            "translation_of: compressed-air-leak-patrol",
            "translation_of: null",
            "exactly one original",
        ),
    ],
)
def test_a_mistake_is_told_with_its_file_and_key(
    folder: Path, file: str, before: str, after: str, message: str
) -> None:
    spoil(folder / file, before, after)
    with pytest.raises(ContentError, match=message):
        source.read(folder)


def test_a_missing_front_matter_is_told(folder: Path) -> None:
    (folder / "entries" / "compressed-air-leak-patrol.en.md").write_text("Only text.", encoding="utf-8")
    with pytest.raises(ContentError, match="front matter"):
        source.read(folder)
