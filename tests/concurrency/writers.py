"""Many processes that write to one SQLite file with the embedded settings; also run whole by the benchmarks.

Each write is a transaction that reads first and writes after, as services do: the kind that a database without
IMMEDIATE transactions refuses with "database is locked" however long it is told to wait.
"""

import json
import multiprocessing
import os
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Outcome:
    """What came of a run; `refused` are the messages of writes that failed."""

    written: int
    refused: list[str]
    seconds: float
    integrity: str


def run(folder: Path, *, writers: int, writes: int) -> Outcome:
    """Let `writers` processes write `writes` times each into a new database below `folder`.

    In a process of its own: the caller's settings and connections stay as they are.
    """
    finished = subprocess.run(
        [sys.executable, "-m", "tests.concurrency.writers", str(writers), str(writes)],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.embedded", "VAR": str(folder)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return Outcome(**json.loads(finished.stdout.splitlines()[-1]))


def _race(writers: int, writes: int) -> Outcome:
    from django.db import connection

    from core.models import Job, OutboxEntry

    with connection.schema_editor() as editor:
        for model in (OutboxEntry, Job):
            editor.create_model(model)
    connection.close()
    began = time.monotonic()
    with multiprocessing.get_context("fork").Pool(writers) as pool:
        answers = pool.starmap(_write, [(number, writes) for number in range(writers)], chunksize=1)
    seconds = time.monotonic() - began
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        integrity: str = cursor.fetchone()[0]
    both = {OutboxEntry.objects.filter(kind="race").count(), Job.objects.filter(task="race").count()}
    written = both.pop() if len(both) == 1 else -1
    return Outcome(written, [message for refused in answers for message in refused], seconds, integrity)


def _write(writer: int, writes: int) -> list[str]:
    from django.db import OperationalError, transaction

    from core import clock, outbox
    from core.fields import uuid7
    from core.models import Job
    from core.outbox import Thing

    refused: list[str] = []
    for number in range(writes):
        try:
            with transaction.atomic():
                outbox.record(Thing("race", f"{writer}-{number % 7}", ["employees"]))
                Job.objects.create(id=uuid7(), task="race", due_at=clock.now())
        except OperationalError as error:
            refused.append(str(error))
    return refused


def main(arguments: list[str]) -> None:
    import django

    django.setup()
    writers, writes = (int(argument) for argument in arguments)
    outcome: dict[str, Any] = asdict(_race(writers, writes))
    sys.stdout.write(json.dumps(outcome) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
