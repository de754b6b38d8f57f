"""Sizes: what a reading page loads, and the memory of the embedded server."""

import gzip
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import psutil
from django.conf import settings

from benchmarks.measure import Requests
from benchmarks.report import Row
from cms.management.commands.demo import PASSWORD
from knowledge.addresses import page_url
from knowledge.models import EntryPage
from people.models import User

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "static" / "dist"
SCRIPT = 100_000
STYLE = 120_000
MEMORY = 400
ADDRESSES = 60
WALKS = 2
PATIENCE = 600
TAGS = {"script": r'<script[^>]* src="([^"]+)"', "style": r'<link[^>]* rel="stylesheet"[^>]* href="([^"]+)"'}
LISTS = (
    *("/", "/communities/", "/catalogue/", "/catalogue/?kind=best_practice", "/catalogue/?page=2"),
    *("/people/", "/people/?page=2", "/search/?q=pump", "/search/?q=furnace", "/profile/", "/styleguide/"),
    *("/api/v1/me", "/api/v1/entries?limit=100", "/api/v1/communities", "/api/v1/competences"),
    *("/api/v1/openapi.json", "/api/v1/search?q=pump", "/api/v2/pages/", "/readyz"),
)
LINK = re.compile(r'href="(/(?:en|ru|uk|bg|he|communities|people)/[^"#?]+)"')


def page_weight(reader: User, page: EntryPage) -> list[Row]:
    """Scripts and styles that the page of an entry names, compressed, in both directions of writing."""
    address = page_url(page)
    rows = []
    for language, direction in (("en", "left to right"), ("he", "right to left")):
        reader.language = language
        reader.save(update_fields=["language"])
        _status, body = Requests(reader).get(address)
        html = body.decode()
        for kind, most in (("script", SCRIPT), ("style", STYLE)):
            size = sum(_compressed(address) for address in re.findall(TAGS[kind], html))
            rows.append(
                Row(
                    "size",
                    f"{kind} of a reading page, {direction}, gzip",
                    f"≤ {most // 1000} kB",
                    f"{size / 1000:.1f} kB",
                    "",
                    0 < size <= most,
                )
            )
    reader.language = "en"
    reader.save(update_fields=["language"])
    return rows


def memory() -> list[Row]:
    """The process of `manage.py demo` after a walk: one that loaded the demonstration itself, and a later one."""
    rows = []
    with tempfile.TemporaryDirectory(prefix="guildhall-memory-") as folder:
        for what in ("that loaded the demonstration itself", "started again"):
            with _serving(Path(folder)) as (server, address):
                visits = _walk(address)
                resident = server.memory_info().rss / 2**20
            rows.append(
                Row(
                    "size",
                    f"resident memory of the embedded server {what}, after {visits} pages",
                    f"< {MEMORY} MB",
                    f"{resident:.0f} MB",
                    "",
                    resident < MEMORY,
                )
            )
    return rows


def _compressed(address: str) -> int:
    """Of a file of our own; anything else would have to be fetched from elsewhere."""
    prefix = f"{settings.STATIC_URL}dist/"
    if not address.startswith(prefix):
        raise RuntimeError(f"a reading page loads {address}")
    return len(gzip.compress((DIST / address.removeprefix(prefix)).read_bytes(), 9))


@contextmanager
def _serving(folder: Path) -> Iterator[tuple[psutil.Process, str]]:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"DJANGO_SETTINGS_MODULE": "cms.settings.embedded", "VAR": str(folder)}
    port = _free_port()
    command = [sys.executable, "manage.py", "demo", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/healthz", server)
        yield psutil.Process(server.pid), address
    finally:
        server.terminate()
        server.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    opener = build_opener()
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with {server.returncode}")
        try:
            with opener.open(address, timeout=5):
                return
        except URLError:
            time.sleep(0.5)
    raise RuntimeError("the server did not start")


def _walk(address: str) -> int:
    """Lists, the API and what they lead to, with the pictures of each page left out; the number of answers."""
    opener = _signed_in(address)
    found = dict.fromkeys(LISTS)
    for place in LISTS:
        if len(found) < ADDRESSES:
            found |= dict.fromkeys(LINK.findall(_read(opener, f"{address}{place}")))
    walked = list(found)[:ADDRESSES]
    for _ in range(WALKS):
        for place in walked:
            _read(opener, f"{address}{place}")
    return WALKS * len(walked)


def _signed_in(address: str) -> OpenerDirector:
    cookies = CookieJar()
    opener = build_opener(HTTPCookieProcessor(cookies))
    login = f"{address}/accounts/login/"
    _read(opener, login)
    token = next(cookie.value for cookie in cookies if cookie.name == "csrftoken")
    form = {"login": "curator@aurora.example", "password": PASSWORD, "csrfmiddlewaretoken": token}
    request = Request(login, data=urlencode(form).encode(), headers={"Referer": login})
    with opener.open(request, timeout=60) as answer:
        answer.read()
    if not any(cookie.name == "sessionid" for cookie in cookies):
        raise RuntimeError("signing in failed")
    return opener


def _read(opener: OpenerDirector, address: str) -> str:
    try:
        with opener.open(address, timeout=60) as answer:
            return str(answer.read().decode(errors="replace"))
    except HTTPError as error:
        raise RuntimeError(f"{address} answered {error.code}") from error
