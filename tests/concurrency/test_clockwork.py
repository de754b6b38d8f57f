"""What is planned happens by itself while the embedded server runs."""

from pathlib import Path

import pytest

from tests import kept_database
from tests.concurrency import clockwork


# On a SQLite of its own, whatever the other tests run on: once is enough.
@pytest.mark.slow
def test_a_planned_page_goes_live_and_one_that_ended_is_gone_everywhere(
    tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    kept = kept_database.file_in(Path(pytestconfig.cache.mkdir("databases")))
    found = clockwork.run(tmp_path, kept if kept.exists() else None)
    assert found == {"before": [False, True], "planned": [False, True], "after": [True, False]}
