"""Keeps locale/wagtail/*/LC_MESSAGES/*.po: texts of Wagtail and its kin that they do not translate themselves.

The admin speaks five languages; Wagtail's own catalogues are complete in few of them, and have no Hebrew. What they
have stays with them: only what they lack is here, and the words on buttons and in menus that they say otherwise than
ours do, each marked by a comment. `python -m tools.wagtail_messages` adds new texts, empty, and takes away what is
needed no more; a test asks that none is left empty.
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
DOMAINS = ("django", "djangojs")
# The comment of a text that is translated elsewhere too, but in another manner than ours.
INSTEAD = "Instead of what comes with the library."
# Django's admin is not installed, but the filters of the audit log are its own.
DJANGO_ADMIN = Path(django.__file__).parent / "contrib" / "admin" / "locale"
BORROWED = {"Any date", "Today", "Past 7 days", "This month", "This year"}


def wanted(language: str, domain: str = "django") -> list[polib.POEntry]:
    """Texts of the installed apps of the family that are to be translated here, in the order of the apps."""
    found: dict[Key, polib.POEntry] = {}
    known: set[Key] = set()
    needed: set[Key] = set()
    for config in apps.get_app_configs():
        folder = Path(config.path) / "locale"
        texts = {key(entry): entry for entry in _entries(folder / "en", domain)}
        there = {key(entry) for entry in _entries(folder / language, domain) if entry.translated()}
        known |= there
        if config.name.startswith(FAMILY):
            found |= {each: entry for each, entry in texts.items() if each not in found}
            needed |= set(texts) - there
    if domain == "django":
        # What any app translates is translated everywhere: Django lays all catalogues together, except for scripts.
        known |= {key(entry) for entry in _entries(DJANGO / language, domain) if entry.translated()}
        needed -= known
        borrowed = {
            key(entry): entry for entry in _entries(DJANGO_ADMIN / "en", domain) if entry.msgid in BORROWED
        }
        found |= borrowed
        needed |= set(borrowed)
    needed |= {key(entry) for entry in _ours(language, domain) if entry.comment == INSTEAD}
    return [entry for each, entry in found.items() if each in needed]


def catalogue(language: str, domain: str = "django") -> Path:
    return FOLDER / language / "LC_MESSAGES" / f"{domain}.po"


def bring_up_to_date(language: str, domain: str = "django") -> int:
    """Returns how many texts are still to be translated."""
    path = catalogue(language, domain)
    old = {key(entry): entry for entry in _ours(language, domain)}
    new = polib.POFile(wrapwidth=0)
    own = polib.pofile(str(extract_messages.ROOT / "locale" / language / "LC_MESSAGES" / "django.po"))
    kept = ("Language", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Plural-Forms")
    new.metadata = {name: own.metadata[name] for name in kept if name in own.metadata}
    for each in wanted(language, domain):
        entry = polib.POEntry(msgctxt=each.msgctxt, msgid=each.msgid, msgid_plural=each.msgid_plural)
        before = old.get(key(each))
        if before:
            entry.comment = before.comment
        if each.msgid_plural:
            entry.msgstr_plural = (
                before.msgstr_plural if before else dict.fromkeys(range(PLURALS[language]), "")
            )
        elif before:
            entry.msgstr = before.msgstr
        new.append(entry)
    path.parent.mkdir(parents=True, exist_ok=True)
    new.save(str(path))
    return len(new.untranslated_entries())


def _ours(language: str, domain: str) -> list[polib.POEntry]:
    path = catalogue(language, domain)
    return list(polib.pofile(str(path))) if path.exists() else []


def _entries(folder: Path, domain: str) -> list[polib.POEntry]:
    path = folder / "LC_MESSAGES" / f"{domain}.po"
    return [entry for entry in polib.pofile(str(path)) if not entry.obsolete] if path.exists() else []


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
    django.setup()
    for language in extract_messages.LANGUAGES:
        left = sum(bring_up_to_date(language, domain) for domain in DOMAINS)
        print(f"{language}: {left} texts to translate")
    return 0


if __name__ == "__main__":
    sys.exit(main())
