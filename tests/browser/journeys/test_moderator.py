"""A moderator: enters what is classified for a reason and on record, and no further than that."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from playwright.sync_api import expect

from core import clock
from core.models import AuditEntry
from people.models import BreakGlass
from tests.browser.journeys.walk import Walk
from tests.world import World

pytestmark = pytest.mark.browser

ENTRY = "/en/classified/vault/vault-open/"
REASON = "A complaint about what is written there, number 4711."


def test_a_moderator_enters_a_classified_community_with_a_reason(
    walk: Walk, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk.sign_in(world.moderator)
    page = walk.page

    # Names are all that is told before; nothing of it is found, listed or opened.
    walk.go("/communities/")
    expect(page.get_by_role("link", name="Vault")).to_have_count(0)
    walk.go("/search/?q=vault")
    walk.reads("Nothing was found")
    walk.go_in_vain("/communities/vault/", 404)
    walk.go_in_vain(ENTRY, 404)
    walk.go("/communities/")
    walk.follow("Classified")
    walk.reads("Vault")
    walk.inspect("/communities/classified/", "/communities/vault/enter/")
    walk.follow("Enter: Vault")
    page.get_by_label("Reason").fill("Just looking")
    walk.press("Enter, on record")
    walk.reads("Please look at these again")
    expect(page.get_by_label("Reason")).to_have_value("Just looking")
    assert not BreakGlass.objects.exists()
    walk.inspect_here()
    page.get_by_label("Reason").fill(REASON)
    walk.press("Enter, on record")

    walk.is_at("/communities/vault/")
    walk.is_told("You are in for an hour.")
    walk.reads("You entered this classified community as a moderator and may read it until")
    expect(page.get_by_role("link", name=re.compile("Title of vault-open"))).to_be_visible()
    walk.go(ENTRY)
    walk.reads("Body of vault-open")
    walk.inspect("/communities/vault/", ENTRY)
    assert AuditEntry.objects.get(action="community.glass_broken").reason == REASON
    assert [letter.to for letter in mail.outbox] == [[world.lead.email]]
    assert REASON in mail.outbox[0].body
    # It is this one door that is open: what is classified elsewhere stays shut.
    walk.go_in_vain("/en/communities/workshop/workshop-classified/", 404)

    an_hour_later = clock.now() + timedelta(minutes=61)
    monkeypatch.setattr(clock, "now", lambda: an_hour_later)
    walk.go_in_vain(ENTRY, 404)
    walk.go_in_vain("/communities/vault/", 404)
    walk.go("/communities/vault/enter/")


def test_others_do_not_even_learn_that_there_is_something_classified(walk: Walk, world: World) -> None:
    walk.sign_in(world.curator)
    walk.go("/communities/")
    expect(walk.page.get_by_role("link", name="Classified", exact=True)).to_have_count(0)
    walk.go_in_vain("/communities/classified/", 404)
    walk.go_in_vain("/communities/vault/enter/", 404)
