"""R5: many processes that write to one SQLite file, by the code that the tests run in small."""

import tempfile
from pathlib import Path

from benchmarks.report import Row
from tests.concurrency import writers

WRITERS = 8
WRITES = 1000


def measure() -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="guildhall-writers-") as folder:
        outcome = writers.run(Path(folder), writers=WRITERS, writes=WRITES)
    wanted = WRITERS * WRITES
    return [
        Row(
            "R5",
            f"SQLite with {WRITERS} writers × {WRITES} ({outcome.seconds:.0f} s, integrity {outcome.integrity})",
            "0 refused",
            f"{len(outcome.refused)} refused, {outcome.written} written",
            "",
            not outcome.refused and outcome.written == wanted and outcome.integrity == "ok",
        )
    ]
