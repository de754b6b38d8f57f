import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tools.services import packages
from tools.services.service import Service, Unavailable, free_port, running, temporary_folder

ROLE = "guildhall"
FASTER_THAN_SAFE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum_naptime": "10s",
    "shared_buffers": "256MB",
    "max_connections": "200",
}


class PostgreSQL(Service):
    name = "PostgreSQL"
    tests = "the whole suite on PostgreSQL (it ran on SQLite instead)"

    def install(self) -> None:
        if self._programs() is None:
            packages.install("postgresql")

    @contextlib.contextmanager
    def started(self) -> Iterator[dict[str, str]]:
        programs = self._programs()
        if programs is None:
            raise Unavailable("its programs initdb, postgres and createdb were not found")
        # PostgreSQL refuses to run as root; its package brings a user for it.
        user = "postgres" if os.geteuid() == 0 else None
        port = free_port()
        with temporary_folder(owner=user) as folder:
            new = ["-U", ROLE, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"]
            self._as(user, programs / "initdb", "-D", folder / "data", *new)
            settings = {
                **FASTER_THAN_SAFE,
                "listen_addresses": "127.0.0.1",
                "unix_socket_directories": str(folder),
            }
            options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
            server = [str(programs / "postgres"), "-D", str(folder / "data"), "-p", str(port), *options]
            connect = ["-h", "127.0.0.1", "-p", str(port), "-U", ROLE]
            with running(
                server,
                log=folder / "log",
                answers=lambda: self._answers(programs, connect),
                patience=30,
                user=user,
                stop_signal=signal.SIGINT,  # the fast way: rolls back what is open, waits for nobody
            ):
                self._as(None, programs / "createdb", *connect, ROLE)
                yield {"DATABASE_URL": f"postgres://{ROLE}@127.0.0.1:{port}/{ROLE}"}

    @staticmethod
    def _programs() -> Path | None:
        """The folder with the server's programs; Debian keeps them out of PATH, one folder a version."""
        packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
        on_path = [Path(program).parent for program in [shutil.which("postgres")] if program]
        for folder in [*reversed(packaged), *on_path]:
            if all(
                (folder / program).exists() for program in ("initdb", "postgres", "createdb", "pg_isready")
            ):
                return folder
        return None

    @staticmethod
    def _answers(programs: Path, connect: list[str]) -> bool:
        return subprocess.run([programs / "pg_isready", "-q", *connect], check=False).returncode == 0

    @staticmethod
    def _as(user: str | None, *command: str | Path) -> None:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, cwd="/",
            user=user, group=user, extra_groups=[] if user else None,
        )  # fmt: skip
        if done.returncode:
            raise Unavailable(f"{Path(command[0]).name} failed: {done.stderr.strip()}")
