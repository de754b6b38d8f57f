"""Addresses outside: asked politely and never led inside; broken only when they failed twice, days apart."""

import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from unittest import mock

import pytest

from core import clock
from knowledge import outside_addresses
from knowledge.models import ExternalAddress, PageReference
from knowledge.outside_addresses import Outcome, ask
from knowledge.services import link_checks
from tests import world as worlds

Status = ExternalAddress.Status


class Handler(BaseHTTPRequestHandler):
    """Answers by the path: `/200`, `/head-405`, `/to?…` redirects there, `/slow` never ends its first line."""

    def do_HEAD(self) -> None:
        self.answer("HEAD")

    def do_GET(self) -> None:
        self.answer("GET")

    def answer(self, method: str) -> None:
        self.server.asked.append((method, self.path))  # type: ignore[attr-defined]
        if self.path == "/slow":
            for _letter in range(40):
                time.sleep(0.1)
                try:
                    self.wfile.write(b"H")
                except OSError:
                    return
        path, _mark, query = self.path.partition("?")
        status = 302 if path == "/to" else int(path[-3:])
        if path.startswith("/head-") and method == "GET":
            status = 200
        self.send_response(status)
        if path == "/to":
            self.send_header("Location", "/to?loop" if query == "loop" else query)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def server(settings: Any) -> Iterator[Any]:
    served = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.asked = []  # type: ignore[attr-defined]
    served.daemon_threads = True
    threading.Thread(target=served.serve_forever, args=[0.01], daemon=True).start()
    served.url = f"http://127.0.0.1:{served.server_port}"  # type: ignore[attr-defined]
    settings.LINK_CHECK_ALLOWED = [f"127.0.0.1:{served.server_port}"]
    yield served
    served.shutdown()
    served.server_close()


class TestAsking:
    @pytest.mark.parametrize(
        ("path", "is_working"),
        [
            ("/200", True), ("/204", True), ("/404", False), ("/410", False), ("/500", False), ("/401", True),
            ("/403", True), ("/429", None), ("/503", None), ("/to?/200", True), ("/to?/404", False),
        ],
    )  # fmt: skip
    def test_an_answer_says_whether_it_works(self, server: Any, path: str, is_working: bool | None) -> None:
        assert ask(server.url + path).is_working is is_working

    def test_head_comes_first_and_get_where_it_is_not_understood(self, server: Any) -> None:
        assert ask(f"{server.url}/200").is_working
        assert ask(f"{server.url}/head-405").is_working
        assert server.asked == [("HEAD", "/200"), ("HEAD", "/head-405"), ("GET", "/head-405")]

    def test_redirects_come_to_an_end(self, server: Any) -> None:
        assert ask(f"{server.url}/to?loop").answer == "redirects"
        assert len(server.asked) == outside_addresses.MOST_REDIRECTS + 1

    @pytest.mark.parametrize("path", ["/насос/200", "/two words/200", "/to?/насос/200", "/%D0%BD/200?a=%20b"])
    def test_addresses_in_any_script_are_asked(self, server: Any, path: str) -> None:
        assert ask(server.url + path).is_working

    @pytest.mark.parametrize("place", ["http://[bad", "http://host:port/"])
    def test_a_redirect_to_no_address_at_all_is_an_answer(self, server: Any, place: str) -> None:
        assert ask(f"{server.url}/to?{place}").is_working is False

    def test_a_server_that_dawdles_is_left(self, server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(outside_addresses, "PATIENCE", 0.5)
        begun = time.monotonic()
        outcome = ask(f"{server.url}/slow")
        assert (outcome.is_working, outcome.was_reached) == (False, False)
        assert time.monotonic() - begun < 3


class TestInside:
    @pytest.mark.parametrize(
        "host",
        [
            "127.0.0.1", "localhost", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "0.0.0.0",
            "100.64.0.1", "[::1]", "[fd00::1]", "[fe80::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]",
            "[2002:7f00:1::]", "2130706433", "0x7f.1", "224.0.0.1", "[fec0::1]",
            "[::127.0.0.1]", "[64:ff9b:1::7f00:1]", "[::ffff:0:7f00:1]",
        ],
    )  # fmt: skip
    def test_is_never_called(self, host: str, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*args: Any) -> None:
            raise AssertionError("called")

        monkeypatch.setattr(outside_addresses.socket.socket, "connect", refuse)
        outcome = ask(f"http://{host}/")
        assert outcome.is_working in {None, False}
        assert outcome.answer in {"private", "no such host"}

    def test_not_by_a_redirect_either(self, server: Any) -> None:
        other = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        other.asked = []  # type: ignore[attr-defined]
        try:
            assert ask(f"{server.url}/to?http://127.0.0.1:{other.server_port}/200").answer == "private"
            assert ask(f"{server.url}/to?file:///etc/passwd").answer == "scheme"
            assert other.asked == []  # type: ignore[attr-defined]
        finally:
            other.server_close()

    def test_the_address_that_was_looked_at_is_the_one_that_is_called(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A name that leads elsewhere the second time gains nothing: there is no second time."""
        looked: list[str] = []
        called: list[Any] = []

        def look(host: str, port: int, **kind: Any) -> Any:
            looked.append(host)
            place = ("93.184.216.34" if len(looked) == 1 else "127.0.0.1", port)
            return [(outside_addresses.socket.AF_INET, outside_addresses.socket.SOCK_STREAM, 6, "", place)]

        def call(self: Any, place: Any) -> None:
            called.append(place)
            raise OSError("far away")

        monkeypatch.setattr(outside_addresses.socket, "getaddrinfo", look)
        monkeypatch.setattr(outside_addresses.socket.socket, "connect", call)
        assert ask("http://rebinding.example/").answer == "no answer"
        assert called == [("93.184.216.34", 80)]


def address(world: worlds.World, url: str, host: str = "example.com") -> ExternalAddress:
    made = ExternalAddress.objects.create(digest=url[-64:], url=url, host=host, due_at=clock.now())
    page = world.entries["workshop-open"].pages.get()
    PageReference.objects.create(page=page, address=made)
    return made


class TestNoting:
    def at(self, monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    def test_it_is_broken_when_it_failed_twice_days_apart(
        self, world: worlds.World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made, begun = address(world, "http://example.com/a"), clock.now()
        failed = Outcome(False, "404")
        self.at(monkeypatch, begun)
        held = link_checks.note(address=made, outcome=failed)
        assert (held.status, held.due_at) == (Status.FAILING, begun + link_checks.APART)
        self.at(monkeypatch, begun + timedelta(hours=3))
        assert link_checks.note(address=made, outcome=failed).status == Status.FAILING
        assert not PageReference.objects.broken().exists()
        self.at(monkeypatch, begun + timedelta(days=2))
        held = link_checks.note(address=made, outcome=failed)
        assert (held.status, held.failures, held.failing_since) == (Status.BROKEN, 3, begun)
        assert PageReference.objects.broken().get().fault == "silent"
        held = link_checks.note(address=made, outcome=Outcome(True, "200"))
        assert (held.status, held.failures, held.failing_since) == (Status.WORKING, 0, None)
        assert held.due_at == clock.now() + link_checks.WEEK

    def test_what_says_nothing_changes_nothing(self, world: worlds.World) -> None:
        made = address(world, "http://example.com/a")
        link_checks.note(address=made, outcome=Outcome(False, "404"))
        held = link_checks.note(address=made, outcome=Outcome(None, "503"))
        assert (held.status, held.failures) == (Status.FAILING, 1)


class TestChecking:
    def test_each_once_a_week_and_of_no_host_too_much(
        self, world: worlds.World, server: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(link_checks, "A_HOST", 2)
        for number in range(3):
            address(world, f"{server.url}/200?{number}", "127.0.0.1")
        pauses: list[float] = []
        assert link_checks.check_due(pause=pauses.append) == 2
        assert len(pauses) == 1
        assert link_checks.check_due(pause=pauses.append) == 1
        assert link_checks.check_due(pause=pauses.append) == 0
        assert set(ExternalAddress.objects.values_list("status", flat=True)) == {"working"}

    def test_a_run_comes_to_an_end_and_the_next_goes_on_there(
        self, world: worlds.World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[str] = []
        now = [0.0]

        def dawdle(url: str) -> Outcome:
            asked.append(url)
            now[0] += link_checks.LONGEST / 2
            return Outcome(True, "200")

        monkeypatch.setattr(outside_addresses, "ask", dawdle)
        monkeypatch.setattr(link_checks, "time", mock.Mock(monotonic=lambda: now[0]))
        urls = [f"http://host-{number}.example/" for number in range(3)]
        due = [address(world, url, url[7:-1]).due_at for url in urls]
        assert link_checks.check_due(pause=lambda seconds: None) == 2
        assert ExternalAddress.objects.get(url=urls[2]).due_at == due[2]
        assert link_checks.check_due(pause=lambda seconds: None) == 1
        assert asked == urls

    def test_cut_off_ourselves_we_blame_nobody(
        self, world: worlds.World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for number in range(3):
            address(world, f"http://host-{number}.example/", f"host-{number}.example")
        silent = Outcome(False, "no answer", was_reached=False)
        monkeypatch.setattr(outside_addresses, "ask", lambda url: silent)
        assert link_checks.check_due(pause=lambda seconds: None) == 0
        assert set(ExternalAddress.objects.values_list("status", flat=True)) == {"unknown"}

    def test_what_no_page_names_is_forgotten(self, world: worlds.World) -> None:
        address(world, "http://example.com/a")
        PageReference.objects.all().delete()
        assert link_checks.check_due() == 0
        assert not ExternalAddress.objects.exists()
