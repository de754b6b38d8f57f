from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import indexing
from search.backends.database.cutting import HelperDied
from search.backends.elasticsearch import Unavailable
from search.following import BeingBuilt, Difference, Follower


class Command(BaseCommand):
    help = "Build the search indexes anew, compare them with the database, mend them, or say how far they have come."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["rebuild", "drain", "check", "repair", "status"])
        parser.add_argument(
            "--index", choices=["database", "elasticsearch"], help="this one alone; else all that there are"
        )

    def handle(self, *args: Any, action: str, index: str | None = None, **options: Any) -> None:
        followers = indexing.followers()
        if index and index not in followers:
            raise CommandError("There is no Elasticsearch here: ELASTICSEARCH_URL is not set.")
        wrong = []
        for name in [index] if index else followers:
            try:
                differs = self._do(action, name, followers[name])
            except BeingBuilt as error:
                raise CommandError(f"The index in {name} is being built by somebody else.") from error
            except HelperDied as error:
                raise CommandError(f"The index in {name} is not whole: {error}") from error
            except Unavailable as error:
                raise CommandError(f"{name} does not answer: {error}") from error
            if differs:
                wrong.append(name)
        if wrong:
            raise CommandError(f"The index in {' and '.join(wrong)} differs; `search_index repair` mends it.")

    def _do(self, action: str, name: str, follower: Follower) -> bool:
        """Whether a check found that the index differs, so that a monitor can call it."""
        if action == "rebuild":
            self.stdout.write(f"{name}: {follower.rebuild(helpers=indexing.helpers_at_hand())} rows indexed")
        elif action == "drain":
            self.stdout.write(f"{name}: {follower.drain()} changes taken in")
        elif action == "status":
            self._status(name, follower)
        else:
            difference = follower.compare(repair=action == "repair")
            self._tell(name, difference)
            return action == "check" and not difference.is_none
        return False

    def _tell(self, name: str, difference: Difference) -> None:
        for what, counts in (
            ("missing", difference.missing),
            ("stale", difference.stale),
            ("deleted but found", difference.deleted),
        ):
            listed = ", ".join(f"{kind} {count}" for kind, count in counts.items())
            self.stdout.write(f"{name}, {what}: {listed}")

    def _status(self, name: str, follower: Follower) -> None:
        now = follower.status()
        self.stdout.write(f"{name}: {'built' if now.built else 'not built yet'}")
        self.stdout.write(f"{name}: {now.waiting} changes wait")
        for kind, count in now.rows.items():
            self.stdout.write(f"{name}: {kind}, {count} rows")
