import datetime as dt
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.demonstration import follow_up, loader, source, volume
from core import clock


class Command(BaseCommand):
    help = "Load the demonstration company; what is there already stays as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--as-of",
            type=dt.date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="The day near which the newest content ends up; today unless given.",
        )
        parser.add_argument(
            "--scale",
            type=int,
            default=0,
            metavar="N",
            help="Add N generated entries, with 1.2 N people and N/100 communities: 50000 make a holding of 60000.",
        )
        parser.add_argument("--no-shift", action="store_true", help="Keep the days as they are written.")

    def handle(self, *args: Any, as_of: dt.date | None, scale: int, no_shift: bool, **options: Any) -> None:
        if not settings.DEMONSTRATION_ALLOWED:
            raise CommandError(
                "The demonstration and its known passwords are for the embedded profile alone."
            )
        started = time.monotonic()
        demonstration = source.read()
        weeks = 0 if no_shift else demonstration.weeks_until(as_of or clock.today())
        loaded = loader.load(demonstration, weeks=weeks)
        if scale:
            volume.generate(demonstration, count=scale, tell=self.stdout.write)
        follow_up.load(tell=self.stdout.write)
        self.stdout.write(
            f"{loaded.people} people, {loaded.communities} communities, {loaded.entries} entries on "
            f"{loaded.pages} pages, in {time.monotonic() - started:.0f} s"
        )
