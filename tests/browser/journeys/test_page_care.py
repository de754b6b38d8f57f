"""Somebody reads an entry closely: they share a section of it, print it, and look at it on a phone."""

from typing import Any

import pytest
from playwright.sync_api import expect

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
