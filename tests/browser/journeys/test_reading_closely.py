"""Somebody reads what stands around a text: notes at its foot, figures over time, and what is near."""

from typing import Any

import pytest
from playwright.sync_api import expect

from knowledge.models import Entry
from tests import world as worlds
from tests.browser.journeys.walk import Walk
from tests.world import World

pytestmark = pytest.mark.browser
ADDRESS = "/en/communities/workshop/workshop-open/"
POINTS = "Month;Line 1;Line 2\n2026-01;14,5;9\n2026-02;;9\n2026-03;8;6"


@pytest.fixture
def told(world: World) -> list[Any]:
    """An entry that has all three."""
    near = worlds.entry("another", world.open, world.lead)
    page = world.entries["workshop-open"].pages.get().specific
    page.body = [
        ("text", "<p>Cold<footnote>Below five degrees.</footnote> and warm.</p>" + "<p>On it went.</p>" * 60),
        ("series", {"caption": "Stops", "unit": "a month", "points": POINTS, "target": "5"}),
        ("text", "<p>Again<footnote>Below five degrees.</footnote>.</p>"),
    ]
    page.save_revision().publish()
    Entry.objects.filter(pk=page.entry_id).update(near=[near.pk, world.entries["boardroom-open"].pk])
    return [near]


def test_notes_figures_and_what_is_near(walk: Walk, world: World, told: list[Any]) -> None:
    walk.sign_in(world.employee)
    walk.go(ADDRESS)
    window = walk.page

    window.locator("[role=doc-noteref]").first.press("Enter")
    walk.is_at(f"{ADDRESS}#fn-1")
    note = window.locator("#fn-1")
    expect(note).to_be_in_viewport()
    expect(note).to_contain_text("Below five degrees.")
    # Two ways back, for it is named twice.
    ways = window.locator("[role=doc-backlink]")
    expect(ways).to_have_count(2)
    ways.first.press("Enter")
    walk.is_at(f"{ADDRESS}#fnref-1-1")
    expect(window.locator("#fnref-1-1")).to_be_in_viewport()

    drawing = window.locator("[data-series-chart] svg")
    expect(drawing).to_be_visible()
    expect(drawing).to_contain_text("Target: 5")
    table = window.get_by_role("cell", name="14.5")
    expect(table).to_be_hidden()
    window.get_by_text("As a table").click()
    expect(table).to_be_visible()
    window.emulate_media(media="print")
    expect(drawing).to_be_hidden()
    expect(table).to_be_visible()
    window.emulate_media(media="screen")

    near = window.get_by_role("region", name="Read on")
    expect(near.get_by_role("listitem")).to_have_count(1)
    near.get_by_role("link", name="Title of another").click()
    walk.is_at("/en/communities/workshop/another/")
    walk.inspect(ADDRESS)


def test_without_script_the_figures_are_a_table(walk: Walk, world: World, told: list[Any]) -> None:
    walk.sign_in(world.employee)
    browser = walk.page.context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False, storage_state=walk.page.context.storage_state())
    page = plain.new_page()
    page.goto(f"{walk.url}{ADDRESS}")
    expect(page.get_by_role("cell", name="14.5")).to_be_visible()
    expect(page.locator("[data-series-chart]")).to_be_hidden()
    plain.close()
