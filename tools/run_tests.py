"""Runs every test once on the database of the environment, and those marked `sqlite` on SQLite as well.

Called by `make test` inside `python -m tools.services run`. Ends with one line that adds both runs up.
"""

import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

WORKERS = "2"
NOTHING_COLLECTED = 5
COUNTED = ("tests", "failures", "errors", "skipped")


@dataclass(frozen=True)
class Outcome:
    """One run of pytest, counted from its own report."""

    title: str
    status: int
    seconds: float
    passed: int
    failed: int
    skipped: int


def pytest(title: str, chosen: list[str], *, environment: dict[str, str], marker: str = "") -> Outcome:
    """Runs the chosen tests, or all; of these only the ones with the marker, if one is named."""
    print(f"\n{title}", flush=True)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="guildhall-tests-") as folder:
        report = Path(folder) / "report.xml"
        # Who has nothing left to do takes over what others have: tests with a browser are long and come last.
        command = [sys.executable, "-m", "pytest", "-n", WORKERS, "--dist", "worksteal"]
        command += [f"--junit-xml={report}", *chosen, *(["-m", marker] if marker else [])]
        status = subprocess.run(command, env=environment, check=False).returncode
        if status == NOTHING_COLLECTED and chosen:
            status = 0  # none of the chosen is marked for this run
        seconds = time.monotonic() - begun
        if not report.exists():
            return Outcome(title, status or 1, seconds, passed=0, failed=0, skipped=0)
        suites = list(ElementTree.parse(report).getroot().iter("testsuite"))  # noqa: S314 - pytest wrote it
    count = {name: sum(int(suite.get(name, 0)) for suite in suites) for name in COUNTED}
    failed = count["failures"] + count["errors"]
    passed = max(0, count["tests"] - failed - count["skipped"])
    return Outcome(title, status, seconds, passed=passed, failed=failed, skipped=count["skipped"])


def keep_databases(*environments: dict[str, str]) -> None:
    """Migrate a database for each of these at the same time, before two workers need the same one.

    Raises SystemExit where that fails: each suite would do it again, unnoticed, and last a minute longer.
    """
    command = [sys.executable, "-m", "tests.keep_database"]
    running = [subprocess.Popen(command, env=environment) for environment in environments]
    statuses = [each.wait() for each in running]
    if any(statuses):
        sys.exit("The tests' databases could not be migrated.")


def main(arguments: list[str]) -> int:
    environment = dict(os.environ)
    if "DATABASE_URL" in environment:
        keep_databases(
            environment, {name: value for name, value in environment.items() if name != "DATABASE_URL"}
        )
        outcomes = [pytest("Everything on PostgreSQL", arguments, environment=environment)]
        del environment["DATABASE_URL"]
        title = "The suites marked for it on SQLite"
        outcomes.append(pytest(title, arguments, environment=environment, marker="sqlite"))
    else:
        outcomes = [pytest("Everything on SQLite", arguments, environment=environment)]

    print()
    for outcome in outcomes:
        verdict = "ok" if outcome.status == 0 else f"pytest ended with {outcome.status}"
        print(
            f"{outcome.title}: {outcome.passed} passed, {outcome.failed} failed, {outcome.skipped} skipped",
            end="",
        )
        print(f" in {outcome.seconds:.0f} s ({verdict})")
    passed, failed, skipped = (
        sum(getattr(o, key) for o in outcomes) for key in ("passed", "failed", "skipped")
    )
    print(f"{passed} passed, {failed} failed, {skipped} skipped", flush=True)
    return next((outcome.status for outcome in outcomes if outcome.status), 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
