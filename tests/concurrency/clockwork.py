"""The embedded server's own worker and clock, in a process of their own: what is planned happens by itself.

As `manage.py demo` runs it: Celery's worker and beat as threads, the filesystem broker, SQLite; only the clock looks
every second instead of four times a minute.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 90
SERVERS = {"DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL"}


def run(folder: Path, migrated: Path | None = None) -> dict[str, list[bool]]:
    """What readers find of two pages: before their time, after one has gone live, after the other has ended.

    The first is planned some seconds ahead. The second ended while the server was off. A copy of the database that is
    `migrated` already, if there is one, spares most of the time that it takes.
    """
    if migrated is not None:
        shutil.copy(migrated, folder / "guildhall.sqlite3")
    # The servers that the other tests work with are none of its own.
    environment = {name: value for name, value in os.environ.items() if name not in SERVERS}
    finished = subprocess.run(
        [sys.executable, "-m", "tests.concurrency.clockwork"],
        cwd=ROOT,
        env={**environment, "DJANGO_SETTINGS_MODULE": "cms.settings.embedded", "VAR": str(folder)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    answer: dict[str, list[bool]] = json.loads(finished.stdout.splitlines()[-1])
    return answer


def _run() -> dict[str, list[bool]]:
    from django.core.management import call_command

    from cms.celery import app
    from cms.embedded_worker import EmbeddedWorker
    from core import clock
    from knowledge.models import EntryPage
    from tests import world as worlds

    call_command("migrate", verbosity=0)
    world = worlds._build()
    coming = world.entries["draft"].pages.get().specific
    ending = world.entries["workshop-open"].pages.get().specific
    found = {"before": [_found(world, coming), _found(world, ending)]}
    # Away for a while: what ended meanwhile is still there when the server starts.
    EntryPage.objects.filter(pk=ending.pk).update(expire_at=clock.now() - timedelta(hours=1))
    coming.go_live_at = clock.now() + timedelta(seconds=4)
    coming.save_revision().publish()
    found["planned"] = [_found(world, coming), _found(world, ending)]
    app.conf.beat_schedule["publish-scheduled"]["schedule"] = 1.0
    worker = EmbeddedWorker()
    worker.start()
    try:
        _wait(lambda: _found(world, coming) and not _found(world, ending))
        found["after"] = [_found(world, coming), _found(world, ending)]
    finally:
        worker.stop()
    return found


def _found(world: object, page: object) -> bool:
    """Whether a reader finds it everywhere: by search, in the catalogue and under its address; False if nowhere."""
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(world.employee, backend="django.contrib.auth.backends.ModelBackend")  # type: ignore[attr-defined]
    title = page.title  # type: ignore[attr-defined]
    answers = {
        title in client.get("/search/", {"q": title}).content.decode(),
        title in client.get("/catalogue/").content.decode(),
        client.get(f"/entries/{page.entry.key}/").status_code == 302,  # type: ignore[attr-defined]
    }
    return answers == {True} if len(answers) == 1 else False


def _wait(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < end:
        time.sleep(0.5)


if __name__ == "__main__":
    import django

    django.setup()
    sys.stdout.write(json.dumps(_run()) + "\n")
