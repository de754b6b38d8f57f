import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXCHANGE = """
import django
django.setup()
from cms.celery import app
with app.connection_for_write().clone() as connection:  # pools and workers use copies
    queue = connection.SimpleQueue("trial")
    queue.put("a job")
    message = queue.get(timeout=10)
    message.ack()
    print(message.payload)
"""


@pytest.mark.slow
def test_the_queue_of_the_embedded_profile_carries_messages_and_complains_of_nothing(tmp_path: Path) -> None:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    result = subprocess.run(
        [sys.executable, "-c", EXCHANGE],
        env={**kept, "DJANGO_SETTINGS_MODULE": "cms.settings.embedded", "VAR": str(tmp_path)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.stdout.strip(), result.stderr) == ("a job", "")
