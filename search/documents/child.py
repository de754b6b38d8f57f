"""Reads files for the process that started it, one after the other: `python -m search.documents.child ERRAND`.

Files come from people, and what takes them apart may run for ever, take all memory or break down over one. So this
process knows neither Django nor the database nor any password, and each file is read in a child of its own that is
copied from it, with limits that the system keeps. It takes paths from its input, a line each, and answers each with how
that child ended; the text stands in the file that the errand names. Nothing else may import it.
"""

import json
import os
import resource
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from search.documents import kinds
from search.documents.refusals import Refused, Unsupported
from search.documents.tidying import tidied

Reader = Callable[[Path], Iterator[str]]
# A letter takes up to four bytes, and the file's first line tells what was found.
BYTES_A_LETTER = 4
FIRST_LINE = 4096
# Parts are tidied when they are as long as this, so that a word is rarely cut in two.
PART = 20_000


@dataclass(frozen=True)
class Errand:
    """Where the text goes, who reads which kind, and what one file may take."""

    target: str
    readers: dict[str, str]
    characters: int
    memory: int
    seconds: int


def main(errand: Errand) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (errand.memory, errand.memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(10)
    with suppress(BrokenPipeError):
        for line in sys.stdin:
            child = os.fork()
            if child == 0:
                _be_read(Path(line.rstrip("\n")), errand)
            status = os.waitpid(child, 0)[1]
            sys.stdout.write(f"{status}\n")
            sys.stdout.flush()
            if status == 0:
                _learn(errand)
    # Who asked is gone without a goodbye: else this process would have been ended, not left without a line.
    shutil.rmtree(Path(errand.target).parent, ignore_errors=True)


def _be_read(path: Path, errand: Errand) -> None:
    """In the copy: read, and end without a word of what the parent had begun."""
    code = 1
    try:
        _limit(errand)
        found, text = _found(path, errand)
        first = json.dumps(found)
        Path(errand.target).write_text(f"{first}\n{text}", encoding="utf-8")
        code = 0
    finally:
        os._exit(code)


def _limit(errand: Errand) -> None:
    """The alarm ends a child that sleeps, the limit of the processor one that has silenced the alarm."""
    written = errand.characters * BYTES_A_LETTER + FIRST_LINE
    resource.setrlimit(resource.RLIMIT_FSIZE, (written, written))
    # A second between the two: at one moment the kernel may kill before it says why.
    resource.setrlimit(resource.RLIMIT_CPU, (errand.seconds, errand.seconds + 1))
    signal.alarm(errand.seconds)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)


def _found(path: Path, errand: Errand) -> tuple[dict[str, object], str]:
    """What to say of the file (see extraction.Found), and its text."""
    kind = ""
    try:
        kind = kinds.kind_of(path)
        if kind not in errand.readers:
            raise Unsupported
        text, is_cut = _text(_reader(errand.readers[kind])(path), errand)
    except Refused as error:
        return {"kind": kind, "failure": error.code, "detail": str(error)[:200]}, ""
    except MemoryError:
        return {"kind": kind, "failure": "too_much_memory"}, ""
    except Exception as error:  # noqa: BLE001 - libraries raise anything over what is not as they expect it
        return {"kind": kind, "failure": "damaged", "detail": f"{type(error).__name__}: {error}"[:200]}, ""
    return {"kind": kind, "failure": "", "is_cut": is_cut}, text


def _text(pieces: Iterator[str], errand: Errand) -> tuple[str, bool]:
    """As much as was asked for, or as could be read in half of the time; and whether there was more."""
    until = time.monotonic() + errand.seconds / 2
    parts: list[str] = []
    length, raw, waiting = 0, 0, []
    for piece in pieces:
        waiting.append(piece)
        raw += len(piece)
        is_late = time.monotonic() > until
        if raw >= PART or is_late:
            parts.append(tidied("".join(waiting)))
            length += len(parts[-1])
            raw, waiting = 0, []
            if is_late or length > errand.characters:
                return "".join(parts).strip()[: errand.characters], True
    text = "".join([*parts, tidied("".join(waiting))]).strip()
    return text[: errand.characters], len(text) > errand.characters


def _learn(errand: Errand) -> None:
    """Import what this file needed: the next one of its kind finds it there."""
    with Path(errand.target).open(encoding="utf-8") as answer:
        found = json.loads(answer.readline())
    if not found["failure"]:
        _reader(errand.readers[found["kind"]])


def _reader(dotted: str) -> Reader:
    module, _dot, name = dotted.rpartition(".")
    reader: Reader = getattr(import_module(module), name)
    return reader


if __name__ == "__main__":
    main(Errand(**json.loads(sys.argv[1])))
