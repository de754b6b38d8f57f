import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template

from core.facet_groups import Option
from core.templatetags import interface

ROOT = Path(settings.ROOT)


class TestIsolated:
    def test_what_follows_a_name_in_a_sentence_does_not_join_it(self) -> None:
        assert interface.isolated("Thomas Hughes") == "\u2068Thomas Hughes\u2069"

    def test_is_escaped_as_the_text_would_be(self) -> None:
        assert "&lt;b&gt;" in Template("{% load interface %}{{ name|isolated }}").render(
            Context({"name": "<b>"})
        )


class TestIcon:
    def test_decoration_is_hidden_from_screen_readers(self) -> None:
        drawn = interface.icon("lock")
        assert 'aria-hidden="true"' in drawn
        assert "icons.svg#lock" in drawn

    def test_with_a_label_it_speaks_and_the_label_is_escaped(self) -> None:
        drawn = interface.icon("lock", label='<b>"closed"')
        assert 'role="img"' in drawn
        assert "<b>" not in drawn

    def test_arrows_turn_round_in_right_to_left_pages_and_others_do_not(self) -> None:
        assert "icon-directional" in interface.icon("arrow-right")
        assert "icon-directional" not in interface.icon("check")

    def test_every_icon_that_templates_name_is_built(self) -> None:
        """In the admin they are Wagtail's."""
        built = set((ROOT / "frontend" / "icons.txt").read_text().split())
        naming = re.compile(r"""{% icon ["']([\w-]+)["']|\bicon=["']([\w-]+)["']""")
        missing = {
            f"{template.relative_to(ROOT)}: {name}"
            for template in (ROOT / "templates").rglob("*.html")
            if "admin" not in template.parts
            for found in naming.findall(template.read_text())
            for name in found
            if name and name not in built
        }
        assert not missing

    def test_every_directional_icon_is_built(self) -> None:
        built = set((ROOT / "frontend" / "icons.txt").read_text().split())
        assert built >= interface.DIRECTIONAL_ICONS


@pytest.mark.parametrize(
    ("language", "expected"), [("he", "rtl"), ("en", "ltr"), ("uk", "ltr"), ("", "auto"), (None, "auto")]
)
def test_direction(language: str | None, expected: str) -> None:
    assert interface.direction(language) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("he", 'lang="he" dir="rtl"'), ("en", 'lang="en" dir="ltr"'), ("", 'dir="auto"'), (None, 'dir="auto"')],
)
def test_spoken(language: str | None, expected: str) -> None:
    assert interface.spoken(language) == expected


class TestFacetOptions:
    def test_what_is_known_of_each_is_written_and_escaped(self) -> None:
        given = Option("<x>", "<b>", count=0, selected=True, lang="he")
        assert interface.facet_options([given], "kind") == (
            '<label><input class="form-check-input" type="checkbox" id="facet-kind-1" name="kind" value="&lt;x&gt;"'
            ' checked><span class="name" lang="he"><bdi>&lt;b&gt;</bdi></span><span class="count">0</span></label>'
        )

    def test_a_dictionary_says_as_much(self) -> None:
        given: dict[str, Any] = {"value": "x", "label": "X", "count": 12, "selected": True}
        drawn = interface.facet_options([given], "kind", "radio")
        assert drawn == interface.facet_options([Option(**given)], "kind", "radio")
        assert 'type="radio"' in drawn

    def test_those_behind_the_first_are_numbered_on(self) -> None:
        options = [Option(value, value.upper()) for value in "abc"]
        assert re.findall(r'id="([\w-]+)"', interface.facet_options(options, "n", end="2")) == [
            "facet-n-1",
            "facet-n-2",
        ]
        assert re.findall(r'id="([\w-]+)"', interface.facet_options(options, "n", start="2")) == ["facet-n-3"]

    @pytest.mark.parametrize(("shown", "has_more"), [("2", True), ("3", False)])
    def test_the_group_folds_what_is_too_much(self, shown: str, has_more: bool) -> None:
        group = '{% cotton facet-group legend="L" name="n" shown="{{ shown }}" :options="options" %}{% endcotton %}'
        options = [Option(value, value.upper()) for value in "abc"]
        drawn = Template(group).render(Context({"options": options, "shown": shown}))
        assert re.findall(r'value="(\w)"', drawn) == ["a", "b", "c"]
        assert ("<details" in drawn, drawn.count("</details>")) == (has_more, int(has_more))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Owen Hughes", "OH"),
        ("Анна Сергеевна Морозова", "АМ"),
        ("נועה לוי", "נל"),
        ("plato", "P"),
        ("  ", "?"),
        (None, "?"),
        ("Owen (ext.)", "O"),
    ],
)
def test_initials(name: str | None, expected: str) -> None:
    assert interface.initials(name) == expected


def test_avatar_colour_is_the_same_each_time_and_uses_all_five() -> None:
    names = [f"Person {number}" for number in range(60)]
    colours = [interface.avatar_colour(name) for name in names]
    assert colours == [interface.avatar_colour(name) for name in names]
    assert set(colours) == set(interface.AVATAR_COLOURS)


@pytest.mark.parametrize(
    ("number", "pages", "expected"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (4, 7, [1, 2, 3, 4, 5, 6, 7]),
        (7, 20, [1, None, 6, 7, 8, None, 20]),
        (1, 20, [1, 2, None, 20]),
        (20, 20, [1, None, 19, 20]),
    ],
)
def test_page_window(number: int, pages: int, expected: list[int | None]) -> None:
    page = Paginator(range(pages * 10), 10).page(number)
    assert interface.page_window(page) == expected
