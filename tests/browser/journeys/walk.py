"""Somebody at a browser: where they go, what they are told, and how the pages they meet look to everybody."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from people.models import User
from tests.browser.accessibility import violations

HEIGHT = 900
NARROWEST = 320
# The site and Wagtail's admin each have their own way to say which theme it is.
PAINT = """theme => new Promise(painted => {
    const root = document.documentElement;
    root.dataset.bsTheme = theme;
    root.className = root.className.replace(/\\bw-theme-\\w+/, `w-theme-${theme === "auto" ? "system" : theme}`);
    requestAnimationFrame(() => requestAnimationFrame(() => {
        // The admin lets colours go over into one another, whatever is asked of it.
        const going = document.getAnimations().filter(each => each instanceof CSSTransition);
        Promise.allSettled(going.map(each => each.finished)).then(() => painted());
    }));
})"""

# Until everything that can be pressed stands where it stood a moment before; the admin moves some of it late after the
# window's size has changed.
REST = """async () => {
    const moment = document.getElementById("wagtail-sidebar") ? 150 : 60;
    const places = () => [...document.querySelectorAll("a, button, input, select, textarea")].map(each => {
        const {x, y, width, height} = each.getBoundingClientRect();
        return [x, y, width, height].map(Math.round).join();
    }).join(" ");
    for (let look = 0, before = places(); look < 40; look++) {
        await new Promise(later => setTimeout(later, moment));
        const now = places();
        if (now === before) return true;
        before = now;
    }
    return false;
}"""
# What scrolls within the page as well; bars that stay put cover a part of what is just going under them.
TO_THE_TOP = """() => [document.scrollingElement, ...document.querySelectorAll("*")]
    .filter(each => each.scrollTop > 0)
    .forEach(each => each.scrollTo({top: 0, behavior: "instant"}))"""


@dataclass(frozen=True)
class Look:
    """One way to look at a page."""

    language: str
    theme: str
    width: int

    def __str__(self) -> str:
        return f"{self.language} {self.theme} {self.width}"


LOOKS = (
    Look("en", "light", 1440),
    Look("en", "dark", 390),
    Look("he", "light", 390),
    Look("he", "dark", 1440),
)


class Walk:
    """A person, or a visitor, walking about in one browser."""

    def __init__(self, page: Page, live_server: LiveServer) -> None:
        self.page = page
        self.url = live_server.url
        self.person: User | None = None
        self.complaints: list[str] = []
        page.set_default_timeout(15_000)
        page.set_viewport_size({"width": LOOKS[0].width, "height": HEIGHT})
        page.on("console", lambda said: self._hear(said.type, said.text))
        page.on("pageerror", lambda error: self._hear("error", str(error)))

    def _hear(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(text)

    def sign_in(self, user: User) -> None:
        """Without the form; the visitor's journey goes through it."""
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        self._remember(settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value)
        self.person = user

    def _remember(self, name: str, value: str) -> None:
        self.page.context.add_cookies([{"name": name, "value": value, "url": self.url}])

    def go(self, path: str) -> None:
        answer = self.page.goto(self.url + path)
        assert answer is not None
        assert answer.ok, f"{path}: {answer.status}"

    def go_in_vain(self, path: str, status: int) -> None:
        """Visit an address that refuses; the browser complains of that, and of nothing else."""
        with self.refusal(status):
            answer = self.page.goto(self.url + path)
            assert answer is not None
            assert answer.status == status, f"{path}: {answer.status}"

    @contextmanager
    def refusal(self, status: int) -> Iterator[None]:
        """Of what is done within, the browser says that it was answered with that status."""

        def is_it(message: Any) -> bool:
            return f"status of {status}" in message.text

        with self.page.expect_console_message(is_it) as said:
            yield
        self.complaints.remove(said.value.text)

    @contextmanager
    def refused_drafts(self) -> Iterator[None]:
        """Within, the admin may try to save a form by itself while a field lacks or another was first, in vain."""
        before = len(self.complaints)
        yield
        self.complaints[before:] = [text for text in self.complaints[before:] if "status of 400" not in text]

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def is_at(self, path: str) -> None:
        expect(self.page).to_have_url(self.url + path)

    def reads(self, text: str) -> None:
        expect(self.page.locator("main")).to_contain_text(text)

    def is_told(self, text: str) -> None:
        """In a message that comes and goes."""
        expect(self.page.locator(".toasts")).to_contain_text(text)

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    def inspect(self, *paths: str) -> None:
        """Look at the pages in every way: nothing for axe to find, nothing over the edge. Then go back."""
        self._inspect(dict.fromkeys(paths, LOOKS))

    def inspect_kind(self, *paths: str) -> None:
        """The same for pages that one template draws: the first in every way, the others in half of them by turns."""
        halves = (LOOKS[::2], LOOKS[1::2])
        self._inspect({path: halves[at % 2] if at else LOOKS for at, path in enumerate(paths)})

    def _inspect(self, ways: dict[str, tuple[Look, ...]]) -> None:
        found, here = [], self.page.url
        for language in dict.fromkeys(look.language for look in LOOKS):
            self._speak(language)
            for path, looks in ways.items():
                self.page.goto(self.url + path)
                expect(self.page.locator("html")).to_have_attribute("lang", language)
                found += self._faults([look for look in looks if look.language == language], path)
        self._speak(LOOKS[0].language)
        self.page.goto(here)
        assert not found, _listed(found)

    def inspect_here(self) -> None:
        """The same for the page as it stands, with what was typed or refused, in its own language."""
        language = self.page.locator("html").get_attribute("lang") or ""
        found = self._faults([look for look in LOOKS if look.language == language], self.page.url)
        assert not found, _listed(found)

    def _faults(self, looks: Sequence[Look], path: str) -> list[Any]:
        found: list[Any] = []
        theme = self.page.locator("html").get_attribute("data-bs-theme") or "auto"
        for look in looks:
            self.page.set_viewport_size({"width": look.width, "height": HEIGHT})
            self._paint(look.theme)
            self._settle()
            found += [(path, str(look), *fault) for fault in violations(self.page)]
            found += [(path, str(look), "over the edge", over) for over in self._over_the_edge(look.width)]
        self._paint(theme)
        self.page.set_viewport_size({"width": LOOKS[0].width, "height": HEIGHT})
        return found

    def _paint(self, theme: str) -> None:
        """As the menu of themes does, and wait until it is drawn: colours are read from what is on the screen."""
        self.page.evaluate(PAINT, theme)

    def _settle(self) -> None:
        """From its top, until nothing on the page moves any more."""
        self.page.evaluate(TO_THE_TOP)
        assert self.page.evaluate(REST), f"{self.page.url} does not come to rest"

    def _over_the_edge(self, width: int) -> Iterator[str]:
        for tried in (width, NARROWEST) if width < 600 else (width,):
            self.page.set_viewport_size({"width": tried, "height": HEIGHT})
            needed = self.page.evaluate("document.documentElement.scrollWidth")
            if needed > tried:
                yield f"{needed} of {tried}"

    def _speak(self, language: str) -> None:
        """As the person's own choice, or the browser's for a visitor."""
        self._remember(settings.LANGUAGE_COOKIE_NAME, language)
        if self.person is not None:
            User.objects.filter(pk=self.person.pk).update(language=language)


def _listed(found: list[Any]) -> str:
    return "\n".join(str(fault) for fault in found)
