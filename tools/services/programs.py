"""Programs and libraries that are no servers: only looked for, installed where missing, and named to the tests."""

import contextlib
import shutil
from collections.abc import Iterator
from ctypes.util import find_library

from tools.services import packages
from tools.services.service import Service, Unavailable


class Program(Service):
    """One program under one of several names, and the variable that tells its path."""

    def __init__(
        self, *, name: str, tests: str, commands: list[str], package: str, variable: str = ""
    ) -> None:
        self.name = name
        self.tests = tests
        self.commands = commands
        self.package = package
        self.variable = variable

    def install(self) -> None:
        if self._path() is None:
            packages.install(self.package)

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
        commands=["chromium", "chromium-browser", "google-chrome"],
        package="chromium",
        variable="CHROMIUM",
    ),
    Program(
        name="FFmpeg", tests="everything that reads or makes video", commands=["ffmpeg"], package="ffmpeg"
    ),
    Program(
        name="gettext",
        tests="whether the translations know every text of the code",
        commands=["xgettext"],
        package="gettext",
    ),
    Libraries(
        name="Pango",
        tests="slides as PDF",
        libraries=["pango-1.0", "pangoft2-1.0", "harfbuzz-subset"],
        packages=["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"],
    ),
]
