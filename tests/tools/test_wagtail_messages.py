"""The admin speaks every language of the site, whatever Wagtail's own catalogues hold."""

import json

import polib
import pytest
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation import gettext
from django.views.i18n import JavaScriptCatalog

from tools import extract_messages, wagtail_messages
from tools.check_translations import faults_of, key


@pytest.mark.parametrize("domain", wagtail_messages.DOMAINS)
@pytest.mark.parametrize("language", extract_messages.LANGUAGES)
def test_what_wagtail_lacks_stands_in_ours_and_nothing_else(language: str, domain: str) -> None:
    entries = polib.pofile(str(wagtail_messages.catalogue(language, domain)))
    wanted = wagtail_messages.wanted(language, domain)
    assert {key(entry) for entry in entries} == {key(entry) for entry in wanted}
    assert [(entry.msgid, fault) for entry in entries for fault in faults_of(entry, language)] == []


@pytest.mark.parametrize(
    ("language", "shown"),
    [("ru", "Отчеты"), ("uk", "Звіти"), ("bg", "Отчети"), ("he", "דוחות")],
)
def test_the_admin_speaks_it(language: str, shown: str) -> None:
    with translation.override(language):
        assert gettext("Reports") == shown


@pytest.mark.parametrize(
    ("language", "shown"),
    [("ru", "Главное меню"), ("uk", "Головне меню"), ("bg", "Главно меню"), ("he", "תפריט ראשי")],
)
def test_the_scripts_of_the_admin_speak_it(rf: RequestFactory, language: str, shown: str) -> None:
    with translation.override(language):
        catalogue = JavaScriptCatalog.as_view(packages=["wagtail.admin"])(rf.get("/"))
    assert f'"Main menu": {json.dumps(shown)}' in catalogue.content.decode()


def test_one_thing_has_one_word() -> None:
    with translation.override("bg"):
        assert (gettext("Snippets"), gettext("Popular tags")) == ("Фрагменти", "Популярни етикети")
        assert (gettext("Save"), gettext("Delete")) == ("Запазете", "Изтрийте")
    with translation.override("he"):
        assert (gettext("slug"), gettext("New slug")) == ("מזהה כתובת", "מזהה כתובת חדש")
        assert (gettext("Save"), gettext("Delete")) == ("שמירה", "מחיקה")
