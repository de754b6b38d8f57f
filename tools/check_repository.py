"""Checks what the repository may not hold: registry addresses, paths of one machine, locks without hashes."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# What is looked for, in which files.
FORBIDDEN = [
    ("an address that a package was resolved to", r'"resolved":', r"lock.*\.json$"),
    ("an index address", r"^ *(--(extra-)?index-url|--find-links|-i )", r"(requirements.*|\.txt|\.in)$"),
    ("a registry address", r"^ *(@[^ ]+:)?registry *=", r"\.npmrc$"),
    (
        "a registry address",
        r"""registry *= *"?http|(index|source)-url *= *"?http|<url>http""",
        r"\.(toml|cfg|xml)$",
    ),
    ("a path of one machine", r"(^|[^A-Za-z0-9_.-])/(home|root|work|farm|Users)/", r""),
    ("a note to oneself", r"\b(TODO|FIXME|XXX)\b", r"\.(py|html|js|mjs|css|sh)$"),
]
GRAB_BAGS = re.compile(r"(^|/)(utils|helpers|common|misc)\.py$")
LARGEST_KILOBYTES = 1024


def tracked() -> list[str]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in answer.stdout.split("\0") if name and (ROOT / name).is_file()]


def forbidden_texts(name: str, text: str) -> Iterator[str]:
    if name == Path(__file__).relative_to(ROOT).as_posix():
        return
    for what, pattern, files in FORBIDDEN:
        if not re.search(files, name):
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            if re.search(pattern, line):
                yield f"{name}:{number}: {what}: {line.strip()[:100]}"


def unhashed(name: str, text: str) -> Iterator[str]:
    """Requirements of a lock that carry no hash."""
    for requirement in re.split(r"\n(?=[A-Za-z0-9])", text.replace("\\\n", " ")):
        first = requirement.split()[0] if requirement.split() else ""
        if "==" in first and "--hash=sha256:" not in requirement:
            yield f"{name}: {first} has no hash"


def names_in(requirements: str) -> set[str]:
    """The packages that a list of requirements or a lock begins lines with, in their normal spelling."""
    names = re.findall(r"^([A-Za-z0-9][A-Za-z0-9._-]*)", requirements, flags=re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", name).lower() for name in names}


def unlocked(name: str, text: str) -> Iterator[str]:
    """What is wanted but was not resolved since."""
    lock = (ROOT / name).with_suffix(".txt")
    for package in sorted(names_in(text) - names_in(lock.read_text() if lock.exists() else "")):
        yield f"{name}: {package} is not in the lock (make lock adds it)"


def faults() -> Iterator[str]:
    for name in tracked():
        path = ROOT / name
        if GRAB_BAGS.search(name):
            yield f"{name}: name the idea instead"
        if path.stat().st_size > LARGEST_KILOBYTES * 1024:
            yield f"{name}: larger than {LARGEST_KILOBYTES} kB"
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        yield from forbidden_texts(name, text)
        if re.fullmatch(r"requirements/\w+\.txt", name):
            yield from unhashed(name, text)
        if re.fullmatch(r"requirements/\w+\.in", name):
            yield from unlocked(name, text)


def main() -> int:
    found = list(faults())
    print("\n".join(found[:40]))
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
