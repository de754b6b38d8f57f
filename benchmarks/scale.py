"""The demonstration with a holding's volume, loaded by its command into a PostgreSQL of its own."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import psycopg

from benchmarks.report import Row
from tools.services.postgresql import PostgreSQL
from tools.services.service import Unavailable

ROOT = Path(__file__).resolve().parent.parent
ENTRIES = 50_000
SECONDS = 600


def measure() -> list[Row]:
    """Seconds of the clock that `load_demo --scale 50000` takes, everything included; no row without a server."""
    server = PostgreSQL()
    try:
        server.install()
    except Unavailable as reason:
        print(f"Not measured: {server.name}: {reason}", flush=True)
        return []
    with server.started() as variables, tempfile.TemporaryDirectory(prefix="guildhall-scale-") as folder:
        environment = {**os.environ, **variables, "VAR": folder}
        _manage(environment, "migrate", "--verbosity", "0")
        database = _postmaster(variables["DATABASE_URL"])
        begun, ours, theirs = time.monotonic(), _cpu_of_children(), _cpu_of(database)
        _manage(environment, "load_demo", "--scale", str(ENTRIES))
        seconds = time.monotonic() - begun
        ours, theirs = _cpu_of_children() - ours, _cpu_of(database) - theirs
    return [
        Row(
            "load",
            f"`load_demo --scale {ENTRIES}` ({ours:.0f} s of CPU and {theirs:.0f} s of PostgreSQL's)",
            f"≤ {SECONDS} s",
            f"{seconds:.0f} s",
            "",
            seconds <= SECONDS,
        )
    ]


def _manage(environment: dict[str, str], *arguments: str) -> None:
    # The stock page, which is measured elsewhere, would not pass the checks.
    command = [sys.executable, "manage.py", *arguments, "--skip-checks"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def _postmaster(url: str) -> psutil.Process:
    """The process from which all of the server's others come."""
    with psycopg.connect(url) as connection:
        parent = psutil.Process(connection.info.backend_pid).parent()
    if parent is None:
        raise RuntimeError("the server is gone")
    return parent


def _cpu_of(process: psutil.Process) -> float:
    """Seconds of a processor that a process and all that came from it have used, those that have ended too."""
    return sum(sum(each.cpu_times()[:4]) for each in (process, *process.children(recursive=True)))


def _cpu_of_children() -> float:
    """The same of what this process has started and seen to its end."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
