"""Collects the texts that the code marks for translation into locale/*/LC_MESSAGES/*.po."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("ru", "uk", "bg", "he")
IGNORED = (
    "node_modules/*",
    "static/*",
    "staticfiles/*",
    "var/*",
    "tests/*",
    "tools/*",
    "benchmarks/*",
    ".venv/*",
)
DOMAINS = {"django": "html,txt,py", "djangojs": "js,mjs"}


def extract(root: Path = ROOT, *, keep_template: bool = False) -> None:
    """Runs makemessages in a checkout; `keep_template` leaves the bare list (.pot) in locale/ as well."""
    for domain, extensions in DOMAINS.items():
        options = ["--domain", domain, "--extension", extensions, "--no-wrap", "--no-obsolete"]
        options += ["--add-location", "file"]
        options += [word for pattern in IGNORED for word in ("--ignore", pattern)]
        options += [word for language in LANGUAGES for word in ("--locale", language)]
        if keep_template:
            options.append("--keep-pot")
        subprocess.run(
            [sys.executable, "manage.py", "makemessages", *options],
            cwd=root,
            check=True,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.embedded"},
        )


def steady(catalogue: Path) -> None:
    """Drops the moment of extraction, which would change the file at every run."""
    lines = catalogue.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith('"POT-Creation-Date:')]
    catalogue.write_text("".join(kept), encoding="utf-8")


if __name__ == "__main__":
    extract()
    for path in sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po")):
        steady(path)
        print(path.relative_to(ROOT))
