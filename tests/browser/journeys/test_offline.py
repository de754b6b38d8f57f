"""Somebody reads on the way: what they opened before is there without a connection, and gone when they sign out."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from people.choices import Access
from tests.browser.journeys.walk import Walk
from tests.world import World

pytestmark = pytest.mark.browser
OPEN = "/en/communities/workshop/workshop-open/"
PLACE = "/communities/workshop/"
CLOSED = "/en/communities/boardroom/boardroom-open/"
IS_READY = """async () => {
    await navigator.serviceWorker.ready;
    return navigator.serviceWorker.controller !== null && (await caches.has("offline"))
        && (await (await caches.open("offline")).keys()).length === 1;
}"""
KEPT = """async () => {
    const found = [];
    for (const name of await caches.keys()) {
        if (!name.startsWith("pages-") && !name.startsWith("pictures-")) continue;
        for (const each of await (await caches.open(name)).keys()) found.push(new URL(each.url).pathname);
    }
    return found;
}"""


@pytest.fixture(autouse=True)
def keeping(settings: Settings) -> None:
    settings.OFFLINE_READING = True


def kept(page: Page) -> list[str]:
    found: list[str] = page.evaluate(KEPT)
    return found


def open_and_keep(walk: Walk, path: str) -> None:
    """The worker stores a page after it has been handed over; its parts come by themselves."""
    walk.go(path)
    walk.page.wait_for_load_state("networkidle")
    for _look in range(50):
        if path in kept(walk.page):
            return
        walk.page.wait_for_timeout(100)
    raise AssertionError(f"{path} was not kept: {kept(walk.page)}")


@contextmanager
def no_connection(walk: Walk) -> Iterator[None]:
    """Within, there is none; the browser says so again and again."""
    context = walk.page.context
    context.set_offline(True)
    before = len(walk.complaints)
    yield
    walk.complaints[before:] = [each for each in walk.complaints[before:] if "net::ERR_" not in each]
    context.set_offline(False)


@pytest.fixture
def reader(walk: Walk, world: World) -> Walk:
    """An employee at a browser whose worker is ready."""
    walk.sign_in(world.employee)
    walk.go("/catalogue/")
    walk.page.wait_for_function(IS_READY)
    return walk


def test_reads_on_without_a_connection(reader: Walk) -> None:
    page = reader.page
    open_and_keep(reader, OPEN)
    expect(page.locator(".kept-note")).to_be_hidden()
    reader.go(PLACE)
    with no_connection(reader):
        page.goto(reader.url + OPEN)
        reader.reads("Body of workshop-open")
        expect(page.locator(".kept-note")).to_contain_text("No connection.")
        expect(page.locator("[data-kept-time]")).not_to_be_empty()
        reader.inspect_here()
        page.reload()
        reader.reads("Body of workshop-open")

        page.goto(reader.url + PLACE)
        expect(page.get_by_role("heading", level=1)).to_have_text("No connection")
        expect(page.locator("[data-kept-pages] a")).to_have_text(["Title of workshop-open"])
        reader.inspect_here()
        reader.follow("Title of workshop-open")
        reader.reads("Body of workshop-open")
        page.goto(reader.url + "/people/")
        expect(page.get_by_role("link", name="Try again")).to_be_visible()
    reader.follow("Try again")
    expect(page.get_by_role("heading", level=1)).to_have_text("People")
    open_and_keep(reader, OPEN)
    expect(page.locator(".kept-note")).to_be_hidden()


def test_what_is_said_without_a_connection_is_in_the_readers_language(reader: Walk, world: World) -> None:
    page = reader.page
    reader._speak("he")
    reader.go("/catalogue/")
    page.wait_for_function(
        "async () => (await (await caches.open('offline')).keys()).some(each => each.url.includes('=he'))"
    )
    with no_connection(reader):
        page.goto(reader.url + "/people/")
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        reader.inspect_here()


def test_nothing_stays_after_signing_out(reader: Walk, world: World) -> None:
    page = reader.page
    open_and_keep(reader, OPEN)
    reader.go("/accounts/logout/")
    reader.press("Sign out")
    page.wait_for_url("**/accounts/login/**")
    assert kept(page) == []
    with no_connection(reader):
        page.goto(reader.url + OPEN)
        expect(page.get_by_role("heading", level=1)).to_have_text("No connection")
        expect(page.locator("[data-kept-pages]")).to_be_hidden()


def test_nothing_stays_for_another_person(reader: Walk, world: World) -> None:
    open_and_keep(reader, OPEN)
    reader.sign_in(world.colleague)
    reader.go("/catalogue/")
    assert kept(reader.page) == []


def test_what_is_closed_is_not_kept(reader: Walk, world: World) -> None:
    reader.sign_in(world.curator)
    reader.go(CLOSED)
    open_and_keep(reader, OPEN)
    assert CLOSED not in kept(reader.page)


def test_what_is_no_longer_theirs_falls(reader: Walk, world: World) -> None:
    open_and_keep(reader, OPEN)
    entry = world.entries["workshop-open"]
    entry.access = Access.CLASSIFIED
    entry.save()
    reader.go_in_vain(OPEN, 404)
    assert kept(reader.page) == []


def test_what_was_turned_off_tidies_up(reader: Walk, settings: Settings) -> None:
    open_and_keep(reader, OPEN)
    settings.OFFLINE_READING = False
    page = reader.page
    page.evaluate("fetch('/sw.js', {cache: 'reload'})")
    page.evaluate("navigator.serviceWorker.getRegistration().then(found => found.update())")
    page.wait_for_function("async () => (await caches.keys()).length === 0")
    page.wait_for_function("async () => !(await navigator.serviceWorker.getRegistration())")
