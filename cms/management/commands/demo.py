"""Guildhall with its demonstration company, in one command and one process."""

import subprocess
import sys
import time
from argparse import ArgumentParser
from typing import Any

import uvicorn
from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand

from cms import memory

ACCOUNTS = ("employee", "reservist", "expert", "curator", "moderator", "lead")
PASSWORD = "guildhall-demo"  # noqa: S105 - printed on the sign-in page, and refused outside the embedded profile


class Command(BaseCommand):
    help = "Prepare the database, load the demonstration if there is none, and serve it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        if not settings.DEMONSTRATION_ALLOWED:
            raise CommandError("The demonstration is for the embedded profile alone.")
        memory.give_back_promptly()
        call_command("migrate", verbosity=0)
        self._load()
        self._greet(f"http://{host}:{port}")
        uvicorn.run(
            "cms.asgi:application", host=host, port=port, lifespan="on", log_level="warning", access_log=False
        )

    def _load(self) -> None:
        """Load the demonstration once. One that was interrupted is completed at the next start.

        In a process of its own, whose memory goes with it.
        """
        loaded = settings.VAR / "demonstration-loaded"
        if loaded.exists():
            return
        self.stdout.write("Loading the demonstration company: a minute or two, this once …")
        self.stdout.flush()
        started = time.monotonic()
        done = subprocess.run([sys.executable, sys.argv[0], "load_demo"], check=False)  # noqa: S603 - our own program
        if done.returncode != 0:
            raise CommandError("The demonstration could not be loaded; what failed is said above.")
        loaded.touch()
        self.stdout.write(f"Loaded in {time.monotonic() - started:.0f} s.")

    def _greet(self, address: str) -> None:
        self.stdout.write(
            f"\n  Guildhall   {address}/\n  Admin       {address}/admin/\n"
            f"  API         {address}/api/v1/docs\n  Style guide {address}/styleguide/\n"
        )
        for name in ACCOUNTS:
            self.stdout.write(f"  {name + '@aurora.example':28} {PASSWORD}")
        self.stdout.write("\n  Ctrl-C ends it.\n")
        self.stdout.flush()
