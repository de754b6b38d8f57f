"""Bodies as slides: one idea each, and the author's marks before the rules."""

import re
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knowledge.models import EntryPage
from knowledge.slides import composing, deck
from knowledge.slides.composing import MOST_ROWS, ROWS, Slide
from people.choices import Access
from tests import world as worlds

pytestmark = pytest.mark.django_db
LONG = "<p>" + "We measured the gap on every set before it went out. " * 25 + "</p>"


def page_of(world: worlds.World, body: list[Any], slug: str = "workshop-open") -> EntryPage:
    page = world.entries[slug].pages.get().specific
    page.body = body
    page.save_revision().publish()
    return EntryPage.objects.for_reading().get(pk=page.pk)


def composed(world: worlds.World, *body: Any) -> tuple[Slide, ...]:
    return composing.of(page_of(world, list(body)))


def html(slide: Slide) -> str:
    return "".join(part for part in slide.content if isinstance(part, str))


def heading(text: str, level: str = "h2") -> Any:
    return "heading", {"text": text, "level": level}


def table(rows: int) -> Any:
    cells = [{"values": [f"<p>{row}</p>", "<p>0.19</p>"]} for row in range(rows)]
    columns = [{"type": "text", "heading": "Speed"}, {"type": "text", "heading": "Limit"}]
    return "table", {"caption": "Tolerances", "table": {"columns": columns, "rows": cells, "caption": ""}}


def mark(follows: str, title: str = "", notes: str = "") -> Any:
    return "slide", {"follows": follows, "title": title, "notes": notes}


class TestRules:
    def test_each_block_has_its_slide_under_the_heading_of_its_section(self, world: worlds.World) -> None:
        slides = composed(
            world,
            heading("What we saw"),
            ("text", "<p>One</p>"),
            heading("On the mill", "h3"),
            ("quote", {"text": "<p>Never</p>", "attribution": "A fitter"}),
        )
        assert [(slide.title, slide.section, slide.layout) for slide in slides] == [
            ("What we saw", "", "text"),
            ("On the mill", "What we saw", "quote"),
        ]

    def test_a_heading_that_nothing_follows_is_not_lost(self, world: worlds.World) -> None:
        slides = composed(world, heading("Part one"), heading("Inside", "h3"), ("text", "<p>Words</p>"))
        assert [(slide.title, slide.layout) for slide in slides] == [
            ("Part one", "section"),
            ("Inside", "text"),
        ]
        assert composed(world, heading("Alone"))[0].layout == "section"

    def test_long_text_goes_over_several_slides_that_say_so(self, world: worlds.World) -> None:
        slides = composed(world, heading("Story"), ("text", LONG))
        assert [slide.part for slide in slides] == list(range(1, len(slides) + 1))
        assert {slide.parts_in_all for slide in slides} == {len(slides)} != {1}
        assert len({slide.id for slide in slides}) == len(slides)

    def test_steps_keep_their_numbers(self, world: worlds.World) -> None:
        steps = [
            {"title": f"Step {number}", "text": "<p>" + "do it well. " * 20 + "</p>"} for number in range(6)
        ]
        slides = composed(world, ("steps", {"items": steps}))
        assert len(slides) > 1
        assert [f'value="{number}"' in "".join(map(html, slides)) for number in range(1, 7)] == [True] * 6

    def test_a_table_of_200_rows_is_cut_and_says_what_is_left(self, world: worlds.World) -> None:
        slides = composed(world, table(200))
        assert len(slides) == MOST_ROWS / ROWS
        assert all('<th scope="col">Speed</th>' in html(slide) for slide in slides)
        assert "160 more rows stand in the entry." in html(slides[-1])
        assert "more row" not in html(slides[-2])

    def test_a_table_of_41_rows_and_one_of_40(self, world: worlds.World) -> None:
        assert "1 more row stands in the entry." in html(composed(world, table(41))[-1])
        assert "more row" not in html(composed(world, table(40))[-1])

    def test_figures_come_four_to_a_slide(self, world: worlds.World) -> None:
        items = [{"measure": f"m{number}", "unit": "", "after": Decimal(number)} for number in range(9)]
        slides = composed(world, ("figures", {"items": items, "caption": "Gains"}))
        assert [html(slide).count("<li>") for slide in slides] == [4, 4, 1]

    def test_an_entry_of_one_sentence_and_one_of_none(self, world: worlds.World) -> None:
        assert len(composed(world, ("text", "<p>That is all.</p>"))) == 1
        assert composed(world) == ()

    def test_30_000_words(self, world: worlds.World) -> None:
        body = [("text", "<p>" + "Every word of this long story counts. " * 430 + "</p>")] * 10
        slides = composed(world, *body)
        assert 300 < len(slides) < 600

    def test_all_hebrew_with_english_formulas(self, world: worlds.World) -> None:
        formulas = ("T = 80.5 °C", "η = 0.87 (P = 12.5 kW)", "v ≤ 0.19 m/s", "x₁ < 3.14 · x₂")
        sentences = [f"בדקנו שהחום בריתוך אינו עולה על הגבול: {formula}." for formula in formulas] * 12
        text = " ".join(sentences).replace("<", "&lt;")
        worlds.entry(
            "hebrew", world.open, world.lead, language="he",
            body=[heading("מה מדדנו"), ("text", f"<p>{text}</p>")],
        )  # fmt: skip
        slides = composing.of(EntryPage.objects.for_reading().get(slug="hebrew"))
        assert len(slides) > 2
        assert {slide.title for slide in slides} == {"מה מדדנו"}
        shown = [sentence for slide in slides for sentence in re.findall(r"בדקנו.+?\.(?!\d)", html(slide))]
        assert [unescape(sentence) for sentence in shown] == sentences, "none is torn, lost or out of order"

    def test_labels_are_in_the_language_of_the_page(self, world: worlds.World) -> None:
        worlds.entry(
            "hebrew", world.open, world.lead, language="he",
            body=[table(200), ("callout", {"kind": "warning", "title": "", "text": "<p>חם: T = 80 °C</p>"})],
        )  # fmt: skip
        slides = composing.of(EntryPage.objects.for_reading().get(slug="hebrew"))
        assert "more rows" not in html(slides[-2])
        assert "Warning" not in html(slides[-1])


class TestMarks:
    def test_what_follows_stands_together(self, world: worlds.World) -> None:
        slides = composed(
            world,
            heading("Result"),
            mark("together", notes="Wait for questions."),
            ("text", "<p>One</p>"),
            table(3),
            heading("Next"),
            ("text", "<p>Two</p>"),
        )
        assert [(slide.title, slide.layout) for slide in slides] == [("Result", "mixed"), ("Next", "text")]
        assert "<p>One</p>" in html(slides[0])
        assert "Tolerances" in html(slides[0])
        assert (slides[0].notes, slides[1].notes) == ("Wait for questions.", "")

    def test_what_follows_is_left_out_up_to_the_next_heading(self, world: worlds.World) -> None:
        slides = composed(
            world,
            heading("Detail"),
            mark("out"),
            ("text", "<p>Hidden</p>"),
            heading("Next"),
            ("text", "<p>Two</p>"),
        )
        assert [slide.title for slide in slides] == ["Next"]

    def test_a_slide_gets_its_own_title(self, world: worlds.World) -> None:
        slides = composed(
            world, heading("Story"), mark("begin", "In short"), ("text", "<p>One</p>"), ("text", LONG)
        )
        assert [slide.title for slide in slides[:2]] == ["Story", "In short"]
        assert slides[1].section == "Story"

    def test_a_mark_ends_what_another_held_together(self, world: worlds.World) -> None:
        slides = composed(
            world,
            mark("together"),
            ("text", "<p>One</p>"),
            mark("together"),
            ("text", "<p>Two</p>"),
            ("text", "<p>3</p>"),
        )
        assert ["<p>One</p>" in html(slide) for slide in slides] == [True, False]
        assert "<p>Two</p>" in html(slides[1])
        assert "<p>3</p>" in html(slides[1])

    def test_they_leave_no_trace_in_the_article(self, world: worlds.World, sign_in: Any) -> None:
        page_of(world, [mark("together", "Short title", "Said aloud"), ("text", "<p>Words</p>")])
        answer = sign_in(world.employee).get("/en/communities/workshop/workshop-open/").content.decode()
        assert "<p>Words</p>" in answer
        assert "Said aloud" not in answer
        assert "Short title" not in answer


class TestReaders:
    def test_slides_of_which_nothing_is_left_are_left_out(self, world: worlds.World) -> None:
        secret = worlds.picture("secret", world.closed, Access.CLOSED)
        page = page_of(world, [("image", {"image": secret}), ("text", "<p>Words</p>")])
        shown = deck.of(page, world.viewer("employee"), "https://guildhall.example")
        assert [each.slide.layout for each in shown.slides] == ["text"]
        inside = deck.of(page, world.viewer("member"), "https://guildhall.example")
        assert [each.slide.layout for each in inside.slides] == ["picture", "text"]

    def test_the_last_slide_leads_to_the_entry(self, world: worlds.World) -> None:
        page = page_of(world, [("text", "<p>Words</p>")])
        found = deck.of(page, world.viewer("employee"), "https://guildhall.example")
        assert found.url == "https://guildhall.example/en/communities/workshop/workshop-open/"
        assert found.code.startswith("<svg")


@pytest.mark.slow
def test_queries_do_not_grow_with_slides(world: worlds.World, sign_in: Any) -> None:
    def asked(times: int) -> int:
        picture = worlds.picture(f"picture-{times}", world.open)
        document = worlds.document(f"paper-{times}", world.open)
        other = world.entries["workshop-closed"].pages.get()
        link = f'<p><a linktype="page" id="{other.pk}">that</a></p>'
        page_of(
            world,
            [
                ("text", link),
                ("image", {"image": picture}),
                ("document", {"document": document, "description": ""}),
                ("people", {"people": [world.lead], "caption": ""}),
            ]
            * times,
        )
        client = sign_in(world.employee)
        address = f"/entries/{world.entries['workshop-open'].key}/slides/en/"
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    few, many = asked(1), asked(7)
    assert few == many
    assert many <= 10
