"""Two people chat, each in a browser of their own, while the server is killed, started again and cut off."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests import kept_database
from tests.social import server as servers
from tools.services.service import free_port

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# As behind a proxy that lets none through: each is shut as soon as it is opened.
NO_SOCKETS = """
window.WebSocket = class extends EventTarget {
  static CONNECTING = 0;
  static OPEN = 1;
  readyState = 3;
  constructor() {
    super();
    setTimeout(() => this.dispatchEvent(Object.assign(new Event("close"), { code: 1006 })));
  }
};
"""


class Talk:
    """A server with a topic, and the pages of those who are in it."""

    def __init__(self, folder: Path, prepared: dict[str, Any], browser: Browser) -> None:
        self.folder, self.prepared, self.browser = folder, prepared, browser
        self.port = free_port()
        self.server = servers.start(folder, self.port)
        self.contexts: list[BrowserContext] = []

    def page_of(self, person: str) -> Page:
        context = self.browser.new_context(reduced_motion="reduce")
        self.contexts.append(context)
        address = f"http://127.0.0.1:{self.port}"
        session = self.prepared["sessions"][person]
        context.add_cookies([{"name": self.prepared["cookie"], "value": session, "url": address}])
        page = context.new_page()
        page.goto(f"{address}{self.prepared['topic']}")
        expect(page.locator(".conversation.is-live")).to_be_visible()
        return page

    def kill(self) -> None:
        """As by a signal that nothing can catch."""
        self.server.kill()
        self.server.wait()

    def start(self) -> None:
        self.server = servers.start(self.folder, self.port)

    def end(self) -> None:
        for context in self.contexts:
            context.close()
        self.kill()


@pytest.fixture
def talk(tmp_path: Path, pytestconfig: pytest.Config, browser: Browser) -> Iterator[Talk]:
    kept = kept_database.file_in(Path(pytestconfig.cache.mkdir("databases")))
    prepared = servers.prepare(tmp_path, kept if kept.exists() else None)
    talk = Talk(tmp_path, prepared, browser)
    yield talk
    talk.end()


def say(page: Page, text: str) -> None:
    page.fill("[data-text]", text)
    page.press("[data-text]", "Enter")


def texts(page: Page) -> list[str]:
    """What stands there, the first message of the topic left out."""
    return [text.strip() for text in page.locator(".message-text").all_inner_texts()][1:]


def test_nothing_is_lost_or_doubled_however_often_the_server_dies(talk: Talk) -> None:
    lead, member = talk.page_of("lead"), talk.page_of("member")
    wanted: list[str] = []

    def both_say(number: int) -> None:
        for page, name in ((lead, "lead"), (member, "member")):
            wanted.append(f"{name} {number}")
            say(page, wanted[-1])

    def both_have_all() -> None:
        for page in (lead, member):
            expect(page.locator(".message:not(.is-pending)")).to_have_count(len(wanted) + 1, timeout=60_000)
            expect(page.locator(".is-pending")).to_have_count(0)
            assert sorted(texts(page)) == sorted(wanted)
        assert texts(lead) == texts(member)

    both_say(1)
    both_have_all()
    talk.kill()
    both_say(2)
    both_say(3)
    expect(lead.locator(".is-pending")).to_have_count(2)
    talk.start()
    both_have_all()
    for number in (4, 5, 6):
        both_say(number)
        if number == 5:
            # While messages are under way.
            talk.kill()
            talk.start()
    both_have_all()


def test_what_waits_survives_a_page_that_is_closed(talk: Talk) -> None:
    lead = talk.page_of("lead")
    talk.kill()
    say(lead, "Written without a server")
    expect(lead.locator(".is-pending")).to_have_count(1)
    address, context = lead.url, lead.context
    lead.close()
    talk.start()
    again = context.new_page()
    again.goto(address)
    expect(again.locator(".message:not(.is-pending)")).to_have_count(2, timeout=30_000)
    expect(again.locator(".is-pending")).to_have_count(0)
    assert texts(again) == ["Written without a server"]


def test_works_without_sockets(talk: Talk) -> None:
    lead = talk.page_of("lead")
    member_context = talk.browser.new_context(reduced_motion="reduce")
    talk.contexts.append(member_context)
    member_context.add_init_script(NO_SOCKETS)
    address = f"http://127.0.0.1:{talk.port}"
    member_context.add_cookies(
        [{"name": talk.prepared["cookie"], "value": talk.prepared["sessions"]["member"], "url": address}]
    )
    member = member_context.new_page()
    member.goto(f"{address}{talk.prepared['topic']}")
    say(lead, "Over the socket")
    expect(member.locator(".message")).to_have_count(2, timeout=30_000)
    say(member, "Over plain requests")
    expect(lead.locator(".message:not(.is-pending)")).to_have_count(3, timeout=30_000)


def test_works_without_script(talk: Talk) -> None:
    context = talk.browser.new_context(java_script_enabled=False)
    talk.contexts.append(context)
    address = f"http://127.0.0.1:{talk.port}"
    context.add_cookies(
        [{"name": talk.prepared["cookie"], "value": talk.prepared["sessions"]["member"], "url": address}]
    )
    page = context.new_page()
    page.goto(f"{address}{talk.prepared['topic']}")
    page.fill("[name=text]", "By a form")
    page.click("[data-send]")
    expect(page.locator(".message")).to_have_count(2)
    page.fill(".conversation-search [name=q]", "form")
    page.press(".conversation-search [name=q]", "Enter")
    expect(page.locator(".found-message")).to_have_count(1)
