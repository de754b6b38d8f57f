"""The admin speaks every language of the site, whatever Wagtail's own catalogues hold."""

import polib
import pytest
from django.utils import translation
from django.utils.translation import gettext

from tools import extract_messages, wagtail_messages
from tools.check_translations import faults_of, key


@pytest.mark.parametrize("language", extract_messages.LANGUAGES)
def test_what_wagtail_lacks_stands_in_ours_and_nothing_else(language: str) -> None:
    entries = polib.pofile(str(wagtail_messages.catalogue(language)))
    assert {key(entry) for entry in entries} == {key(entry) for entry in wagtail_messages.lacking(language)}
    assert [(entry.msgid, fault) for entry in entries for fault in faults_of(entry, language)] == []


@pytest.mark.parametrize(
    ("language", "shown"),
    [("ru", "Отчеты"), ("uk", "Звіти"), ("bg", "Отчети"), ("he", "דוחות")],
)
def test_the_admin_speaks_it(language: str, shown: str) -> None:
    with translation.override(language):
        assert gettext("Reports") == shown
