"""Keeps locale/wagtail/*/LC_MESSAGES/django.po: texts of Wagtail and its kin that they do not translate themselves.

The admin speaks five languages; Wagtail's own catalogues are complete in few of them, and have no Hebrew. What they
have stays with them: only what they lack is here. `python -m tools.wagtail_messages` adds new texts, empty, and takes
away what is needed no more; a test asks that none is left empty.
"""

import os
import sys
from pathlib import Path

import django
import polib
from django.apps import apps

from tools import extract_messages
from tools.check_translations import Key, key

FOLDER = extract_messages.ROOT / "locale" / "wagtail"
DJANGO = Path(django.__file__).parent / "conf" / "locale"
FAMILY = ("wagtail", "taggit")
PLURALS = {"ru": 4, "uk": 4, "bg": 2, "he": 4}


def lacking(language: str) -> list[polib.POEntry]:
    """Texts of the installed apps of the family that none of them translates, in the order of the apps."""
    found: dict[Key, polib.POEntry] = {}
    known: set[Key] = set()
    for config in apps.get_app_configs():
        folder = Path(config.path) / "locale"
        if config.name.startswith(FAMILY):
            found |= {key(entry): entry for entry in _entries(folder / "en") if key(entry) not in found}
        # What any app translates is translated everywhere: Django lays all catalogues together.
        known |= {key(entry) for entry in _entries(folder / language) if entry.translated()}
    known |= {key(entry) for entry in _entries(DJANGO / language) if entry.translated()}
    return [entry for each, entry in found.items() if each not in known]


def catalogue(language: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / "django.po"


def bring_up_to_date(language: str) -> int:
    """Returns how many texts are still to be translated."""
    path = catalogue(language)
    old = {key(entry): entry for entry in (polib.pofile(str(path)) if path.exists() else ())}
    new = polib.POFile(wrapwidth=0)
    own = polib.pofile(str(extract_messages.ROOT / "locale" / language / "LC_MESSAGES" / "django.po"))
    kept = ("Language", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Plural-Forms")
    new.metadata = {name: own.metadata[name] for name in kept if name in own.metadata}
    for wanted in lacking(language):
        entry = polib.POEntry(msgctxt=wanted.msgctxt, msgid=wanted.msgid, msgid_plural=wanted.msgid_plural)
        before = old.get(key(wanted))
        if wanted.msgid_plural:
            entry.msgstr_plural = (
                before.msgstr_plural if before else dict.fromkeys(range(PLURALS[language]), "")
            )
        elif before:
            entry.msgstr = before.msgstr
        new.append(entry)
    path.parent.mkdir(parents=True, exist_ok=True)
    new.save(str(path))
    return len(new.untranslated_entries())


def _entries(folder: Path) -> list[polib.POEntry]:
    path = folder / "LC_MESSAGES" / "django.po"
    return [entry for entry in polib.pofile(str(path)) if not entry.obsolete] if path.exists() else []


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
    django.setup()
    for language in extract_messages.LANGUAGES:
        print(f"{language}: {bring_up_to_date(language)} texts to translate")
    return 0


if __name__ == "__main__":
    sys.exit(main())
