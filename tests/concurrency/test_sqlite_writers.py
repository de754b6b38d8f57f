"""The embedded database takes many writers at once."""

from pathlib import Path

import pytest

from tests.concurrency import writers


# On a SQLite of its own, whatever the other tests run on: once is enough.
@pytest.mark.slow
def test_eight_writers_are_never_refused(tmp_path: Path) -> None:
    outcome = writers.run(tmp_path, writers=8, writes=50)
    assert outcome.refused == []
    assert outcome.written == 8 * 50
    assert outcome.integrity == "ok"
