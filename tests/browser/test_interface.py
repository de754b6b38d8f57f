"""The shell and the components in a real browser, on the page that shows them all."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from people.models import User
from tests.browser.accessibility import violations

pytestmark = pytest.mark.browser

Enter = Callable[[User], None]


@pytest.fixture
def guide(live_server: LiveServer, reader: User, enter: Enter, complaints: list[str], page: Page) -> Page:
    enter(reader)
    page.goto(f"{live_server.url}/styleguide/")
    return page


@pytest.mark.parametrize("width", [1440, 390])
def test_every_component_is_accessible_in_both_themes_and_directions(guide: Page, width: int) -> None:
    guide.set_viewport_size({"width": width, "height": 900})
    for language in ("en", "he"):
        for theme in ("light", "dark"):
            guide.goto(guide.url.partition("?")[0] + f"?lang={language}&theme={theme}")
            assert violations(guide) == [], f"{language} {theme} {width}"


def test_nothing_hangs_over_the_edge(guide: Page) -> None:
    for width in (320, 390, 800, 1440):
        guide.set_viewport_size({"width": width, "height": 900})
        assert guide.evaluate("document.documentElement.scrollWidth") <= width


def test_the_header_stays_in_sight(guide: Page) -> None:
    guide.evaluate("scrollTo(0, 3000)")
    expect(guide.get_by_role("banner")).to_be_in_viewport()


def test_slash_goes_to_the_search_box_but_not_while_writing(guide: Page) -> None:
    guide.keyboard.press("/")
    search = guide.get_by_role("banner").get_by_role("combobox")
    expect(search).to_be_focused()
    guide.keyboard.type("a/b")
    expect(search).to_have_value("a/b")


def test_a_menu_opens_and_closes_by_keyboard_and_returns_the_focus(guide: Page) -> None:
    button = guide.locator("summary[aria-label='Theme']")
    button.focus()
    guide.keyboard.press("Enter")
    expect(guide.get_by_role("button", name="Dark")).to_be_visible()
    guide.keyboard.press("ArrowDown")
    expect(guide.get_by_role("button", name="Light")).to_be_focused()
    guide.keyboard.press("Escape")
    expect(guide.get_by_role("button", name="Dark")).to_be_hidden()
    expect(button).to_be_focused()


def test_the_chosen_theme_is_shown_at_once_and_kept(guide: Page) -> None:
    guide.locator("summary[aria-label='Theme']").click()
    with guide.expect_response(re.compile("/preferences/theme/")):
        guide.get_by_role("button", name="Dark").click()
    expect(guide.locator("html")).to_have_attribute("data-bs-theme", "dark")
    guide.reload()
    expect(guide.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_the_chosen_language_turns_the_page_round(guide: Page) -> None:
    guide.locator("summary", has_text="Language:").click()
    guide.get_by_role("button", name="עברית").click()
    expect(guide.locator("html")).to_have_attribute("dir", "rtl")


def test_copying_a_link_copies_the_whole_address_and_says_so(guide: Page, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    guide.locator("[data-copy='']").first.click()
    expect(guide.locator(".toasts")).to_contain_text("Link copied")
    assert guide.evaluate("navigator.clipboard.readText()") == guide.url


def test_a_dialog_takes_the_focus_and_gives_it_back(guide: Page) -> None:
    opener = guide.get_by_role("button", name="Open a dialog")
    opener.click()
    dialog = guide.get_by_role("dialog", name="Leave the community?")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Stay").click()
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_characters_left_are_counted_as_people_count_them(guide: Page) -> None:
    guide.locator("#id_title").fill("שָׁלוֹם")
    expect(guide.locator("output[for=id_title]")).to_contain_text("76")


def test_facets_are_a_drawer_on_a_phone(guide: Page) -> None:
    guide.set_viewport_size({"width": 390, "height": 844})
    choice = guide.get_by_role("checkbox", name="Українська")
    expect(choice).to_be_hidden()
    guide.get_by_role("button", name=re.compile("^Filters")).click()
    expect(choice).to_be_visible()
    guide.get_by_role("button", name="Close the filters").click()
    expect(choice).to_be_hidden()


def test_the_section_being_read_is_marked_in_the_contents(guide: Page) -> None:
    guide.locator("#who-checks").evaluate("heading => heading.scrollIntoView()")
    current = guide.locator("[data-contents-list] [aria-current]")
    expect(current).to_have_text("Who does it, who checks")


def test_leaving_a_form_with_changes_asks_first(guide: Page) -> None:
    guide.locator("#id_title").press_sequentially("Half a thought")
    asked: list[str] = []

    def stay(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.accept()

    guide.on("dialog", stay)
    guide.get_by_role("link", name="Guildhall, home").click()
    guide.wait_for_url(re.compile("/$"))
    assert asked == ["beforeunload"]


def test_the_button_of_a_file_speaks_the_pages_language_and_is_reached_by_keyboard(guide: Page) -> None:
    guide.goto(guide.url.partition("?")[0] + "?lang=he")
    field = guide.locator("input[type=file]").first
    button = guide.locator("label.btn", has_text="בחירת תמונה").first
    # The browser's own button, in the browser's language, is out of sight.
    assert field.evaluate("each => each.offsetWidth") == 1
    field.focus()
    guide.keyboard.press("Shift+Tab")
    guide.keyboard.press("Tab")
    expect(field).to_be_focused()
    assert button.evaluate("each => getComputedStyle(each).outlineStyle") == "solid"
    with guide.expect_file_chooser() as asked:
        button.click()
    asked.value.set_files({"name": "pump.png", "mimeType": "image/png", "buffer": b""})
    expect(guide.locator(".file-name").first).to_have_text("pump.png")


@pytest.mark.parametrize("language", ["en", "he"])
def test_a_menu_stays_within_the_window_wherever_its_button_stands(guide: Page, language: str) -> None:
    guide.set_viewport_size({"width": 390, "height": 900})
    guide.goto(guide.url.partition("?")[0] + f"?lang={language}")
    for button in guide.locator("main details.drop > summary").all():
        button.click()
        expect(button.locator("xpath=following-sibling::*")).to_be_in_viewport(ratio=1)
