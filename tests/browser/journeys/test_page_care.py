"""Somebody reads an entry closely: they share a section of it, print it, and look at it on a phone."""

from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import expect

from knowledge.models import EntryPage
from tests import world as worlds
from tests.browser.journeys.walk import Walk
from tests.world import World

pytestmark = pytest.mark.browser
ADDRESS = "/en/communities/workshop/workshop-open/"
REFUSED = """() => {
    Object.defineProperty(navigator, "clipboard", {value: {writeText: () => Promise.reject(new Error("refused"))}});
    document.execCommand = () => false;
}"""


def write(world: World, body: list[Any]) -> None:
    page = world.entries["workshop-open"].pages.get().specific
    page.body = body
    page.save_revision().publish()


def see_the_question(walk: Walk) -> None:
    """At the end of the page; what its reader said before comes when it is seen, which may be at once."""
    walk.page.evaluate("document.getElementById('usefulness').scrollIntoView()")
    # Else a press may meet the buttons that are just being replaced.
    expect(walk.page.locator("#usefulness[hx-get]")).to_have_count(0)


def test_copies_the_address_of_a_section(walk: Walk, world: World) -> None:
    write(world, [("heading", {"text": "What we saw", "level": "h2"}), ("text", "<p>A gap.</p>")])
    walk.sign_in(world.employee)
    walk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    walk.go(ADDRESS)
    expect(walk.page.get_by_role("heading", name="What we saw", exact=True)).to_be_visible()

    link = walk.page.get_by_role("link", name="Link to “What we saw”")
    link.focus()
    expect(link).to_have_css("opacity", "1")
    walk.page.keyboard.press("Enter")
    # The place of messages is a live region: what comes there is spoken.
    expect(walk.page.locator("[data-toasts][role=status]")).to_contain_text("Link copied")
    assert walk.page.evaluate("navigator.clipboard.readText()") == f"{walk.url}{ADDRESS}#what-we-saw"
    walk.is_at(f"{ADDRESS}#what-we-saw")
    walk.inspect(ADDRESS)


def test_a_browser_that_lets_nothing_be_copied(walk: Walk, world: World) -> None:
    write(world, [("heading", {"text": "What we saw", "level": "h2"})])
    walk.sign_in(world.employee)
    walk.go(ADDRESS)
    walk.page.evaluate(REFUSED)
    walk.follow("Link to “What we saw”")
    walk.is_told("Your browser did not let it be copied. Copy it from here:")
    field = walk.page.locator(".toasts input")
    expect(field).to_be_focused()
    expect(field).to_have_value(f"{walk.url}{ADDRESS}#what-we-saw")
    assert field.evaluate("field => field.selectionEnd - field.selectionStart") == len(field.input_value())
    walk.inspect_here()


def test_what_is_done_less_often_stands_in_one_menu(walk: Walk, world: World) -> None:
    walk.sign_in(world.lead)
    walk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    walk.go(ADDRESS)
    seen = (
        walk.page.locator(".article-head .actions").locator("a, button").and_(walk.page.locator(":visible"))
    )
    expect(seen).to_have_text(["Present", "Read later", "We use this too"])

    more = walk.page.locator(".actions summary")
    expect(more).to_have_text("More")
    more.press("Enter")
    expect(walk.page.get_by_role("link", name="History", exact=True)).to_be_visible()
    walk.inspect_here()
    more.press("ArrowDown")
    expect(walk.page.get_by_role("button", name="Copy link", exact=True)).to_be_focused()
    walk.page.keyboard.press("Enter")
    walk.is_told("Link copied")
    assert walk.page.evaluate("navigator.clipboard.readText()") == f"{walk.url}{ADDRESS}"
    # The menu is done with; the keyboard stands where it was opened.
    expect(more).to_be_focused()
    expect(seen).to_have_count(3)

    more.press("Enter")
    walk.press("Pin")
    walk.is_at(ADDRESS)
    walk.page.locator(".actions summary").click()
    expect(walk.page.get_by_role("button", name="Take down", exact=True)).to_be_visible()


def test_on_paper(walk: Walk, world: World) -> None:
    link = f'<a linktype="page" id="{world.entries["workshop-closed"].pages.get().pk}">the other</a>'
    write(world, [("heading", {"text": "Steps", "level": "h2"}), ("text", f"<p>{link}</p>")])
    walk.sign_in(world.member)
    walk.go(ADDRESS)
    paper = walk.page.locator(".printed-from")
    expect(paper).to_be_hidden()
    walk.page.emulate_media(media="print")
    for gone in (".gh-header", ".actions", ".aside", ".anchor", ".gh-footer"):
        expect(walk.page.locator(gone).first).to_be_hidden()
    expect(paper).to_contain_text("Printed from Guildhall as it stood on")
    expect(paper).to_contain_text(f"{walk.url}{ADDRESS}")
    said = walk.page.evaluate(
        "getComputedStyle(document.querySelector('.prose a[href^=\"/en\"]'), '::after').content"
    )
    assert "workshop-closed" in said


def test_says_whether_it_was_useful_and_what_is_missing(walk: Walk, world: World) -> None:
    walk.sign_in(world.employee)
    walk.go(ADDRESS)
    see_the_question(walk)
    no = walk.page.get_by_role("button", name="No", exact=True)
    with walk.page.expect_response(lambda answer: answer.request.method == "POST"):
        no.click()
    expect(no).to_have_attribute("aria-pressed", "true")
    walk.page.get_by_label("What is missing?").fill("The torque of the bolts")
    walk.press("Tell the owner")
    walk.is_told("The owner of the entry is told what is missing.")
    entry = world.entries["workshop-open"]
    walk.inspect(f"/entries/{entry.key}/useful/")

    walk.sign_in(world.lead)
    walk.go(ADDRESS)
    see_the_question(walk)
    walk.follow("What they miss")
    walk.reads("The torque of the bolts")
    walk.inspect(f"/entries/{entry.key}/feedback/")


def test_what_was_typed_stays_when_the_session_has_ended(walk: Walk, world: World) -> None:
    walk.sign_in(world.employee)
    walk.go(ADDRESS)
    see_the_question(walk)
    page, context = walk.page, walk.page.context
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("button", name="No", exact=True).click()
    page.get_by_label("What is missing?").fill("The torque of the bolts")
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    with walk.refusal(401):
        walk.press("Tell the owner")
        walk.is_told("You are signed out.")
    walk.complaints[:] = [said for said in walk.complaints if "401" not in said and "htmx" not in said]
    expect(page.locator(".toasts").get_by_role("link", name="Sign in")).to_have_attribute("target", "_blank")
    expect(page.get_by_label("What is missing?")).to_have_value("The torque of the bolts")
    expect(page.locator("#usefulness")).not_to_contain_text("Password")
    walk.inspect_here()

    # In another window: that gives the browser another token for its forms as well.
    walk.sign_in(world.employee)
    context.add_cookies([{"name": "csrftoken", "value": "x" * 32, "url": walk.url}])
    walk.press("Tell the owner")
    walk.is_told("The owner of the entry is told what is missing.")


def test_suggests_a_correction_to_what_is_selected(walk: Walk, world: World) -> None:
    write(world, [("text", "<p>Tighten the bolts to fifteen newton metres.</p>")])
    walk.sign_in(world.employee)
    walk.go(ADDRESS)
    walk.page.evaluate("document.getSelection().selectAllChildren(document.querySelector('.prose > p'))")
    walk.follow("Suggest a correction to this passage")
    expect(walk.page.get_by_label("Which passage do you mean?")).to_have_value(
        "Tighten the bolts to fifteen newton metres."
    )
    walk.press("Send the suggestion")
    walk.reads("This field is required")
    walk.inspect_here()
    walk.page.get_by_label("How should it read, and why?").fill("Fifty newton metres")
    walk.press("Send the suggestion")
    walk.is_at(ADDRESS)

    walk.sign_in(world.lead)
    walk.go("/corrections/")
    walk.inspect("/corrections/", "/corrections/decided/", "/corrections/suggested/")
    walk.follow("Title of workshop-open")
    walk.inspect_here()
    walk.page.get_by_label("Your answer").fill("Well seen.")
    walk.press("Accept")
    walk.is_told("Who made the suggestion gets your answer by mail.")


def test_enlarges_a_figure_by_keys_and_comes_back(walk: Walk, world: World) -> None:
    picture = worlds.picture("drawing", world.open)
    write(
        world, [("image", {"image": picture, "alt_text": "Drawing of the coupling", "caption": "Coupling"})]
    )
    walk.sign_in(world.employee)
    walk.go(ADDRESS)
    link = walk.page.get_by_role("link", name="Enlarge: Drawing of the coupling")
    link.focus()
    walk.page.keyboard.press("Enter")
    expect(walk.dialog).to_be_visible()
    level = walk.dialog.locator("output")
    expect(level).to_have_text("100 %")
    for key, said in (("+", "150 %"), ("+", "225 %"), ("-", "150 %"), ("0", "100 %")):
        walk.page.keyboard.press(key)
        expect(level).to_have_text(said)
    walk.inspect_here()
    walk.page.keyboard.press("Escape")
    expect(walk.dialog).to_be_hidden()
    expect(link).to_be_focused()


def test_a_figure_grows_between_two_fingers_and_by_the_wheel(phone: Walk, world: World) -> None:
    picture = worlds.picture("drawing", world.open)
    write(world, [("image", {"image": picture, "alt_text": "Drawing of the coupling"})])
    phone.sign_in(world.employee)
    phone.go(ADDRESS)
    phone.page.get_by_role("link", name="Enlarge: Drawing of the coupling").tap()
    level = phone.dialog.locator("output")
    expect(level).to_have_text("100 %")
    hand = phone.page.context.new_cdp_session(phone.page)

    def fingers(kind: str, *apart: int) -> None:
        points = [{"x": 195 + side * half, "y": 420} for half in apart for side in (-1, 1)]
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    fingers("touchStart", 40)
    for half in (60, 80, 100):
        fingers("touchMove", half)
    fingers("touchEnd")
    expect(level).to_have_text("250 %")
    assert phone.page.evaluate("visualViewport.scale") == 1, "the figure, not the page around it"

    phone.page.mouse.move(195, 420)
    phone.page.mouse.wheel(0, 2000)
    expect(level).to_have_text("100 %")


def test_a_wide_table_scrolls_by_itself(walk: Walk, world: World) -> None:
    columns = [{"type": "text", "heading": f"A column with many words {number}"} for number in range(8)]
    rows = [{"values": [f"<p>{number}</p>"] * 8} for number in range(200)]
    body = EntryPage._meta.get_field("body").stream_block
    table = {"caption": "Sets", "table": {"columns": columns, "rows": rows}}
    write(world, body.to_python([{"type": "table", "value": table}]))
    walk.sign_in(world.employee)
    walk.page.set_viewport_size({"width": 390, "height": 844})
    walk.go(ADDRESS)
    frame = walk.page.get_by_role("region", name="Sets")
    frame.focus()
    walk.page.keyboard.press("ArrowRight")
    walk.page.wait_for_function("document.querySelector('.prose .table-frame').scrollLeft > 0")
    assert walk.page.evaluate("document.documentElement.scrollWidth") == 390
