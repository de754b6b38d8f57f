"""Checks that every template compiles, also those that no test happens to render."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"


def faults() -> Iterator[str]:
    from django.template import TemplateSyntaxError
    from django.template.loader import get_template

    for path in sorted(TEMPLATES.rglob("*.*")):
        name = path.relative_to(TEMPLATES).as_posix()
        try:
            get_template(name)
        except TemplateSyntaxError as error:
            yield f"templates/{name}: {error}"


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
    django.setup()
    found = list(faults())
    print("\n".join(found))
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
