"""Asking an address outside whether it still answers, without being led to one inside.

A link is whatever an author has written: it may name a machine of the company's own network, or lead there by a
redirect, or by a name whose address changes between the look and the call. So the address that was looked at is the
one that is called, at every step.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings

TIMEOUT = 10.0
# For all that one step takes: a server that sends a letter now and then never runs into the other.
PATIENCE = 25.0
MOST_REDIRECTS = 5
REDIRECTS = {301, 302, 303, 307, 308}
# Of these it can be said that something is there, if not for us.
THERE = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.PROXY_AUTHENTICATION_REQUIRED}
# Not now: that says nothing about the address.
BUSY = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.SERVICE_UNAVAILABLE}
# An answer to HEAD that many a server gives although it has the page.
GOOD = range(200, 400)
# What may stand in the line of a request as it is (RFC 3986, 2.2, and what is encoded already).
AS_IT_IS = "%:/?#[]@!$&'()*+,;=~"
# All that is given out of IPv6 for everybody (RFC 4291, 2.4); what stands beside it belongs to a network or a gateway.
EVERYBODYS = ipaddress.ip_network("2000::/3")


@dataclass(frozen=True)
class Outcome:
    """`is_working` is None where nothing can be said; `was_reached` tells silence from an answer that is none."""

    is_working: bool | None
    answer: str
    was_reached: bool = True


class Inside(Exception):
    """The address leads to a machine that is not everybody's."""


def ask(url: str) -> Outcome:
    """Look at an address, and where it leads, for at most some seconds a step."""
    for _step in range(MOST_REDIRECTS + 1):
        try:
            parts = urlsplit(url)
            if parts.scheme not in {"http", "https"} or not parts.hostname:
                return Outcome(None, "scheme")
            status, location = _call(url, "HEAD")
            if status not in GOOD and status not in BUSY:
                status, location = _call(url, "GET")
            # What a server answers may be no address at all.
            url = urljoin(url, location)
        except Inside:
            return Outcome(None, "private")
        except (OSError, http.client.HTTPException, ValueError, UnicodeError) as error:
            return Outcome(False, _word(error), was_reached=False)
        if status in REDIRECTS and location:
            continue
        if status in BUSY:
            return Outcome(None, str(status))
        return Outcome(status in GOOD or status in THERE, str(status))
    return Outcome(False, "redirects")


def _call(url: str, method: str) -> tuple[int, str]:
    """The status, and where a redirect leads; of the body nothing is read."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
    connection.sock = _socket(host, port)
    watch = threading.Timer(PATIENCE, _hang_up, [connection.sock])
    watch.daemon = True
    watch.start()
    try:
        if parts.scheme == "https":
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(connection.sock, server_hostname=host)
        target = quote(f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}", safe=AS_IT_IS)
        agent = f"Guildhall (+{settings.WAGTAILADMIN_BASE_URL})"
        headers = {"User-Agent": agent, "Accept": "*/*", "Connection": "close"}
        connection.request(method, target, headers=headers)
        answer = connection.getresponse()
        location = answer.headers.get("Location") or ""
        return answer.status, location.encode("latin-1", "replace").decode("utf-8", "replace")
    finally:
        watch.cancel()
        connection.close()


def _socket(host: str, port: int) -> socket.socket:
    """Connected to the very address that was found to be everybody's."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    is_allowed = f"{host}:{port}" in settings.LINK_CHECK_ALLOWED
    if not is_allowed and not all(_is_public(str(place[0])) for *_rest, place in found):
        raise Inside
    family, kind, protocol, _name, place = found[0]
    connected = socket.socket(family, kind, protocol)
    connected.settimeout(TIMEOUT)
    try:
        connected.connect(place)
    except OSError:
        connected.close()
        raise
    return connected


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text.split("%", maxsplit=1)[0])
    if isinstance(address, ipaddress.IPv6Address):
        held = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if held is None and address in ipaddress.ip_network("64:ff9b::/96"):
            held = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        if held is not None:
            return _is_public(str(held))
        if address not in EVERYBODYS:
            return False
    return address.is_global and not address.is_multicast


def _hang_up(connected: socket.socket) -> None:
    try:
        connected.shutdown(socket.SHUT_RDWR)
    except OSError:
        connected.close()


def _word(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "timeout"
    if isinstance(error, socket.gaierror):
        return "no such host"
    return "certificate" if isinstance(error, ssl.SSLError) else "no answer"
