"""What is planned happens by itself while the embedded server runs."""

from pathlib import Path

import pytest

from tests.concurrency import clockwork


@pytest.mark.slow
@pytest.mark.sqlite
def test_a_planned_page_goes_live_and_one_that_ended_is_gone_everywhere(tmp_path: Path) -> None:
    found = clockwork.run(tmp_path)
    assert found == {"before": [False, True], "planned": [False, True], "after": [True, False]}
