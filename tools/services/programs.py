"""Programs and libraries that are no servers: only looked for, installed where missing, and named to the tests."""

import contextlib
import shutil
from collections.abc import Iterator
from ctypes.util import find_library

from tools.services import packages
from tools.services.service import Service, Unavailable


class Program(Service):
    """One program under one of several names, the best first, and the variable that tells its path.

    The packages bring the first names, each its own; of these the best that the distribution has is installed.
    """

    def __init__(
        self, *, name: str, tests: str, commands: list[str], packages: list[str], variable: str = ""
    ) -> None:
        self.name = name
        self.tests = tests
        self.commands = commands
        self.packages = packages
        self.variable = variable

    def install(self) -> None:
        for command, package in zip(self.commands, self.packages, strict=False):
            if shutil.which(command):
                return
            if packages.is_offered(package):
                packages.install(package)
                return
        if self._path() is None:
            packages.install(self.packages[-1])

    @contextlib.contextmanager
    def started(self) -> Iterator[dict[str, str]]:
        path = self._path()
        if path is None:
            raise Unavailable(f"none of {', '.join(self.commands)} was found")
        yield {self.variable: path} if self.variable else {}

    def _path(self) -> str | None:
        return next((path for command in self.commands if (path := shutil.which(command))), None)


class Libraries(Service):
    """Shared libraries that belong together, by the names that the linker knows them by."""

    def __init__(self, *, name: str, tests: str, libraries: list[str], packages: list[str]) -> None:
        self.name = name
        self.tests = tests
        self.libraries = libraries
        self.packages = packages

    def install(self) -> None:
        if self._lacking():
            packages.install(*self.packages)

    @contextlib.contextmanager
    def started(self) -> Iterator[dict[str, str]]:
        if lacking := self._lacking():
            raise Unavailable(f"{', '.join(lacking)} not found")
        yield {}

    def _lacking(self) -> list[str]:
        return [library for library in self.libraries if find_library(library) is None]


PROGRAMS: list[Service] = [
    Program(
        name="Chromium",
        tests="everything in a real browser: journeys, accessibility, visual checks",
        # The shell has the engine alone: the whole browser draws its own windows as well, though nobody sees them.
        commands=["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"],
        packages=["chromium-headless-shell", "chromium"],
        variable="CHROMIUM",
    ),
    Program(
        name="FFmpeg",
        tests="everything that reads or makes video",
        commands=["ffmpeg"],
        packages=["ffmpeg"],
    ),
    Program(
        name="gettext",
        tests="whether the translations know every text of the code",
        commands=["xgettext"],
        packages=["gettext"],
    ),
    Libraries(
        name="Pango",
        tests="slides as PDF",
        libraries=["pango-1.0", "pangoft2-1.0", "harfbuzz-subset"],
        packages=["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"],
    ),
]
