"""Readers that do what a library may do over a file. They run where the files are read, which knows no Django."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path


def hang(path: Path) -> Iterator[str]:
    time.sleep(600)
    yield ""


def hang_stubbornly(path: Path) -> Iterator[str]:
    """Past the alarm that should have ended it."""
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    time.sleep(600)
    yield ""


def spin(path: Path) -> Iterator[str]:
    while True:
        pass
    yield ""


def crash(path: Path) -> Iterator[str]:
    os.kill(os.getpid(), signal.SIGSEGV)
    yield ""


def give_up(path: Path) -> Iterator[str]:
    os._exit(3)
    yield ""


def take_all_down(path: Path) -> Iterator[str]:
    """With the process that waits for it."""
    os.kill(os.getppid(), signal.SIGKILL)
    yield ""


def take_all_memory(path: Path) -> Iterator[str]:
    taken = [bytearray(1024 * 1024)]
    while True:
        taken.append(bytearray(len(taken[-1])))
    yield ""


def talk_for_ever(path: Path) -> Iterator[str]:
    while True:
        yield "word " * 1000


def talk_slowly(path: Path) -> Iterator[str]:
    while True:
        time.sleep(0.05)
        yield "word "


def fill_the_disk(path: Path) -> Iterator[str]:
    with path.with_name("more").open("wb") as file:
        while True:
            file.write(bytes(1024 * 1024))
    yield ""


def tell_what_is_known(path: Path) -> Iterator[str]:
    yield " ".join(sorted(os.environ))
