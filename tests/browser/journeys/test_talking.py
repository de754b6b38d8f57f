"""Members talk: a topic is opened, discussed and closed; an entry is commented; two write to each other."""

import pytest
from playwright.sync_api import Page, expect

from knowledge.models import Topic
from social.models import Message
from tests.browser.journeys.walk import Walk
from tests.browser.test_chat import NO_SOCKETS
from tests.social.talk import say as talk_say
from tests.social.talk import topic
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(autouse=True)
def without_sockets(page: Page) -> None:
    """The server of these tests has none, and pages do without; tests/browser/test_chat.py has a server with them."""
    page.add_init_script(NO_SOCKETS)


def say(window: Page, text: str) -> None:
    window.fill("[data-text]", text)
    window.press("[data-text]", "Enter")
    expect(window.locator(".is-pending")).to_have_count(0)


def bar(window: Page, message: int, does: str) -> None:
    """Press a button of a message's bar, in its menu where it stands there."""
    window.locator(f"#message-{message}").hover()
    button = window.locator(f"#message-{message} [data-does={does}]").first
    if not button.is_visible():
        window.locator(f"#message-{message} .message-bar summary").click()
    button.click()


def test_a_question_becomes_a_topic_and_ends_with_a_conclusion(walk: Walk, world: World) -> None:
    walk.sign_in(world.member)
    window = walk.page
    walk.go("/communities/workshop/topics/")
    walk.reads("Nobody has opened a topic here yet")
    walk.inspect("/communities/workshop/topics/")
    walk.follow("Open a topic")
    walk.inspect("/communities/workshop/topics/new/")
    window.get_by_label("Title").fill("Noise of the gearbox")
    window.get_by_label("First message").fill("What should we **measure** first?")
    walk.press("Open the topic")
    place = Topic.objects.get().get_absolute_url()
    walk.is_at(place)

    say(window, "It is loud at [1 500](https://example.org) turns")
    bar(window, 2, "edit")
    expect(window.locator("[data-text]")).to_have_value("It is loud at [1 500](https://example.org) turns")
    window.fill("[data-text]", "It is loud at 1 600 turns")
    window.press("[data-text]", "Enter")
    expect(window.locator("#message-2 .message-text")).to_have_text("It is loud at 1 600 turns")
    expect(window.locator("#message-2")).to_contain_text("edited")
    window.locator("#message-1").hover()
    window.locator("#message-1 .message-bar [data-emoji='👍']").click()
    expect(window.locator("#message-1 .sign.is-mine")).to_have_count(1)
    window.fill("[data-text]", "@Len")
    window.locator("[data-mentions] li").first.click()
    window.locator("[data-text]").press_sequentially("do you know?")
    window.press("[data-text]", "Enter")
    expect(window.locator("#message-3 a.mention")).to_have_text("@Lena Lead")
    assert Message.objects.get(number=3).mentions.get().user == world.lead

    walk.sign_in(world.lead)
    walk.go(place)
    bar(window, 3, "reply")
    say(window, "The oil, by all means")
    expect(window.locator("#message-4 .message-quote")).to_contain_text("Max Member")
    bar(window, 4, "pin")
    expect(window.locator("#message-4.is-pinned")).to_have_count(1)
    window.locator("#message-3 [data-thread]").click()
    expect(window.locator("dialog .message")).to_have_count(2)
    window.keyboard.press("Escape")
    window.locator("[data-poll-fields] summary").click()
    window.fill("[name=poll_options]", "Oil\nBearings")
    say(window, "What was it?")
    window.get_by_label("Bearings").check()
    expect(window.locator("#message-5 .poll-count").nth(1)).to_have_text("1 · 100%")
    walk.go(place)
    expect(window.get_by_label("Bearings")).to_be_checked()
    walk.inspect(place)
    walk.inspect(f"{place}?q=oil")
    walk.inspect(f"/messages/{Message.objects.get(number=2).public_id}/")

    walk.go(f"{place}close/")
    walk.press("Close the topic")
    walk.reads("Say in a sentence what came of it")
    window.get_by_label("What came of it").fill("The oil was old.")
    walk.inspect(f"{place}close/")
    walk.go(f"{place}close/")
    window.get_by_label("What came of it").fill("The oil was old.")
    walk.press("Close the topic")
    walk.reads("The oil was old.")
    walk.reads("This conversation is closed")
    walk.inspect("/topics/")


def test_an_entry_is_commented(walk: Walk, world: World) -> None:
    walk.sign_in(world.employee)
    window = walk.page
    place = f"/comments/entry/{world.entries['workshop-open'].key}/"
    walk.go("/en/communities/workshop/workshop-open/")
    window.locator(".comments-place").scroll_into_view_if_needed()
    expect(window.locator(".comments")).to_be_visible()
    window.fill(".comments [data-text]", "We did the same")
    window.press(".comments [data-text]", "Enter")
    expect(window.locator(".comments .message:not(.is-pending)")).to_have_count(1)
    window.locator(".subject-signs button").first.click()
    expect(window.locator(".subject-signs .is-mine")).to_have_count(1)
    walk.go(place)
    bar(window, 1, "reply")
    window.fill("[data-text]", "And it lasted")
    window.press("[data-text]", "Enter")
    expect(window.locator(".comment-answers .message")).to_have_count(1)
    walk.inspect(place)


def test_two_write_to_each_other(walk: Walk, world: World) -> None:
    walk.sign_in(world.employee)
    window = walk.page
    walk.go("/direct/")
    walk.reads("You have no direct messages yet")
    walk.inspect("/direct/", "/direct/new/?q=l")
    walk.go(world.lead.get_absolute_url())
    walk.press("Write a message")
    say(window, "Do you have a minute?")
    place = window.url.removeprefix(walk.url)
    walk.inspect(place)
    walk.sign_in(world.lead)
    walk.go("/direct/")
    expect(window.locator(".count-badge")).to_contain_text("1")
    walk.inspect("/direct/")
    walk.go(place)
    say(window, "Of course")
    walk.go("/direct/")
    expect(window.locator(".count-badge")).to_have_count(0)


def test_news_wait_behind_the_bell(walk: Walk, world: World) -> None:
    """Somebody follows a community, is named in a topic of it, and finds both in one place."""
    walk.sign_in(world.employee)
    window = walk.page
    walk.go("/communities/workshop/")
    window.get_by_role("button", name="Follow").first.click()
    expect(window.get_by_role("button", name="Following").first).to_be_visible()
    made = topic(world.open, world.lead)
    say_in = f"[@x](person:{world.employee.public_id}) what do you think?"
    talk_say(made.conversation, world.lead, say_in)
    walk.go("/catalogue/")
    # As a socket does, where there is one; else the page asks within a minute.
    window.evaluate("document.dispatchEvent(new CustomEvent('guildhall:notifications'))")
    expect(window.locator("[data-bell-number]")).to_have_text("2")
    window.locator("[data-bell] summary").click()
    latest = window.locator("[data-bell-latest]")
    expect(latest).to_contain_text("Lena Lead names you in “Bearings run hot”")
    expect(latest).to_contain_text("A topic in “Workshop”: “Bearings run hot”")
    walk.inspect("/notifications/", "/notifications/settings/")
    walk.go("/catalogue/")
    window.locator("[data-bell] summary").click()
    window.get_by_role("link", name="names you").first.click()
    expect(window.locator("#message-2")).to_be_focused()
    walk.go("/notifications/?show=unread")
    expect(window.locator("main")).not_to_contain_text("names you in")
