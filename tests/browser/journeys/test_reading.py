"""Somebody reads on another day: what they kept and where they stopped is waiting for them."""

import pytest
from playwright.sync_api import expect

from knowledge.models import Reading
from tests.browser.journeys.walk import Walk
from tests.world import World

pytestmark = pytest.mark.browser


def test_goes_on_where_they_stopped(walk: Walk, world: World) -> None:
    page = world.entries["workshop-open"].pages.get().specific
    page.body = [("text", "<p>We measured the gap on every set.</p>" * 120)]
    page.save_revision().publish()
    walk.sign_in(world.employee)
    window = walk.page

    walk.go("/en/communities/workshop/workshop-open/")
    walk.press("Read later")
    expect(window.get_by_role("button", name="On your list")).to_be_visible()
    bar = window.get_by_role("progressbar", name="How far you have read")
    expect(bar).to_be_in_viewport()
    assert bar.evaluate("bar => bar.value") < 20
    window.evaluate("window.scrollTo(0, document.documentElement.scrollHeight / 2)")
    # Down to where the window ends, which is beyond the half.
    window.wait_for_function("() => Math.abs(document.querySelector('.reading-progress').value - 66) < 5")
    expect(bar).to_be_in_viewport()
    window.wait_for_timeout(4200)
    walk.go("/catalogue/")
    # The browser tells on its way out, and nobody waits for that.
    for _look in range(50):
        if Reading.objects.exists():
            break
        window.wait_for_timeout(200)

    walk.go("/reading/")
    walk.reads("Title of workshop-open")
    walk.inspect("/reading/", "/reading/begun/", "/reading/read/")
    walk.follow("Go on reading")
    window.get_by_role("link", name="Title of workshop-open").click()
    window.wait_for_function("window.scrollY > 1000")
    walk.is_at("/en/communities/workshop/workshop-open/")
