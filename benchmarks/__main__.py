"""Starts PostgreSQL for the run, and measures there in a process of its own; see `benchmarks.run`."""

import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack

from tools.services.postgresql import PostgreSQL
from tools.services.service import Unavailable

SETTINGS = "benchmarks.settings"


def main(arguments: list[str]) -> int:
    """The measuring process finds an empty database and a folder of its own, so that nobody's data is touched."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="guildhall-bench-"))
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": SETTINGS, "VAR": folder}
        environment.pop("DATABASE_URL", None)
        server = PostgreSQL()
        try:
            server.install()
            environment |= stack.enter_context(server.started())
        except Unavailable as reason:
            print(f"Measuring on SQLite: {server.name}: {reason}", flush=True)
        command = [sys.executable, "-m", "benchmarks", *arguments]
        return subprocess.run(command, env=environment, check=False).returncode


def measure(arguments: list[str]) -> None:
    import django

    django.setup()
    from benchmarks import run

    run.main(arguments)


if __name__ == "__main__":
    if os.environ.get("DJANGO_SETTINGS_MODULE") == SETTINGS:
        measure(sys.argv[1:])
    else:
        sys.exit(main(sys.argv[1:]))
