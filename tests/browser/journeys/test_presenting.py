"""Somebody presents an entry: by the keyboard, with notes on a second screen, on a phone, on paper."""

import io
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests import world as worlds
from tests.browser.journeys.walk import Walk
from tests.world import World

pytestmark = pytest.mark.browser
# Where a sign begins on the screen.
EDGE = """(box, sign) => {
    const text = box.firstChild, range = document.createRange();
    range.setStart(text, text.data.indexOf(sign));
    range.setEnd(text, text.data.indexOf(sign) + 1);
    return range.getBoundingClientRect().left;
}"""


@pytest.fixture
def slides(world: World) -> str:
    """The address of a presentation of six slides."""
    page = world.entries["workshop-open"].pages.get().specific
    picture = worlds.picture("wide", world.open)
    rows = [
        {"values": [f"<p>{row}</p>", "<p>a cell of many words that takes two lines</p>"]} for row in range(8)
    ]
    columns = [{"type": "text", "heading": "Speed"}, {"type": "text", "heading": "What was seen"}]
    page.body = [
        ("heading", {"text": "What we saw", "level": "h2"}),
        ("slide", {"follows": "begin", "title": "", "notes": "Breathe first."}),
        ("text", "<p>Cracks at the weld.</p>"),
        ("image", {"image": picture, "alt_text": "The weld", "caption": "The weld"}),
        ("heading", {"text": "What we did", "level": "h2"}),
        ("table", {"caption": "", "table": {"columns": columns, "rows": rows, "caption": ""}}),
        ("callout", {"kind": "tip", "title": "", "text": "<p>Weld twice.</p>"}),
    ]
    page.save_revision().publish()
    return f"/entries/{world.entries['workshop-open'].key}/slides/en/"


def swipe(page: Page, across: int) -> None:
    """A finger goes so many pixels to the right, or with a negative number to the left."""
    hand = page.context.new_cdp_session(page)
    begin, height = 195 - across / 2, 420

    def touch(kind: str, *points: dict[str, float]) -> None:
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    touch("touchStart", {"x": begin, "y": height})
    for step in range(1, 9):
        touch("touchMove", {"x": begin + across * step / 8, "y": height})
    touch("touchEnd")
    hand.detach()


def shown(page: Page) -> Any:
    return page.locator(".deck-frame section.present")


def test_by_the_keyboard(walk: Walk, world: World, slides: str) -> None:
    walk.sign_in(world.employee)
    page = walk.page
    walk.go("/en/communities/workshop/workshop-open/")
    walk.follow("Present")
    expect(shown(page)).to_contain_text("Title of workshop-open")

    page.keyboard.press("ArrowRight")
    expect(shown(page)).to_contain_text("Cracks at the weld.")
    expect(page.locator("[data-place]")).to_have_text("2 / 6")
    expect(page).to_have_url(re.compile("#/s-"))
    here = page.url
    page.keyboard.press("End")
    expect(shown(page)).to_contain_text("Questions?")

    page.keyboard.press("o")
    overview = page.get_by_role("dialog", name="All slides")
    expect(overview.get_by_role("button", name="What we did")).to_have_count(2)
    walk.inspect_here()
    overview.get_by_role("button", name="4: What we did").click()
    expect(shown(page)).to_contain_text("a cell of many words")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(shown(page)).to_contain_text("a cell of many words")

    page.goto(here)
    expect(shown(page)).to_contain_text("Cracks at the weld.")
    walk.inspect(slides)
    assert walk.complaints == []


def test_on_the_whole_screen(walk: Walk, world: World, slides: str) -> None:
    walk.sign_in(world.employee)
    page = walk.page
    walk.go(slides)
    expect(shown(page)).to_be_visible()
    whole = "() => document.fullscreenElement?.classList.contains('deck-frame') ?? false"
    assert not page.evaluate(whole)
    page.keyboard.press("f")
    page.wait_for_function(whole)
    page.keyboard.press("ArrowRight")
    expect(shown(page)).to_contain_text("Cracks at the weld.")
    page.evaluate("document.exitFullscreen()")
    page.wait_for_function("() => document.fullscreenElement === null")
    page.get_by_role("button", name="Full screen").click()
    page.wait_for_function(whole)


def test_with_notes_on_a_second_screen(walk: Walk, world: World, slides: str) -> None:
    walk.sign_in(world.employee)
    page = walk.page
    walk.go(slides)
    expect(shown(page)).to_be_visible()
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    desk = opened.value
    expect(desk.locator("[data-notes]")).to_have_text("No notes for this slide.")

    page.keyboard.press("ArrowRight")
    expect(desk.locator("[data-notes]")).to_have_text("Breathe first.")
    expect(desk.locator("[data-stage=now]")).to_contain_text("Cracks at the weld.")
    desk.keyboard.press("ArrowRight")
    expect(shown(page)).to_contain_text("The weld")
    expect(desk.get_by_role("button", name="Pause")).to_be_visible()
    expect(desk.locator("[data-timer]")).to_have_text(re.compile("0:0[1-9]"))
    desk.keyboard.press("Home")
    expect(shown(page)).to_contain_text("Title of workshop-open")
    walk.inspect(f"{slides}?view=speaker")
    assert walk.complaints == []


def test_a_slide_that_is_too_full_is_set_smaller(walk: Walk, world: World, slides: str) -> None:
    walk.sign_in(world.employee)
    page = walk.page
    for width, height in ((1280, 776), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        walk.go(slides)
        expect(shown(page)).to_be_visible()
        for _slide in range(5):
            page.keyboard.press("ArrowRight")
        page.wait_for_timeout(300)
        over = page.evaluate(
            "[...document.querySelectorAll('.deck-frame section')].filter(each => each.offsetParent)"
            ".flatMap(each => [...each.querySelectorAll('.content, .words')])"
            ".filter(box => box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1).length"
        )
        assert over == 0


def test_on_paper_from_the_browser(walk: Walk, world: World, slides: str) -> None:
    walk.sign_in(world.employee)
    page = walk.page
    walk.go(slides)
    expect(shown(page)).to_be_visible()
    pages = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    texts = [each.extract_text() for each in pages]
    assert len(texts) == 6
    assert "Cracks at the weld." in texts[1]
    assert "Questions?" in texts[5]


@pytest.fixture
def hebrew(world: World) -> str:
    """The address of a presentation that is read from right to left."""
    worlds.entry(
        "hebrew",
        world.open,
        world.lead,
        language="he",
        title="כותרת",
        body=[("text", "<p>סדקים בריתוך: T = 80 °C</p>")],
    )
    return f"/entries/{world.open.entries.get(slug='hebrew').key}/slides/he/"


def test_where_one_reads_from_right_to_left(walk: Walk, world: World, hebrew: str) -> None:
    walk.sign_in(world.employee)
    page = walk.page
    walk.go(hebrew)
    expect(shown(page)).to_contain_text("כותרת")
    page.keyboard.press("ArrowLeft")
    expect(shown(page)).to_contain_text("סדקים בריתוך")
    formula = shown(page).locator("p", has_text="T = 80 °C")
    temperature, number, unit, word = (formula.evaluate(EDGE, sign) for sign in ("T", "8", "C", "ס"))
    assert temperature < number < unit < word, "the formula runs from left to right, left of what leads to it"
    page.keyboard.press("ArrowRight")
    expect(shown(page)).to_contain_text("כותרת")


def test_by_a_finger_on_a_phone(phone: Walk, world: World, slides: str) -> None:
    phone.sign_in(world.employee)
    page = phone.page
    phone.go(slides)
    expect(shown(page)).to_contain_text("Title of workshop-open")
    swipe(page, -200)
    expect(shown(page)).to_contain_text("Cracks at the weld.")
    swipe(page, -200)
    expect(shown(page)).to_contain_text("The weld")
    swipe(page, 200)
    expect(shown(page)).to_contain_text("Cracks at the weld.")
    # Before the first there is nothing, and a finger that hardly moves means nothing.
    swipe(page, 200)
    swipe(page, 200)
    swipe(page, -15)
    expect(shown(page)).to_contain_text("Title of workshop-open")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_phone_is_turned_while_all_slides_are_seen(phone: Walk, world: World, slides: str) -> None:
    phone.sign_in(world.employee)
    page = phone.page
    phone.go(slides)
    expect(shown(page)).to_contain_text("Title of workshop-open")
    page.get_by_role("button", name="All slides").click()
    page.keyboard.press("ArrowDown")
    chosen = page.locator(":focus")
    at = chosen.get_attribute("data-at")
    for width, height in ((844, 390), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        # Whether the first slide, once it is drawn, lies across as the phone does.
        page.wait_for_function(
            "across => [...document.querySelectorAll('.overview .stage section')].slice(0, 1)"
            ".some(slide => (slide.clientWidth > slide.clientHeight) === across)",
            arg=width > height,
        )
        widths = "each => each.getBoundingClientRect().width"
        slide, stage = (page.locator(f".overview .stage{within}").first for within in (" section", ""))
        assert slide.evaluate(widths) == pytest.approx(stage.evaluate(widths), abs=3)
        assert chosen.get_attribute("data-at") == at
    assert phone.complaints == []


def test_by_a_finger_where_one_reads_from_right_to_left(phone: Walk, world: World, hebrew: str) -> None:
    phone.sign_in(world.employee)
    page = phone.page
    phone.go(hebrew)
    expect(shown(page)).to_contain_text("כותרת")
    swipe(page, 200)
    expect(shown(page)).to_contain_text("סדקים בריתוך")
    swipe(page, -200)
    expect(shown(page)).to_contain_text("כותרת")
