"""The leak matrix: whoever looks wherever sees nothing that is not for them, and does see what is."""

import html
from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import TestCase

from people.choices import Access
from tests.matrix import scene as scenes
from tests.matrix.doors import MANAGERS, ROLES
from tests.matrix.surfaces import SURFACES, Surface
from tests.people.test_access import READABLE

INSIDE = {"lead", "member"}
SLUGS = [f"{place}-{access}" for place in ("workshop", "boardroom", "vault") for access in Access.values]


def traces(slug: str) -> set[str]:
    """What an entry shows of itself: any of it in an answer is a leak."""
    return {
        *(f"Title of {slug}", f"Summary of {slug}", f"Body of {slug}", f"/{slug}/"),
        *(f"Correction of {slug}", f"Missing in {slug}"),
    }


def forbidden(role: str) -> set[str]:
    hidden = set().union(*(traces(slug) for slug in SLUGS if slug not in READABLE[role]), traces("draft"))
    if role not in INSIDE:
        hidden |= {
            "View of vault",
            ">Vault<",
            '"Vault"',
            "About vault",
            "/communities/vault/",
            "document-classified",
        }
    if role not in INSIDE:
        hidden |= {"View of boardroom"}
    if role not in INSIDE | {"curator", "moderator"}:
        hidden |= {"document-closed", "picture-closed"}
    return hidden


def hidden(role: str, surface: Surface) -> set[str]:
    """Drafts are named to nobody but those who run the community, where they wait for them."""
    is_desk = surface.name == "community_to_do workshop " and role in MANAGERS
    return forbidden(role) - (traces("draft") if is_desk else set())


class TestLeaks(TestCase):
    """One scene for all roles."""

    @classmethod
    def setUpTestData(cls) -> None:
        cls.scene = scenes.build()

    def enter(self, role: str) -> None:
        self.client.logout()
        person = self.scene.person(role)
        if person is not None:
            self.client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")

    def look(self, surface: Surface) -> str:
        answer = self.client.get(surface.url(self.scene))
        assert answer.status_code in {200, 302, 401, 403, 404}, f"{surface.name}: {answer.status_code}"
        text = b"".join(answer) if answer.streaming else answer.content
        return html.unescape(text.decode()) if answer.status_code == 200 else ""

    def look_everywhere(self, role: str) -> None:
        leaks, seen = [], ""
        self.enter(role)
        for surface in SURFACES:
            with transaction.atomic():
                text = self.look(surface)
                transaction.set_rollback(True)
            seen += text
            leaks += [f"{surface.name}: {trace}" for trace in sorted(hidden(role, surface)) if trace in text]
        assert leaks == []
        unseen = [slug for slug in READABLE[role] if f"Title of {slug}" not in seen]
        assert unseen == [], "what is for them is shown"

    def count(self, role: str) -> None:
        """A total that counts what is hidden tells that it is there."""
        self.enter(role)
        if role == "visitor":
            assert self.client.get("/api/v1/entries").status_code == 401
            return
        readable = READABLE[role] | {"naming"}
        listed = self.client.get("/api/v2/pages/?type=knowledge.EntryPage&limit=100").json()
        assert listed["meta"]["total_count"] == len(readable) == len(listed["items"])
        assert len(self.client.get("/api/v1/entries?limit=100").json()["items"]) == len(readable)
        used = len(READABLE[role])
        assert self.client.get("/replications/").context["network"].total == used
        assert len(self.client.get("/api/v1/replications?limit=100").json()["items"]) == used
        exported = b"".join(self.client.get("/replications/export/csv/").streaming_content).decode()
        assert len(exported.strip().splitlines()) == used + 1
        facets = self.client.get("/catalogue/").content.decode()
        assert ("vault" in facets) == (role in INSIDE)


def _for(role: str, check: str) -> Callable[[TestLeaks], None]:
    def test(self: TestLeaks) -> None:
        getattr(self, check)(role)

    return test


# Looking everywhere takes seconds for each: those who may least look whenever tests are run.
LOOKING_ALWAYS = {"visitor", "employee"}
for each in ROLES:
    look = _for(each, "look_everywhere")
    marked = look if each in LOOKING_ALWAYS else pytest.mark.slow(look)
    setattr(TestLeaks, f"test_nothing_leaks_to_{each}", marked)
    setattr(TestLeaks, f"test_counts_tell_{each}_nothing", _for(each, "count"))
