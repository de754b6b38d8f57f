import contextlib
import shutil
import socket
from collections.abc import Iterator

from tools.services import packages
from tools.services.service import Service, Unavailable, free_port, running, temporary_folder


class Redis(Service):
    name = "Redis"
    tests = "cache, broker and channel layer on Redis"

    def install(self) -> None:
        if shutil.which("redis-server") is None:
            packages.install("redis-server")

    @contextlib.contextmanager
    def started(self) -> Iterator[dict[str, str]]:
        program = shutil.which("redis-server")
        if program is None:
            raise Unavailable("its program redis-server was not found")
        port = free_port()
        with temporary_folder() as folder:
            in_memory_only = ["--save", "", "--appendonly", "no"]
            address = ["--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder)]
            command = [program, *address, *in_memory_only]
            with running(command, log=folder / "log", answers=lambda: _answers(port), patience=15):
                yield {"REDIS_URL": f"redis://127.0.0.1:{port}/0"}


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False
