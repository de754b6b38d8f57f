from pathlib import Path

import pytest

from benchmarks import report
from benchmarks.report import Row


@pytest.fixture(autouse=True)
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    page = tmp_path / "benchmarks.md"
    page.write_text(
        "# Benchmarks\n\n| Bar | What | Asked | Measured | Spread | |\n|---|---|---|---|---|---|\n"
        "| P1 | a page (2 ms : 1 ms) | ≤ 1 × | 2 × | 2–3 | **missed** |\n"
        "| PDF | slides | ≤ 3 s | 2 s | 1–3 | met |\n\n- A note.\n"
    )
    monkeypatch.setattr(report, "PAGE", page)
    return page


def test_a_part_is_renewed_in_its_place(written: Path) -> None:
    report.renew([Row("P1", "a page (1 ms : 1 ms)", "≤ 1 ×", "1 ×", "1–1", is_met=True)])
    lines = written.read_text().splitlines()
    assert lines[4] == "| P1 | a page (1 ms : 1 ms) | ≤ 1 × | 1 × | 1–1 | met |"
    assert lines[5:] == ["| PDF | slides | ≤ 3 s | 2 s | 1–3 | met |", "", "- A note."]


def test_what_the_page_does_not_have_is_refused(written: Path) -> None:
    before = written.read_text()
    with pytest.raises(KeyError):
        report.renew([Row("P2", "another", "", "1 ×", "", is_met=None)])
    assert written.read_text() == before
