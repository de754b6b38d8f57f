"""The text of a file, read by another process (`search.documents.child`), whatever that file does to it."""

import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from django.conf import settings

from search.choices import TextFailure
from search.documents.child import Errand

logger = logging.getLogger("guildhall.documents")

# How much longer than a file may take is waited for the one who should have ended it.
GRACE = 5
OUT_OF_TIME = {signal.SIGALRM, signal.SIGXCPU}


@dataclass(frozen=True)
class Found:
    """The text of a file, `is_cut` where there is more of it than is kept; or why there is none."""

    text: str = ""
    is_cut: bool = False
    failure: str = ""
    detail: str = ""


class Extraction:
    """A process that reads files, started when the first one comes and again after one that it did not survive."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="guildhall-documents-")
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()
        self._folder.cleanup()

    @property
    def folder(self) -> Path:
        """Where a file may be laid that is to be read; it goes with the rest."""
        return Path(self._folder.name)

    def read(self, path: Path) -> Found:
        """What stands in a file. Never raises over what is in it, and takes no longer than the settings allow."""
        answer = self._ask(path)
        if answer is None:
            self._end()
            return Found(failure=TextFailure.TOO_LONG)
        if not answer:
            self._end()
            return Found(failure=TextFailure.CRASHED, detail="the reading process ended")
        status = int(answer)
        if os.WIFSIGNALED(status):
            name = signal.Signals(os.WTERMSIG(status))
            failure = TextFailure.TOO_LONG if name in OUT_OF_TIME else TextFailure.CRASHED
            return Found(failure=failure, detail=name.name)
        if status:
            return Found(failure=TextFailure.CRASHED, detail=f"exit {os.waitstatus_to_exitcode(status)}")
        return self._answer()

    def _ask(self, path: Path) -> str | None:
        """The answer of the process: empty if it is gone, None if it takes too long."""
        process = self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(f"{path}\n")
            process.stdin.flush()
        except BrokenPipeError:
            return ""
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            if not selector.select(settings.DOCUMENT_SECONDS + GRACE):
                return None
        return process.stdout.readline()

    def _answer(self) -> Found:
        with self._target.open(encoding="utf-8") as answer:
            found = json.loads(answer.readline())
            text = answer.read(settings.DOCUMENT_CHARACTERS)
        return Found(text, bool(found.get("is_cut")), found["failure"], found.get("detail", ""))

    @property
    def _target(self) -> Path:
        return self.folder / "text"

    def _started(self) -> subprocess.Popen[str]:
        if self._process is None:
            errand = Errand(
                target=str(self._target),
                readers=settings.DOCUMENT_READERS,
                characters=settings.DOCUMENT_CHARACTERS,
                memory=settings.DOCUMENT_MEMORY,
                seconds=settings.DOCUMENT_SECONDS,
            )
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", "search.documents.child", json.dumps(asdict(errand))],
                cwd=settings.ROOT,
                # Nothing of what this process knows: no address of a database, no secret.
                env={"LANG": "C.UTF-8", "PATH": os.defpath},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                # A group of its own ends as a whole.
                start_new_session=True,
            )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
