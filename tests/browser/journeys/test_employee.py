"""An employee: greeted, reads and finds what the company knows, joins, and keeps a card, a language and a token."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from people.models import Membership, User
from tests.browser.journeys import library
from tests.browser.journeys.walk import Walk
from tests.world import World

pytestmark = pytest.mark.browser


def test_an_employee_is_greeted_and_finds_and_reads_what_the_company_knows(walk: Walk, world: World) -> None:
    library.fill(world)
    walk.sign_in(world.employee)
    page = walk.page

    walk.go("/")
    walk.is_at("/welcome/")
    walk.reads("Welcome, Emil")
    walk.inspect("/welcome/")
    page.get_by_role("checkbox", name=re.compile("Workshop")).check()
    walk.press("Begin")
    walk.is_at("/")
    walk.reads("Hello, Emil")
    walk.inspect("/")

    walk.follow("Communities")
    walk.follow("Workshop")
    page.get_by_role("link", name=re.compile("^Best practices")).click()
    expect(page.get_by_role("link", name="Laser alignment of pumps")).to_be_visible()
    walk.inspect(
        "/communities/",
        "/communities/workshop/",
        "/communities/workshop/entries/best-practices/",
        "/communities/workshop/statistics/",
        "/communities/workshop/members/",
    )

    reads_the_entry(walk)
    searches(walk)


def reads_the_entry(walk: Walk) -> None:
    page = walk.page
    walk.go("/communities/workshop/")
    page.locator("#newest").wait_for()
    walk.go("/en/communities/workshop/workshop-open/")
    contents = page.get_by_role("navigation", name="On this page")
    contents.get_by_role("link", name="What we did").click()
    expect(page.get_by_role("heading", name="What we did")).to_be_in_viewport()
    with page.expect_download() as download:
        page.get_by_role("region", name="Files").get_by_role("link").click()
    assert Path(download.value.path()).read_text() == "contents of Alignment sheet"
    languages = page.get_by_role("navigation", name="Languages of this entry")
    languages.get_by_role("link", name="עברית").click()
    walk.is_at("/he/communities/workshop/workshop-open/")
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    expect(page.locator("article")).to_have_attribute("dir", "rtl")
    walk.inspect("/en/communities/workshop/workshop-open/", "/he/communities/workshop/workshop-open/")


def searches(walk: Walk) -> None:
    page = walk.page
    walk.go("/en/communities/workshop/workshop-open/")
    page.keyboard.press("/")
    page.keyboard.type("laser")
    option = page.get_by_role("option", name=re.compile("Laser alignment of pumps"))
    expect(option).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    walk.inspect_here()
    page.keyboard.press("Enter")
    walk.is_at("/en/communities/workshop/workshop-open/")
    page.keyboard.press("/")
    page.keyboard.type("finding")
    page.keyboard.press("Enter")
    walk.is_at("/search/?q=finding")
    walk.reads("26 results")
    walk.go("/search/?q=titlle+workshop")
    walk.reads("Did you mean title workshop?")
    walk.follow("title workshop")
    walk.is_at("/search/?q=title+workshop")
    walk.reads("Title of")
    walk.inspect(
        "/search/", "/search/?q=finding", "/search/?q=titlle+workshop", "/search/?q=nothingofthekind"
    )


def test_an_employee_narrows_the_catalogue_step_by_step(walk: Walk, world: World) -> None:
    library.fill(world)
    walk.sign_in(world.employee)
    page = walk.page
    count = page.locator("#results .count").first

    walk.go("/catalogue/")
    first = count.inner_text()
    page.get_by_role("checkbox", name=re.compile("^Success story")).check()
    expect(count).to_have_text("13 entries")
    page.get_by_role("checkbox", name=re.compile("^Basic")).check()
    expect(count).to_have_text("5 entries")
    chips = page.get_by_role("list", name="Active filters").get_by_role("link")
    expect(chips).to_have_text(["Success story", "Basic", "Clear all"])
    expect(page).to_have_url(re.compile(r"kind=success_story&difficulty=basic$"))
    page.reload()
    expect(count).to_have_text("5 entries")
    walk.inspect(page.url.removeprefix(walk.url))
    page.get_by_role("link", name="Remove the filter Success story").click()
    expect(count).to_have_text("10 entries")
    page.get_by_role("link", name="Remove the filter Basic").click()
    expect(count).to_have_text(first)

    page.locator("summary[aria-label^='Sort']").click()
    page.get_by_role("link", name="Title", exact=True).click()
    expect(page.locator("#results article").first).to_contain_text("Laser alignment of pumps")
    walk.follow("As a table")
    expect(page.get_by_role("row")).to_have_count(25)
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Page 2", exact=True).click()
    expect(page).to_have_url(re.compile("page=2"))
    expect(page).to_have_url(re.compile("sort=title"))
    expect(page.get_by_role("row").nth(1)).to_be_visible()
    walk.follow("As cards")
    walk.inspect("/catalogue/", "/catalogue/?view=table", "/catalogue/?kind=wiki&enterprise=never-was")


def test_an_employee_joins_asks_and_leaves(walk: Walk, world: World) -> None:
    walk.sign_in(world.employee)
    page = walk.page
    walk.go("/communities/")
    walk.press("Join: Workshop")
    walk.is_told("You are a member now.")
    walk.is_at("/communities/workshop/")
    page.locator("main summary").filter(has_text="Member").click()
    walk.press("Leave the community")
    walk.inspect_here()
    walk.dialog.get_by_role("button", name="Leave", exact=True).click()
    walk.is_told("Done: you are out.")

    walk.go("/communities/boardroom/")
    walk.reads("For its members")
    walk.press("Ask to join")
    walk.dialog.get_by_label(re.compile("^Why you would like to join")).fill("I keep the minutes.")
    walk.inspect_here()
    walk.dialog.get_by_role("button", name="Ask to join").click()
    walk.is_told("Sent. A lead will decide")
    assert (
        Membership.objects.get(user=world.employee, community=world.closed).message == "I keep the minutes."
    )
    walk.inspect("/communities/boardroom/")
    walk.go("/communities/boardroom/")
    walk.press("Take the request back")
    expect(page.get_by_role("button", name="Ask to join").first).to_be_visible()
    walk.go_in_vain("/communities/vault/", 404)


def picture() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (200, 200), "teal").save(stream, "PNG")
    return stream.getvalue()


def test_an_employee_keeps_a_card_and_loses_nothing_to_a_broken_picture(walk: Walk, world: World) -> None:
    walk.sign_in(world.employee)
    page = walk.page
    about = page.get_by_role("textbox", name="About")
    walk.go("/profile/")
    about.fill("Pumps and their couplings")
    choose = page.get_by_label("Photo", exact=True)
    choose.set_input_files(files=[{"name": "me.png", "mimeType": "image/png", "buffer": picture()[:90]}])
    walk.press("Set this photo")
    walk.reads("The picture is broken and cannot be opened. Choose another file.")
    expect(about).to_have_value("Pumps and their couplings")
    walk.inspect_here()
    choose.set_input_files(files=[{"name": "me.png", "mimeType": "image/png", "buffer": picture()}])
    walk.press("Set this photo")
    walk.is_told("Your photo is set.")
    expect(about).to_have_value("Pumps and their couplings")
    assert User.objects.get(pk=world.employee.pk).photo
    walk.press("Save the card")
    walk.is_told("Your card is saved.")
    walk.follow("See it as others do")
    walk.reads("Pumps and their couplings")
    expect(page.locator(".person-head img")).to_be_visible()
    walk.inspect(
        "/profile/", f"/people/{world.employee.public_id}/", "/people/", "/people/?q=nobody-like-that"
    )
    walk.go("/profile/")
    walk.press("Remove the photo")
    walk.is_told("Your photo is removed.")
    assert User.objects.get(pk=world.employee.pk).photo is None


def test_an_employee_chooses_a_language_and_a_theme_and_makes_a_token(walk: Walk, world: World) -> None:
    walk.sign_in(world.employee)
    page = walk.page
    html = page.locator("html")
    walk.go("/people/")
    for width in (1440, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        page.locator("summary", has_text="Language: English").click()
        expect(page.get_by_role("button", name="עברית")).to_be_in_viewport(ratio=1)
        page.keyboard.press("Escape")
    page.locator("summary", has_text="Language: English").click()
    walk.press("עברית")
    expect(html).to_have_attribute("dir", "rtl")
    walk.is_at("/people/")
    page.locator("summary", has_text="שפה: עברית").click()
    expect(page.get_by_role("button", name="English")).to_be_in_viewport(ratio=1)
    walk.press("English")
    expect(html).to_have_attribute("dir", "ltr")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.locator("summary[aria-label='Theme']").click()
    with page.expect_response(re.compile("/preferences/theme/")):
        walk.press("Dark")
    walk.go("/profile/preferences/")
    expect(html).to_have_attribute("data-bs-theme", "dark")
    walk.inspect("/profile/preferences/", "/accounts/password/change/")

    walk.go("/profile/tokens/")
    walk.reads("No tokens yet")
    page.get_by_label("Name", exact=True).fill("Nightly export")
    walk.press("Make the token")
    walk.reads("Choose what the token may be used for.")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Nightly export")
    page.get_by_role("checkbox", name="Read who you are").check()
    walk.press("Make the token")
    text = page.get_by_label("The new token").input_value()
    walk.inspect_here()
    asking = {"Authorization": f"Bearer {text}"}
    assert page.request.get(f"{walk.url}/api/v1/me", headers=asking).json()["email"] == world.employee.email
    walk.go("/profile/tokens/")
    assert text not in page.content()
    walk.press("Revoke: Nightly export")
    walk.is_told("“Nightly export” can no longer be used.")
    assert page.request.get(f"{walk.url}/api/v1/me", headers=asking).status == 401
    walk.inspect("/profile/tokens/")
