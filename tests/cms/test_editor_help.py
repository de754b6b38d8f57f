"""The help for editors is whole in every language, found by words, and reached from where it is needed."""

from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from cms import editor_help
from knowledge import content_checks
from tests.world import World

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_page_and_anchor(language: str) -> None:
    ours, english = ({page.name: page for page in editor_help.pages(code)} for code in (language, "en"))
    assert list(ours) == list(editor_help.PAGES)
    for name, page in ours.items():
        anchors = [section.anchor for section in page.sections]
        assert anchors == [section.anchor for section in english[name].sections]
        assert page.title
        assert all(section.text for section in page.sections)
        assert not any("{#" in section.title + section.text for section in page.sections)


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_no_language_repeats_the_english(language: str) -> None:
    for ours, english in zip(editor_help.pages(language), editor_help.pages("en"), strict=True):
        assert not {section.text for section in ours.sections} & {
            section.text for section in english.sections
        }


@pytest.mark.parametrize(
    ("language", "question", "anchor"),
    [
        ("en", "describe PICTURE", "alt"),
        ("ru", "опишите", "alt"),
        ("he", "תקציר", "summary"),
        ("bg", "график", "schedule"),
        ("en", "broken twice", "links"),
        ("uk", "прочитання", "reads"),
    ],
)
def test_is_found_by_words(language: str, question: str, anchor: str) -> None:
    with translation.override(language):
        assert anchor in {one.section.anchor for one in editor_help.search(question)}


def test_nothing_is_found_for_nothing() -> None:
    assert editor_help.search("  ") == editor_help.search("xyzzy") == []


def test_every_advice_leads_to_a_heading_there_is() -> None:
    anchors = {
        f"{page.name}#{section.anchor}" for page in editor_help.pages("en") for section in page.sections
    }
    assert set(content_checks.HELP.values()) <= anchors


class TestViews:
    def test_whoever_works_in_the_admin_finds_it_in_the_menu(self, sign_in: Any, world: World) -> None:
        client = sign_in(world.curator)
        assert reverse("editor_help") in client.get("/admin/").content.decode()
        start = client.get(reverse("editor_help") + "?q=alignment<script>").content.decode()
        assert "Writing an entry" in start
        assert "alignment<script>" not in start
        page = client.get(reverse("editor_help_page", args=["pictures"])).content.decode()
        assert 'id="alt"' in page
        assert client.get(reverse("editor_help_page", args=["nothing"])).status_code == 404

    def test_others_do_not_come_in(self, sign_in: Any, world: World) -> None:
        assert sign_in(world.employee).get(reverse("editor_help")).status_code == 403
