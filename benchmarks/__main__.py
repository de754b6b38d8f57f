"""Starts PostgreSQL for the run, and measures in a process of its own; see `benchmarks.run`."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from benchmarks import options
from tools.services.postgresql import PostgreSQL
from tools.services.service import Unavailable

SETTINGS = "benchmarks.settings"


def main(arguments: list[str]) -> int:
    """The measuring process finds an empty database and a folder of its own, so that nobody's data is touched.

    With a database that is kept, one process counts in the empty one and another measures in the kept one.
    """
    wanted = options.read(arguments)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="guildhall-bench-")))
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": SETTINGS, "VAR": str(folder)}
        environment.pop("DATABASE_URL", None)
        server = PostgreSQL()
        try:
            server.install()
            environment |= stack.enter_context(server.started())
        except Unavailable as reason:
            print(f"Measuring on SQLite: {server.name}: {reason}", flush=True)
        if not wanted.database:
            return _process(environment, arguments)
        kept = environment | {"DATABASE_URL": wanted.database, "VAR": str(Path(wanted.folder).resolve())}
        if not wanted.wants("lists"):
            return _process(kept, arguments)
        small = str(folder / "small.json")
        return _process(environment, ["--count-small", small]) or _process(
            kept, [*arguments, "--small", small]
        )


def _process(environment: Mapping[str, str], arguments: list[str]) -> int:
    command = [sys.executable, "-m", "benchmarks", *arguments]
    return subprocess.run(command, env=environment, check=False).returncode


def measure(arguments: list[str]) -> None:
    import django

    django.setup()
    from benchmarks import run

    run.main(options.read(arguments))


if __name__ == "__main__":
    if os.environ.get("DJANGO_SETTINGS_MODULE") == SETTINGS:
        measure(sys.argv[1:])
    else:
        sys.exit(main(sys.argv[1:]))
