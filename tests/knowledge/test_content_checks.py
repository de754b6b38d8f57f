"""Editors are told what readers would stumble over; nothing of it is in the way."""

from datetime import date
from typing import Any

import pytest

from knowledge import content_checks
from knowledge.models import BestPracticePage, EntryPage
from people.choices import Access
from tests import world as worlds
from tests.world import World


def codes(page: EntryPage) -> list[str]:
    return [finding.code for finding in content_checks.check(page)]


def link(page: EntryPage) -> str:
    return f'<p><a linktype="page" id="{page.pk}">see</a></p>'


def with_body(world: World, entry: str, *blocks: tuple[str, Any]) -> BestPracticePage:
    page = BestPracticePage.objects.get(entry=world.entries[entry])
    page.entry.review_date = date(2030, 1, 1)
    page.body = list(blocks)
    return page


class TestCheck:
    def test_a_good_page_has_nothing_to_mend(self, world: World) -> None:
        blocks = [("heading", {"text": "One", "level": "h2"}), ("heading", {"text": "Two", "level": "h3"})]
        assert codes(with_body(world, "workshop-open", *blocks)) == []

    def test_each_matter_is_found(self, world: World) -> None:
        picture = worlds.picture("bare", world.open, Access.CLOSED)
        page = with_body(
            world,
            "workshop-open",
            ("heading", {"text": "Deep", "level": "h3"}),
            ("image", {"image": picture, "alt_text": "", "caption": "", "credit": ""}),
            ("text", "<p>" + "word " * 151 + "</p>"),
            ("text", link(world.entries["draft"].pages.get())),
        )
        page.summary = " "
        page.entry.review_date = None
        expected = ["summary", "alt-text", "headings", "paragraphs", "links", "files", "review-date"]
        assert codes(page) == expected

    def test_a_description_kept_with_the_picture_is_one(self, world: World) -> None:
        picture = worlds.picture("told", world.open, alt_text="A pump on its bed")
        gallery = {"items": [{"image": picture, "alt_text": "", "caption": "", "credit": ""}] * 2}
        assert codes(with_body(world, "workshop-open", ("gallery", gallery))) == []

    @pytest.mark.parametrize(
        ("source", "target", "is_told"),
        [
            ("workshop-open", "boardroom-open", True),
            ("workshop-open", "workshop-closed", True),
            ("workshop-closed", "workshop-open", False),
            ("workshop-closed", "workshop-classified", True),
            ("workshop-classified", "workshop-closed", True),
            ("workshop-classified", "workshop-open", False),
            ("boardroom-open", "workshop-open", False),
            ("boardroom-classified", "boardroom-closed", False),
            ("vault-open", "vault-classified", True),
            ("vault-closed", "vault-open", False),
        ],
    )
    def test_a_link_is_told_of_where_some_reader_would_not_have_it(
        self, world: World, source: str, target: str, is_told: bool
    ) -> None:
        page = with_body(world, source, ("text", link(world.entries[target].pages.get())))
        assert codes(page) == (["links"] if is_told else [])

    def test_a_hidden_page_and_none_at_all_are_told_in_the_same_words(self, world: World) -> None:
        hidden = with_body(
            world, "workshop-open", ("text", link(world.entries["vault-classified"].pages.get()))
        )
        nothing = with_body(world, "workshop-open", ("text", '<p><a linktype="page" id="99999">see</a></p>'))
        assert content_checks.check(hidden) == content_checks.check(nothing)

    def test_asks_the_same_number_of_questions_however_long_the_page(
        self, world: World, django_assert_max_num_queries: Any
    ) -> None:
        text = link(world.entries["draft"].pages.get())
        page = with_body(world, "workshop-open", *[("text", text)] * 30)
        page.entry.community.access  # noqa: B018 - the page that is edited has it at hand
        with django_assert_max_num_queries(5):
            content_checks.check(page)


class TestEditor:
    def test_the_side_bar_gives_advice_and_the_preview_can_be_checked(
        self, sign_in: Any, world: World
    ) -> None:
        page = world.entries["workshop-open"].pages.get()
        client = sign_in(world.curator)
        editor = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
        assert 'data-finding="review-date"' in editor
        assert "A picture without a description" in editor

    def test_readers_get_no_user_bar(self, sign_in: Any, world: World) -> None:
        page = world.entries["workshop-open"].pages.get()
        assert "wagtail-userbar" not in sign_in(world.curator).get(page.get_url()).content.decode()
