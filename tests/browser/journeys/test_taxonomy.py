"""A curator cares for words: merges a tag whose old address leads on, recommends an entry and finds it first, plans."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from core import clock
from knowledge.models import BestPracticePage, Promotion, Tag
from people.models import Competence
from tests.browser.journeys.walk import Walk
from tests.world import World

pytestmark = pytest.mark.browser


def test_a_curator_cares_for_words(walk: Walk, world: World) -> None:
    page_of_entry = world.entries["workshop-open"].pages.get().specific
    page_of_entry.tags.add("C.N.C.")
    page_of_entry.save_revision().publish()
    kept = Tag.objects.create(name="CNC", slug="cnc-milling")
    Tag.objects.create(name="nobody", slug="nobody")
    machines = Competence.add_root(slug="machines", name_en="Machines")
    walk.sign_in(world.curator)
    page = walk.page
    splitting = reverse("tag:split", args=[Tag.objects.get(name="C.N.C.").pk])
    steps = [reverse(f"competence:{step}", args=[machines.pk]) for step in ("merge", "split")]
    walk.inspect(reverse("tag:alike"), reverse("tag:unused"), splitting, *steps)

    walk.go(reverse("tag:alike"))
    page.locator(f"input[value='{kept.pk}']").check()
    page.get_by_role("button", name="Merge: ").click()
    expect(page.locator(".messages")).to_contain_text(
        "“CNC” stays; 1 page has it in place of another spelling."
    )
    walk.go("/catalogue/?tag=cnc")
    walk.is_at("/catalogue/?tag=cnc-milling")
    walk.reads("Title of workshop-open")

    walk.go(reverse("tag:unused"))
    page.get_by_label("nobody").check()
    walk.press("Delete the chosen tags")
    expect(page.locator(".messages")).to_contain_text("1 tag was deleted.")


def test_a_curator_recommends_an_entry_and_finds_it_first(walk: Walk, world: World) -> None:
    walk.sign_in(world.curator)
    page = walk.page
    walk.inspect(reverse("promotion:index"), reverse("promotion:add"))
    walk.go(reverse("promotion:add"))
    page.get_by_role("button", name="Choose a page").click()
    chooser = page.locator(".modal-body")
    chooser.get_by_label("Search term").fill("workshop-open")
    chooser.get_by_role("link", name="Title of workshop-open").click()
    page.get_by_label("For the words").fill("Summary\nзатяжка")
    page.get_by_role("button", name="Create").click()
    expect(page.locator(".messages")).to_contain_text("created")
    walk.go("/search/?q=summary")
    first = page.locator(".result").first
    expect(first).to_contain_text("Title of workshop-open")
    expect(first).to_contain_text("Recommended")
    walk.inspect("/search/?q=summary")
    walk.go("/search/?q=summary")
    first.get_by_role("link").click()
    walk.reads("Body of workshop-open")
    assert Promotion.objects.get().followed_count == 1


def test_a_curator_reads_the_help_looks_back_and_plans(walk: Walk, world: World) -> None:
    page_of_entry = BestPracticePage.objects.get(entry=world.entries["workshop-open"])
    page_of_entry.body = [("text", "<p>Quite another body.</p>")]
    page_of_entry.save_revision().publish()
    history = reverse("entry_history", args=[page_of_entry.entry.key])
    walk.sign_in(world.curator)
    page = walk.page
    help_pages = [reverse("editor_help"), reverse("editor_help_page", args=["publishing"])]
    walk.inspect(*help_pages, history, f"{history}?view=side")

    editor = reverse("wagtailadmin_pages:edit", args=[page_of_entry.pk])
    walk.go(editor)
    page.get_by_role("button", name="Toggle checks").click()
    advice = page.get_by_role("region", name="Advice")
    expect(advice).to_contain_text("Nobody is asked whether it is still true.")
    walk.go(editor)
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name="Set schedule").click()
    dialog = page.get_by_role("dialog", name="Set publishing schedule")
    expect(dialog).to_contain_text("In your time:")
    later = clock.now() + timedelta(days=2)
    dialog.get_by_label("Expiry date/time").fill(f"{later:%Y-%m-%d %H:%M}")
    # The calendar opens a moment later, and covers the button until one goes on.
    calendar = page.locator(".xdsoft_datetimepicker:visible")
    expect(calendar).to_have_count(1)
    dialog.get_by_role("heading", name="Set publishing schedule").click()
    expect(calendar).to_have_count(0)
    dialog.get_by_role("button", name="Save schedule").click()
    expect(page.locator(".messages")).to_contain_text("has been updated")
    draft = BestPracticePage.objects.get(pk=page_of_entry.pk).get_latest_revision_as_object()
    assert draft.expire_at is not None
