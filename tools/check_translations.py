"""Checks that every text of the code is translated into every language, wholly and with its placeholders."""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

from tools import extract_messages

ROOT = extract_messages.ROOT
PLACEHOLDER = re.compile(r"%\([a-zA-Z_]\w*\)[sdif]|%[sdif]|\{[a-zA-Z_]*\}")
PLURAL_FORMS = {"ru": 3, "uk": 3, "bg": 2, "he": 3}

Key = tuple[str | None, str, str]


def key(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text.replace("%%", "")))


def faults_of(entry: polib.POEntry, language: str) -> Iterator[str]:
    if entry.fuzzy:
        yield "is only guessed (fuzzy)"
    translations = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not all(text.strip() for text in translations):
        yield "is not translated"
        return
    if entry.msgid_plural and len(translations) < PLURAL_FORMS[language]:
        yield f"has {len(translations)} plural forms instead of {PLURAL_FORMS[language]}"
    expected = placeholders(entry.msgid) | placeholders(entry.msgid_plural)
    for text in translations:
        unknown = placeholders(text) - expected
        # A plural form for exactly one may leave the number out.
        lost = set() if entry.msgid_plural else expected - placeholders(text)
        if unknown or lost:
            yield f"has other placeholders than the text: {', '.join(sorted(unknown | lost))}"
        if text.startswith("\n") != entry.msgid.startswith("\n"):
            yield "differs in its first line break"


def texts_of_the_code() -> dict[str, set[Key]]:
    """What makemessages finds, by domain, in a copy of the tree, so that the catalogues stay as they are."""
    with tempfile.TemporaryDirectory(prefix="guildhall-messages-") as folder:
        copy = Path(folder)
        listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        files = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
            "\0"
        )
        for name in filter(None, files):
            if (ROOT / name).is_file():
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / name, copy / name)
        (copy / "locale").mkdir(exist_ok=True)
        extract_messages.extract(copy, keep_template=True)
        return {
            path.stem: {key(entry) for entry in polib.pofile(str(path))}
            for path in (copy / "locale").glob("*.pot")
        }


def faults() -> Iterator[str]:
    for domain, texts in texts_of_the_code().items():
        for language in extract_messages.LANGUAGES:
            path = ROOT / "locale" / language / "LC_MESSAGES" / f"{domain}.po"
            name = path.relative_to(ROOT)
            entries = [e for e in polib.pofile(str(path)) if not e.obsolete] if path.exists() else []
            known = {key(entry) for entry in entries}
            for _context, text, _plural in sorted(texts - known, key=str):
                yield f"{name}: lacks {text!r} (make messages adds it)"
            for _context, text, _plural in sorted(known - texts, key=str):
                yield f"{name}: no code uses {text!r} any more (make messages removes it)"
            for entry in entries:
                for fault in faults_of(entry, language):
                    yield f"{name}:{entry.linenum}: {entry.msgid!r} {fault}"


def main() -> int:
    if shutil.which("xgettext") is None:
        print("The gettext programs are needed: apt-get install gettext", file=sys.stderr)
        return 1
    found = list(faults())
    for fault in found[:40]:
        print(fault)
    if len(found) > 40:
        print(f"… and {len(found) - 40} more")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
