"""The embedded server in a process of its own, with a small organisation and a topic: to be killed and started again.

`prepare(folder)` fills its database and says where things are; `run(folder, port)` serves it.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent.parent
SERVERS = {"DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL"}
PATIENCE = 60


def prepare(folder: Path, migrated: Path | None = None) -> dict[str, Any]:
    """The topic's address and the sessions of two people, from a database of its own."""
    if migrated is not None:
        shutil.copy(migrated, folder / "guildhall.sqlite3")
    finished = subprocess.run(
        [sys.executable, "-m", "tests.social.server"],
        cwd=ROOT,
        env=_environment(folder),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    prepared: dict[str, Any] = json.loads(finished.stdout.splitlines()[-1])
    return prepared


def start(folder: Path, port: int) -> "subprocess.Popen[bytes]":
    """The server, once it answers."""
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "cms.asgi:application",
        "--port",
        str(port),
        "--log-level",
        "error",
    ]
    server = subprocess.Popen(command, cwd=ROOT, env=_environment(folder))
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                return server
        except (URLError, OSError):
            time.sleep(0.2)
    server.kill()
    raise TimeoutError("the server does not answer")


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in SERVERS}
    return {**kept, "DJANGO_SETTINGS_MODULE": "cms.settings.embedded", "VAR": str(folder)}


def _prepare() -> dict[str, Any]:
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from tests import world as worlds
    from tests.social.talk import topic

    call_command("migrate", verbosity=0)
    world = worlds._build()
    made = topic(world.open, world.lead)
    sessions = {}
    for name in ("lead", "member"):
        client = Client(headers={"host": "127.0.0.1"})
        person = world.people[name]
        assert person is not None
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        sessions[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {"topic": made.get_absolute_url(), "cookie": settings.SESSION_COOKIE_NAME, "sessions": sessions}


if __name__ == "__main__":
    import django

    django.setup()
    sys.stdout.write(json.dumps(_prepare()) + "\n")
