"""Runs every check of the code that is no test, all of them even when one fails, and sums up.

`python -m tools.check types imports` runs only those named.
"""

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent
LONGEST_REPORT = 60


@dataclass(frozen=True)
class Check:
    name: str
    what: str
    command: list[str | Path]
    environment: dict[str, str] = field(default_factory=dict)


# What production wants to know before it loads; none of it is reached.
PRODUCTION = {
    "SECRET_KEY": "".join(map(chr, range(40, 127))),
    "BASE_URL": "https://guildhall.example",
    "ALLOWED_HOSTS": "guildhall.example",
    "DATABASE_URL": "postgres://localhost/none",
    "REDIS_URL": "redis://localhost",
}


def django(*arguments: str, profile: str = "test") -> list[str | Path]:
    return [sys.executable, "manage.py", *arguments, "--settings", f"cms.settings.{profile}"]


CHECKS = [
    Check(
        "format",
        "Python is formatted",
        [PROGRAMS / "ruff", "format", "--check", "--output-format", "concise", "."],
    ),
    Check(
        "lint", "Python follows the rules", [PROGRAMS / "ruff", "check", "--output-format", "concise", "."]
    ),
    Check("types", "Types agree", [PROGRAMS / "mypy"]),
    Check("imports", "Apps import only what lies below them", [PROGRAMS / "lint-imports"]),
    Check("django", "Django finds nothing wrong", django("check", "--fail-level", "WARNING")),
    Check(
        "deploy",
        "Production's settings are safe",
        django("check", "--deploy", "--fail-level", "WARNING", profile="production"),
        PRODUCTION,
    ),
    Check("migrations", "No migration is missing", django("makemigrations", "--check", "--dry-run")),
    Check("compile", "Every template compiles", [sys.executable, "-m", "tools.check_templates"]),
    Check("templates", "Templates follow the rules", [PROGRAMS / "djlint", "templates", "--lint", "--quiet"]),
    Check("translations", "Every text is translated", [sys.executable, "-m", "tools.check_translations"]),
    Check("repository", "Locks and paths are clean", [sys.executable, "-m", "tools.check_repository"]),
    Check(
        "compose",
        "compose.yaml follows the specification",
        [PROGRAMS / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", "compose.yaml"],
    ),
]


def passes(check: Check, environment: dict[str, str]) -> bool:
    begun = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=ROOT,
        env={**environment, **check.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    verdict = "ok  " if done.returncode == 0 else "FAIL"
    print(f"{verdict}  {check.name:<13} {check.what} ({time.monotonic() - begun:.1f} s)", flush=True)
    if done.returncode:
        lines = done.stdout.rstrip().splitlines()
        shown = lines[-LONGEST_REPORT:]
        print("\n".join(f"      {line}" for line in shown), flush=True)
        if len(lines) > len(shown):
            print(f"      (the last {LONGEST_REPORT} of {len(lines)} lines)", flush=True)
    return done.returncode == 0


def main(names: list[str]) -> int:
    unknown = set(names) - {check.name for check in CHECKS}
    if unknown:
        print(f"No such check: {', '.join(sorted(unknown))}. There are: {', '.join(c.name for c in CHECKS)}.")
        return 2
    # The checks look at the code, never at servers that happen to be in the environment.
    environment = {name: value for name, value in os.environ.items() if name not in PRODUCTION}
    failed = [c.name for c in CHECKS if (not names or c.name in names) and not passes(c, environment)]
    print(f"\nFailed: {', '.join(failed)}" if failed else "\nAll is well.")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
