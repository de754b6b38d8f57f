"""Notes are written in their place and read at the foot, on the page, on slides, by programs and in comparisons."""

from typing import Any

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from knowledge import footnotes, rendering, rendering_json, version_diff
from knowledge.blocks.text import TEXT_FEATURES
from knowledge.marks import Recorder
from knowledge.models import EntryPage
from knowledge.page_contents import of_page
from knowledge.rich_text import recorded
from knowledge.slides import composing
from search.texts import BODY, texts_of
from tests import world as worlds


def read(source: str) -> tuple[str, list[str]]:
    """Rich text as it is shown, and the notes at its foot."""
    recorder = Recorder(footnotes.Notes(linked=False))
    html = recorded(source, recorder)
    return html, [note.html for note in recorder.notes]


def mark(number: int) -> str:
    return f'<sup class="footnote-mark" data-footnote="{number}">{number}</sup>'


class TestLifted:
    def test_a_note_leaves_a_number_at_its_word(self) -> None:
        html, notes = read("<p>Cold <footnote> below 5 °C </footnote>, then warm.</p>")
        assert html == f"<p>Cold{mark(1)}, then warm.</p>"
        assert notes == ["below 5 °C"]

    def test_parts_that_the_editor_keeps_apart_are_one_note(self) -> None:
        html, notes = read(
            "<p>Word<footnote>See </footnote><b><footnote>this</footnote></b><footnote> and </footnote>"
            '<a href="https://example.org/"><footnote>that</footnote></a><footnote>.</footnote> On.</p>'
        )
        assert html == f"<p>Word{mark(1)} On.</p>"
        link = '<a href="https://example.org/" rel="noopener noreferrer">that</a>'
        assert notes == [f"See <b>this</b> and {link}."]

    def test_blanks_that_the_editor_moves_out_of_a_note_stay_within(self) -> None:
        html, notes = read("<p>a<footnote>see</footnote> <b><footnote>it</footnote></b> b</p>")
        assert html == f"<p>a{mark(1)} b</p>"
        assert notes == ["see <b>it</b>"]

    def test_a_note_within_other_words(self) -> None:
        html, notes = read("<ul><li><b>bold<footnote>n</footnote></b> end</li></ul>")
        assert html == f"<ul><li><b>bold{mark(1)}</b> end</li></ul>"
        assert notes == ["n"]

    def test_numbers_go_on_and_the_same_words_are_one_note(self) -> None:
        html, notes = read(
            "<p>a<footnote>x</footnote> b<footnote>y</footnote></p><p>c<footnote>x</footnote></p>"
        )
        assert html == f"<p>a{mark(1)} b{mark(2)}</p><p>c{mark(1)}</p>"
        assert notes == ["x", "y"]

    @pytest.mark.parametrize(
        "empty", ["<footnote></footnote>", "<footnote> \u00a0</footnote>", "<footnote><b></b></footnote>"]
    )
    def test_an_empty_note_leaves_nothing(self, empty: str) -> None:
        assert read(f"<p>a{empty}b</p>") == ("<p>ab</p>", [])

    def test_a_paragraph_that_is_all_note_stays_a_paragraph(self) -> None:
        assert read("<p><footnote>all</footnote></p>") == (f"<p>{mark(1)}</p>", ["all"])

    def test_hostile_words(self) -> None:
        html, notes = read(
            '<p>a<footnote onclick="x()"><script>x()</script><footnote>in</footnote>&lt;b&gt;</footnote>'
            '<sup data-footnote="0"></sup></p>'
        )
        assert html == f"<p>a{mark(1)}<sup></sup></p>"
        assert notes == ["in&lt;b&gt;"]

    def test_three_hundred(self) -> None:
        source = "".join(f"<p>w{number}<footnote>n{number}</footnote></p>" for number in range(300))
        html, notes = read(source)
        assert mark(300) in html
        assert len(notes) == 300


class TestEditor:
    @pytest.mark.parametrize(
        "stored",
        [
            "Word<footnote> a note</footnote> on",
            'Word<footnote>see</footnote> <a href="https://example.org/"><footnote>that</footnote></a> on',
            "Word<b><footnote>bold</footnote></b> on",
        ],
    )
    def test_what_is_stored_comes_back_as_it_was(self, stored: str) -> None:
        converter = ContentstateConverter(TEXT_FEATURES)
        kept = converter.to_database_format(converter.from_database_format(f"<p>{stored}</p>"))
        assert kept.partition(">")[2] == f"{stored}</p>"


@pytest.mark.django_db
class TestArticle:
    @pytest.fixture
    def noted(self, world: worlds.World) -> EntryPage:
        return self.with_body(
            world,
            ("text", "<p>Cold<footnote>below five degrees</footnote> and warm.</p>"),
            ("steps", {"items": [{"title": "Clean.", "text": "<p>Feet<footnote>all four</footnote></p>"}]}),
            (
                "callout",
                {"kind": "note", "title": "", "text": "<p>C<footnote>below five degrees</footnote></p>"},
            ),
        )

    def with_body(self, world: worlds.World, *blocks: Any) -> EntryPage:
        page = world.entries["workshop-open"].pages.get().specific
        page.body = list(blocks)
        page.save_revision().publish()
        return EntryPage.objects.select_related("locale", "entry__community").get(pk=page.pk)

    def test_marks_lead_to_notes_and_back(self, world: worlds.World, noted: EntryPage) -> None:
        html = rendering.body_html(noted, world.viewer("employee"))
        for shown in (
            '<a id="fnref-1-1" href="#fn-1" role="doc-noteref" aria-label="Note 1">1</a>',
            '<a id="fnref-1-2" href="#fn-1" role="doc-noteref" aria-label="Note 1">1</a>',
            '<li id="fn-1">below five degrees',
            'href="#fnref-1-2" role="doc-backlink"',
            '<li id="fn-2">all four',
        ):
            assert shown in html
        assert html.count("below five degrees") == 1

    @pytest.mark.slow
    def test_numbers_stay_plain_whatever_the_language(self, world: worlds.World) -> None:
        blocks = [("text", f"<p>w<footnote>n{number}</footnote></p>") for number in range(1001)]
        html = rendering.body_html(self.with_body(world, *blocks), world.viewer("employee"))
        assert 'href="#fn-1001"' in html
        assert '<li id="fn-1001">' in html

    def test_a_closed_entry_is_neither_linked_nor_named(self, world: worlds.World) -> None:
        closed = world.entries["boardroom-open"].pages.get()
        page = self.with_body(
            world, ("text", f'<p>a<a linktype="page" id="{closed.pk}"><footnote>see it</footnote></a></p>')
        )
        assert "/boardroom-open/" not in rendering.body_html(page, world.viewer("employee"))
        assert "/boardroom-open/" in rendering.body_html(page, world.viewer("member"))
        *_, notes = rendering_json.body_json(page, world.viewer("employee"))
        assert notes["value"] == ["see it"]
        *_, notes = rendering_json.body_json(page, world.viewer("member"))
        assert "/boardroom-open/" in notes["value"][0]
        assert of_page(page).pages == {closed.pk}

    def test_programs_get_the_notes_after_the_blocks(self, world: worlds.World, noted: EntryPage) -> None:
        blocks = rendering_json.body_json(noted, world.viewer("employee"))
        assert blocks[-1] == {"type": "footnotes", "id": "", "value": ["below five degrees", "all four"]}
        assert 'href="#fn-1"' in blocks[0]["value"]

    def test_slides_have_the_notes_at_their_foot(self, world: worlds.World, noted: EntryPage) -> None:
        slides = composing.of(noted)
        shown = ["".join(part for part in slide.content if isinstance(part, str)) for slide in slides]
        assert [html.count("below five degrees") for html in shown] == [1, 0, 1]
        assert "<p><sup>2</sup> all four</p>" in shown[1]
        assert not any("#fn" in html for html in shown)

    def test_versions_differ_by_the_words_of_notes_not_by_their_numbers(
        self, world: worlds.World, noted: EntryPage
    ) -> None:
        viewer = world.viewer("employee")
        before = version_diff.body_lines(noted.body, "en", viewer)
        noted.body.insert(0, ("text", "<p>First<footnote>new</footnote></p>"))
        after = version_diff.body_lines(noted.body, "en", viewer)
        rows = version_diff.compare(before, after)
        assert [row.after for row in rows if row.kind == "added"] == ["<ins>First[*]</ins>", "<ins>new</ins>"]
        assert not any(row.kind in {"changed", "removed"} for row in rows)

    def test_the_search_reads_notes(self, world: worlds.World, noted: EntryPage) -> None:
        assert "degre" in texts_of(noted.specific).of(BODY)
