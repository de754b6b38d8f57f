"""Compiles a catalogue of translations (.po) into the form that Django reads (.mo), without gettext."""

import sys
from pathlib import Path

import polib


def compile_catalogue(source: Path, target: Path) -> None:
    catalogue = polib.pofile(str(source), encoding="utf-8")
    unfinished = target.with_suffix(".mo.part")
    catalogue.save_as_mofile(str(unfinished))
    unfinished.replace(target)


if __name__ == "__main__":
    compile_catalogue(Path(sys.argv[1]), Path(sys.argv[2]))
