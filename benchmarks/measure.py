"""CPU time per request of application and database, side by side and interleaved.

Absolute times of a shared machine say little; the ratio of two things measured turn by turn in one run says much.
"""

import gc
import io
import itertools
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.crypto import get_random_string

from people.models import User

Work = Callable[[], None]
SECONDS = 1.5
# A round is cut into so many turns of each thing compared.
TURNS = 15


@dataclass(frozen=True)
class Cost:
    """CPU milliseconds per call in each round, application and database together."""

    rounds: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.rounds)

    @property
    def spread(self) -> str:
        return f"{min(self.rounds):.2f}–{max(self.rounds):.2f}"


def side_by_side(cases: Mapping[str, Work], *, rounds: int, turns: int = TURNS) -> dict[str, Cost]:
    """Each case for 1.5 seconds a round, in turns so short that a slow moment of the machine is the same for all.

    The order alternates; one shorter round before the others warms up. Work that takes seconds has one turn.
    """
    costs: dict[str, list[float]] = {name: [] for name in cases}
    for number in range(rounds + 1):
        gc.collect()
        spent = {name: _Spent() for name in cases}
        for turn in range(turns if number else max(1, turns // 3)):
            for name, work in list(cases.items())[:: 1 if turn % 2 else -1]:
                spent[name].add(work, SECONDS / turns)
        for name, each in spent.items():
            if number:
                costs[name].append(each.per_call)
    return {name: Cost(tuple(each)) for name, each in costs.items()}


class _Spent:
    """What the calls of one case have cost so far in a round."""

    def __init__(self) -> None:
        self.calls = 0
        self.seconds = 0.0

    @property
    def per_call(self) -> float:
        """In milliseconds."""
        return self.seconds * 1000 / self.calls

    def add(self, work: Work, seconds: float) -> None:
        """Call it for so long, once at least."""
        database = _backend()
        before, end = _cpu(database), time.perf_counter() + seconds
        while True:
            work()
            self.calls += 1
            if time.perf_counter() >= end:
                break
        self.seconds += _cpu(database) - before


def ratio(above: Cost, below: Cost) -> tuple[float, str]:
    """The median of the rounds' ratios, and their spread."""
    each = [a / b for a, b in zip(above.rounds, below.rounds, strict=True)]
    return statistics.median(each), f"{min(each):.2f}–{max(each):.2f}"


def _backend() -> int | None:
    """The number of the server process of our connection; SQLite works in our own."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _cpu(database: int | None) -> float:
    """Seconds of a processor that this process and the database's have used (proc(5): sched_statistics are exact,
    the times of `stat` come in hundredths)."""
    ours = time.process_time()
    if database is None:
        return ours
    return ours + int(Path(f"/proc/{database}/schedstat").read_text().split()[0]) / 1e9


class Requests:
    """Requests of one signed-in person straight into the WSGI handler: all middleware, no network, no test client."""

    def __init__(self, user: User | None, **headers: str) -> None:
        self.handler = WSGIHandler()
        self.headers = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        if user is not None:
            client = Client()
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            name = settings.SESSION_COOKIE_NAME
            cookies = {name: client.cookies[name].value, settings.CSRF_COOKIE_NAME: get_random_string(32)}
            self.headers["HTTP_COOKIE"] = "; ".join(f"{key}={value}" for key, value in cookies.items())

    def get(self, address: str) -> tuple[int, bytes]:
        """Status and body; the connection to the database stays open, as with persistent connections."""
        status, _headers, body = self.ask(address)
        return status, body

    def ask(self, address: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body."""
        answered, response = self._answer(address, **headers)
        return answered[0], answered[1], b"".join(response)

    def stream(self, address: str) -> Iterator[bytes]:
        """The pieces of an answer as they come; anything but 200 ends the measurement."""
        answered, response = self._answer(address)
        if answered[0] != 200:
            raise RuntimeError(f"{address} answered {answered[0]}")
        yield from response

    def _answer(self, address: str, **headers: str) -> tuple[list[Any], Iterable[bytes]]:
        answered: list[Any] = []
        parts = urlsplit(address)
        environment: dict[str, Any] = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "HTTP_HOST": "testserver",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            **self.headers,
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
        }

        def start(line: str, headers: Any, *_rest: Any) -> Any:
            answered[:] = [int(line.split(" ", 1)[0]), dict(headers)]

        return answered, self.handler(environment, start)

    def statements(self, address: str) -> int:
        """How many statements an address costs when it is asked for the second time."""
        self.repeat(address)()
        with CaptureQueriesContext(connection) as queries:
            self.repeat(address)()
        return len(queries)

    def repeat_all(self, addresses: Iterable[str]) -> None:
        """Each address twice, so that what can be kept is kept before measuring."""
        for address in [*addresses] * 2:
            self.repeat(address)()

    def ask_again(self, *addresses: str) -> Work:
        """One call asks whether an address is still as it was; anything but 304 ends the measurement."""
        marks = {address: self.ask(address)[1]["ETag"] for address in addresses}
        turns = itertools.cycle(marks.items())

        def work() -> None:
            address, mark = next(turns)
            status, _headers, _body = self.ask(address, if_none_match=mark)
            if status != 304:
                raise RuntimeError(f"{address} answered {status}")

        return work

    def repeat(self, *addresses: str) -> Work:
        """One call is one request, of each address in turn; anything but 200 ends the measurement."""
        turn = 0

        def work() -> None:
            nonlocal turn
            address = addresses[turn % len(addresses)]
            turn += 1
            status, _body = self.get(address)
            if status != 200:
                raise RuntimeError(f"{address} answered {status}")

        return work
