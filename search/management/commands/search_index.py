from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import indexing


class Command(BaseCommand):
    help = "Build the search index anew, compare it with the database, or say how far it has come."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["rebuild", "drain", "check", "status"])

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        if action == "rebuild":
            self.stdout.write(f"{indexing.rebuild()} rows indexed")
        elif action == "drain":
            self.stdout.write(f"{indexing.drain()} changes taken in")
        elif action == "check":
            self._compare()
        else:
            self._status()

    def _compare(self) -> None:
        """Fails where the index differs, so that a monitor can call it."""
        difference = indexing.compare()
        for name, counts in (
            ("missing", difference.missing),
            ("stale", difference.stale),
            ("deleted but found", difference.deleted),
        ):
            listed = ", ".join(f"{kind} {count}" for kind, count in counts.items())
            self.stdout.write(f"{name}: {listed}")
        if not difference.is_none:
            raise CommandError("The index differs from the database; `search_index rebuild` mends it.")

    def _status(self) -> None:
        now = indexing.status()
        self.stdout.write("built" if now.built else "not built yet")
        self.stdout.write(f"{now.waiting} changes wait")
        for kind, count in now.rows.items():
            self.stdout.write(f"{kind}: {count} rows")
