"""`make bench-search`: asks the judged questions on every backend and writes docs/search-quality.md."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from benchmarks.search_quality import judgements, report
from tools.services.elasticsearch import Elasticsearch
from tools.services.postgresql import PostgreSQL
from tools.services.service import Service

SERVICES: dict[str, list[type[Service]]] = {
    # Beside any database: the words of a question are looked up there, what answers is found here.
    "elasticsearch": [Elasticsearch],
    "postgresql": [PostgreSQL],
    "sqlite": [],
}
NAMES = {"elasticsearch": "Elasticsearch", "postgresql": "PostgreSQL", "sqlite": "SQLite"}
SETTINGS = "benchmarks.settings"
GIVEN = ("DATABASE_URL", "ELASTICSEARCH_URL", "REDIS_URL")


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench-search", description=__doc__)
    parser.add_argument("--only", choices=SERVICES, help="this backend alone: prints and writes no page")
    parser.add_argument("--folder", help="keep the database of --only sqlite here")
    parser.add_argument("--worst", type=float, default=0, help="print the questions with a lower nDCG")
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.measure:
        _measure(Path(wanted.measure))
        return
    found = {
        name: _asked(name, wanted.folder if wanted.only else None)
        for name in ([wanted.only] if wanted.only else SERVICES)
    }
    by_backend = {NAMES[name]: [judgements.from_row(row) for row in rows] for name, rows in found.items()}
    for name, answered in by_backend.items():
        print("\n".join([name, *report.table(answered), *report.worst(answered, wanted.worst)]))
    if not wanted.only:
        report.PAGE.write_text(report.page(by_backend))


def _asked(name: str, folder: str | None) -> list[dict[str, object]]:
    """The answers of one backend, from a process of its own with the services that it needs."""
    with ExitStack() as stack:
        made = stack.enter_context(tempfile.TemporaryDirectory(prefix="guildhall-answers-"))
        kept = {key: value for key, value in os.environ.items() if key not in GIVEN}
        environment = kept | {"DJANGO_SETTINGS_MODULE": SETTINGS, "VAR": folder or made}
        for service in (make() for make in SERVICES[name]):
            service.install()
            environment |= stack.enter_context(service.started())
        return _process(environment, Path(made) / "answers.json")


def _process(environment: Mapping[str, str], file: Path) -> list[dict[str, object]]:
    command = [sys.executable, "-m", "benchmarks.search_quality", "--measure", str(file)]
    subprocess.run(command, env=dict(environment), check=True)
    rows: list[dict[str, object]] = json.loads(file.read_text())
    return rows


def _measure(file: Path) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from benchmarks.search_quality import answers
    from cms.demonstration import loader, source
    from search import indexing

    # The benchmark's settings are the test's, whose SQLite lives in memory unless it is told otherwise.
    assert settings.DATABASES["default"]["NAME"]
    call_command("migrate", verbosity=0)
    demonstration = source.read()
    loader.load(demonstration, weeks=0)
    indexing.rebuild()
    file.write_text(json.dumps([answers.as_row(each) for each in answers.ask(judgements.read())]))


if __name__ == "__main__":
    main()
