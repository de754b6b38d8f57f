"""A curator in the admin: sees what waits, writes and publishes, keeps details and tags, and is told of the other."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from knowledge.models import BestPracticePage, Tag
from people.choices import CommunityState
from people.models import Community
from people.roles import Role
from people.services import communities
from tests import world as worlds
from tests.browser.journeys.walk import Walk
from tests.upkeep import settle
from tests.world import PASSWORD, World

pytestmark = pytest.mark.browser


def editor_of(page: BestPracticePage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_a_curator_finds_what_waits_and_decides(walk: Walk, world: World) -> None:
    EmailAddress.objects.create(user=world.curator, email=world.curator.email, verified=True, primary=True)
    draft = communities.CommunityDraft(names={"en": "Valves"}, description={"en": "What closes"})
    communities.propose(author=world.expert, draft=draft)
    page = walk.page

    walk.go("/admin/")
    walk.is_at("/accounts/login/?next=/admin/")
    page.get_by_label("E-mail").fill(world.curator.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    walk.press("Sign in")
    walk.is_at("/admin/")
    walk.person = world.curator
    waiting = page.get_by_role("region", name="Proposed communities")
    expect(waiting.get_by_role("link", name="Valves")).to_be_visible()
    walk.inspect("/admin/", "/admin/entries/", "/admin/tags/", "/admin/communities/")

    walk.go("/admin/entries/")
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("button", name=re.compile("^Access")).click()
    page.get_by_role("combobox", name="Access").select_option("Closed")
    expect(page.locator("#listing-results tbody tr")).to_have_count(2)

    walk.go("/admin/")
    waiting.get_by_role("link", name="Valves").click()
    walk.is_at("/communities/proposals/")
    walk.inspect("/communities/proposals/", "/communities/valves/proposal/")
    walk.follow("Valves")
    walk.press("Confirm and open")
    walk.is_told("The community is open.")
    assert Community.objects.get(slug="valves").state == CommunityState.ACTIVE


def insert(page: Page, block: str) -> Locator:
    """A block at the end of the body; answers with the block."""
    body = page.locator("[data-contentpath=body]")
    body.get_by_role("button", name="Insert a block").last.click()
    page.get_by_role("option", name=block).click()
    return body.locator("[data-streamfield-child]").last


def test_a_curator_writes_previews_and_publishes_a_best_practice(walk: Walk, world: World) -> None:
    walk.sign_in(world.curator)
    page = walk.page
    walk.go("/admin/best-practices/")
    page.get_by_role("link", name="Add best practice").first.click()
    expect(page.get_by_role("button", name="Choose a page")).to_be_visible()
    walk.inspect_here()
    page.get_by_role("button", name="Choose a page").click()
    chooser = page.locator(".modal-body")
    chooser.get_by_label("Search term").fill("Workshop")
    in_english = chooser.get_by_role("row", name="English")
    in_english.get_by_role("link", name="Workshop").click()
    page.get_by_role("button", name="Create a new best practice").click()

    with walk.refused_drafts():
        page.locator("#id_title").fill("Valve seats last twice as long")
        page.locator("#id_summary").fill("Lapped by hand, checked by light.")
        insert(page, "Heading").get_by_label("Text").fill("What we saw")
        insert(page, "Text").get_by_role("textbox").fill("Seats leaked after a year.")
        callout = insert(page, "Call-out")
        callout.get_by_label("Title").fill("Take the blue paste")
        callout.get_by_role("textbox").last.fill("The grey one scratches.")
        walk.inspect_here()
        page.get_by_role("button", name="Toggle preview").click()
        preview = page.locator("iframe[title='Preview']").last.content_frame
        expect(preview.get_by_role("heading", name="What we saw")).to_be_visible()

        page.get_by_role("button", name="More actions").click()
        page.get_by_role("button", name="Publish", exact=True).click()
        expect(page.get_by_role("main")).to_contain_text("Valve seats last twice as long")
    published = BestPracticePage.objects.get(title="Valve seats last twice as long")
    assert published.live

    settle()
    walk.go("/search/?q=valve+seats")
    walk.follow("Valve seats last twice as long")
    walk.reads("Seats leaked after a year.")
    walk.reads("Take the blue paste")


def test_a_curator_keeps_details_and_tags(walk: Walk, world: World) -> None:
    entry = world.entries["workshop-open"]
    page_of_entry = entry.pages.get().specific
    page_of_entry.tags.add("valve", "valves")
    page_of_entry.save_revision().publish()
    walk.sign_in(world.curator)
    page = walk.page
    details = reverse("entry:edit", args=[entry.pk])
    merging = reverse("tag:merge", args=[Tag.objects.get(name="valve").pk])
    walk.inspect(editor_of(page_of_entry), details, merging)

    walk.go(details)
    page.locator("#id_difficulty").select_option("advanced")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("updated")
    walk.go(page_of_entry.url)
    walk.reads("Advanced")

    walk.go(merging)
    page.get_by_label("Tag that stays").fill("never was")
    walk.press("Merge")
    walk.reads("There is no other tag of this name.")
    page.get_by_label("Tag that stays").fill("valves")
    walk.press("Merge")
    expect(page.locator(".messages")).to_contain_text("“valve” is merged into “valves” on 1 page.")
    walk.go(page_of_entry.url)
    expect(page.get_by_role("link", name="#valves")).to_be_visible()
    expect(page.get_by_role("link", name="#valve", exact=True)).to_have_count(0)


def test_of_two_curators_at_one_page_the_second_is_told(walk: Walk, second_walk: Walk, world: World) -> None:
    page_of_entry = world.entries["workshop-open"].pages.get().specific
    walk.sign_in(world.curator)
    second_walk.sign_in(worlds.person("second@example.org", Role.CURATOR, name="Saul Second"))
    page = second_walk.page
    second_walk.go(editor_of(page_of_entry))
    walk.go(editor_of(page_of_entry))
    walk.page.locator("#id_summary").fill("By the first")
    walk.page.get_by_role("button", name="Save draft").click()
    walk.go("/admin/")

    # What is typed is saved by itself, unless the page has heard of the other by then; that is refused, as it would
    # go over what the first has saved.
    with second_walk.refused_drafts():
        page.locator("#id_summary").fill("By the second")
        expect(page.get_by_role("button", name="Carla Curator saved a new version")).to_be_visible()
        page.get_by_role("button", name="Save draft").click()
        expect(page.get_by_role("dialog")).to_contain_text("Carla Curator")
        second_walk.inspect_here()
    second_walk.go("/admin/")
    page_of_entry.refresh_from_db()
    assert page_of_entry.get_latest_revision_as_object().summary == "By the first"
