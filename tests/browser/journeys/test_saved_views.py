"""A lead keeps a filtered list for the community, and a member finds it there."""

import pytest
from playwright.sync_api import expect

from tests.browser.journeys import library
from tests.browser.journeys.walk import Walk
from tests.world import World

pytestmark = pytest.mark.browser


def test_a_view_is_saved_shared_and_found(walk: Walk, second_walk: Walk, world: World) -> None:
    library.fill(world)
    walk.sign_in(world.lead)
    page = walk.page
    walk.go("/catalogue/?difficulty=basic")
    page.locator("summary", has_text="Views").click()
    walk.inspect_here()
    page.get_by_role("link", name="Save this view").click()
    walk.press("Save the view")
    walk.inspect_here()
    page.get_by_label("Name of the view").fill("For beginners")
    page.get_by_label("Share with a community").select_option("Workshop")
    page.get_by_label("Tell me of what is new in it").check()
    walk.press("Save the view")
    walk.is_at("/catalogue/?difficulty=basic")
    walk.is_told("The view “For beginners” is saved.")
    walk.inspect("/views/", "/views/save/?list=people&query=q%3Da")

    second_walk.sign_in(world.member)
    second_walk.go("/catalogue/")
    second_walk.page.locator("summary", has_text="Views").click()
    second_walk.page.get_by_role("link", name="For beginners").click()
    second_walk.is_at("/catalogue/?difficulty=basic")
    second_walk.go("/views/")
    second_walk.page.get_by_role("button", name="Follow: For beginners").click()
    expect(second_walk.page.get_by_role("button", name="Following: For beginners")).to_be_visible()
