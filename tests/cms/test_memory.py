import sys

import psutil
import pytest

from cms import memory

MEGABYTE = 2**20


@pytest.mark.skipif(sys.platform != "linux", reason="only the allocator of Linux keeps what was freed")
def test_what_was_freed_between_what_is_kept_goes_back_to_the_system() -> None:
    process = psutil.Process()
    taken = [bytes(4000) for _ in range(40_000)]
    kept = taken[::200]
    del taken
    before = process.memory_info().rss
    memory.trim()
    assert before - process.memory_info().rss > 50 * MEGABYTE
    assert len(kept) == 200
