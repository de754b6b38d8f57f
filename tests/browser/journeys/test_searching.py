"""Somebody looks for what the company knows: in another form, with a slip, inside a file, in Hebrew; and narrows it."""

import re

import pytest
from django.core.files.base import ContentFile
from elasticsearch import Elasticsearch
from playwright.sync_api import expect

from knowledge.models import EntryAttachment, EntryPage
from search import indexing
from search.services import document_texts
from tests import world as worlds
from tests.browser.journeys.walk import Walk
from tests.search.documents import files
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.services]


def shelve(world: World) -> None:
    """Entries to be looked for."""
    worlds.entry(
        "alignment",
        world.open,
        world.lead,
        title="Выверка насосов лазером",
        summary="Как мы выверили шестьдесят насосов",
        body=[("text", "<p>Муфты изнашивались за год, пока насосы не стали выверять.</p>")],
        language="ru",
    )
    worlds.entry(
        "furnace",
        world.open,
        world.lead,
        title="Relining a furnace",
        body=[("text", "<p>The copper furnace was relined in a week, and the copper stayed clean.</p>")],
    )
    worlds.entry("pipes", world.closed, world.lead, title="Copper pipes of the boardroom")
    worlds.entry(
        "hebrew", world.open, world.lead, title="יישור המשאבות", summary="איך יישרנו משאבות", language="he"
    )
    manual = worlds.document("Torque manual", world.open)
    manual.file.save("torque.pdf", ContentFile(files.pdf(["Tighten the zirconium bolts twice."])))
    furnace = EntryPage.objects.get(entry__slug="furnace")
    EntryAttachment.objects.create(page=furnace, document=manual)
    document_texts.take_up()
    indexing.rebuild()


@pytest.mark.usefixtures("elasticsearch")
def test_somebody_finds_what_was_meant(walk: Walk, world: World, elasticsearch: Elasticsearch) -> None:
    shelve(world)
    walk.sign_in(world.lead)
    page = walk.page
    results = page.locator(".results")

    # Another form of the word, and the piece of the text in which it stands.
    walk.go("/search/?q=насос")
    expect(results.get_by_role("link")).to_have_text(["Выверка насосов лазером"])
    expect(results.locator("mark").first).to_have_text("насосов")
    walk.inspect("/search/?q=насос")

    # Narrowed step by step, and back.
    walk.go("/search/?q=copper")
    count = page.locator("#results .count[data-announce]")
    expect(count).to_have_text("2 results")
    page.get_by_role("checkbox", name=re.compile("^Boardroom")).check()
    expect(count).to_have_text("1 result")
    expect(results.get_by_role("link")).to_have_text(["Copper pipes of the boardroom"])
    expect(page).to_have_url(re.compile("community=boardroom"))
    page.get_by_role("checkbox", name=re.compile("^Workshop")).check()
    expect(count).to_have_text("2 results")
    walk.inspect(page.url.removeprefix(walk.url))
    page.get_by_role("link", name="Remove the filter Boardroom").click()
    expect(results.get_by_role("link")).to_have_text(["Relining a furnace"])

    # A slip of the finger.
    walk.go("/search/?q=furnase+relining")
    walk.reads("Did you mean furnace relining?")
    walk.follow("furnace relining")
    expect(results.get_by_role("link")).to_have_text(["Relining a furnace"])

    # Inside a file.
    walk.go("/search/?q=zirconium")
    in_file = results.locator(".in-file")
    expect(in_file.get_by_role("link")).to_have_text("Torque manual")
    expect(in_file.locator("mark")).to_have_text("zirconium")
    walk.inspect("/search/?q=zirconium")

    # In Hebrew, and what was opened is kept.
    walk.go("/search/?q=משאבה")
    with page.expect_request(re.compile("/opened/$")) as told:
        results.get_by_role("link", name="יישור המשאבות").click()
    assert told.value.post_data == "rank=1"
    walk.is_at("/he/communities/workshop/hebrew/")

    # What one has searched for before is offered.
    box = page.get_by_role("banner").get_by_role("combobox")
    box.click()
    expect(page.get_by_role("option").first).to_contain_text("משאבה")
    box.fill("copp")
    expect(page.get_by_role("option", name=re.compile("^copper"))).to_be_visible()
    walk.inspect_here()
