import argparse
import contextlib
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from types import FrameType

from tools.services.elasticsearch import Elasticsearch
from tools.services.postgresql import PostgreSQL
from tools.services.programs import PROGRAMS
from tools.services.redis import Redis
from tools.services.service import Service, Unavailable

SERVICES: list[Service] = [PostgreSQL(), Redis(), Elasticsearch(), *PROGRAMS]
SERVER_VARIABLES = ("DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL", "CHROMIUM")


class Lacking(dict[Service, str]):
    """The services that could not be had, each with its reason."""

    def report(self) -> None:
        for service, reason in self.items():
            print(f"NOT TESTED  {service.tests}.\n            {service.name}: {reason}", flush=True)

    def spoils_the_run(self) -> bool:
        """Where nobody reads the output, what was not tested must not look like a success."""
        return bool(self) and os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def install(lacking: Lacking) -> None:
    for service in SERVICES:
        try:
            service.install()
        except Unavailable as reason:
            lacking[service] = str(reason)


@contextlib.contextmanager
def all_started(lacking: Lacking) -> Iterator[dict[str, str]]:
    """The environment of a command that is to find every service that could be started."""
    environment = {name: value for name, value in os.environ.items() if name not in SERVER_VARIABLES}
    with contextlib.ExitStack() as stack:
        for service in SERVICES:
            if service in lacking:
                continue
            begun = time.monotonic()
            try:
                variables = stack.enter_context(service.started())
            except Unavailable as reason:
                lacking[service] = str(reason)
                continue
            environment.update(variables)
            for name, value in variables.items():
                took = time.monotonic() - begun
                print(f"{name}={shlex.quote(value)}  # {service.name}, {took:.1f} s", flush=True)
        yield environment


def run(command: list[str], lacking: Lacking) -> int:
    with all_started(lacking) as environment:
        child = subprocess.Popen(command, env=environment)
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:
                continue  # Ctrl-C reached the command as well: it ends in its own way, then the services stop
            except SystemExit:
                child.terminate()
                child.wait()
                raise


def stay(lacking: Lacking) -> int:
    with all_started(lacking):
        lacking.report()
        print("Services are running. Ctrl-C stops them.", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            signal.pause()
    print("Stopped.", flush=True)
    return 0


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.services", description="Real servers for tests.")
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("install", help="only install what is missing")
    actions.add_parser("start", help="start all and stay until Ctrl-C")
    actions.add_parser("run", help="start all, run a command, stop all").add_argument("command", nargs="+")
    arguments = parser.parse_args()
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, _leave)

    lacking = Lacking()
    install(lacking)
    if arguments.action == "install":
        lacking.report()
        return int(lacking.spoils_the_run())
    if arguments.action == "start":
        return stay(lacking)
    status = run(arguments.command, lacking)
    lacking.report()
    return status or int(lacking.spoils_the_run())


if __name__ == "__main__":
    sys.exit(main())
