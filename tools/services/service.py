"""What every service has in common: found or installed, started on a free port, stopped for certain."""

import abc
import contextlib
import ctypes
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

STOP_SECONDS = 20


class Unavailable(Exception):
    """The service cannot be had on this machine; the message says why."""


class Service(abc.ABC):
    """One thing that tests need. Subclasses say how to get it and which variables lead to it."""

    name: str
    tests: str
    """What goes untested without it."""

    @abc.abstractmethod
    def install(self) -> None:
        """Makes the programs available, or raises Unavailable."""

    @abc.abstractmethod
    def started(self) -> contextlib.AbstractContextManager[dict[str, str]]:
        """Gives the environment variables under which the service is reached while it runs."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def temporary_folder(owner: str | None = None) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="guildhall-service-"))
    if owner:
        shutil.chown(folder, owner)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _end_with_parent() -> None:
    """Asks Linux to end this process when ours is killed without a chance to tidy up."""
    if sys.platform == "linux":
        death_of_parent = 1  # PR_SET_PDEATHSIG
        ctypes.CDLL(None).prctl(death_of_parent, signal.SIGTERM)


@contextlib.contextmanager
def running(
    command: list[str],
    *,
    log: Path,
    answers: Callable[[], bool],
    patience: float,
    environment: dict[str, str] | None = None,
    user: str | None = None,
    stop_signal: signal.Signals = signal.SIGTERM,
) -> Iterator[None]:
    """Runs a server in a session of its own: Ctrl-C reaches it only through us, when the tests have ended."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            cwd=log.parent,
            user=user,
            group=user,
            extra_groups=[] if user else None,
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )
    try:
        _wait_until(answers, process, log, patience)
        yield
    finally:
        _stop(process, stop_signal)


def _wait_until(
    answers: Callable[[], bool], process: subprocess.Popen[bytes], log: Path, patience: float
) -> None:
    deadline = time.monotonic() + patience
    while not answers():
        ended = process.poll() is not None
        if ended or time.monotonic() > deadline:
            fate = f"ended with {process.returncode}" if ended else f"gave no answer within {patience:.0f} s"
            raise Unavailable(f"it {fate}: {_last_words(log)}")
        time.sleep(0.1)


def _last_words(log: Path) -> str:
    """The end of the log, without the traces of stacks."""
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines()]
    telling = [line for line in lines if line and not line.startswith(("at ", "... "))]
    return " | ".join(telling[-4:]) or "it left no word"


def _stop(process: subprocess.Popen[bytes], stop_signal: signal.Signals) -> None:
    if process.poll() is None:
        process.send_signal(stop_signal)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
