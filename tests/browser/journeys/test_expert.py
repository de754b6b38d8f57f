"""An expert: proposes a community, sees what becomes of the proposal, and sends a better one."""

import re

import pytest
from playwright.sync_api import expect

from people.choices import CommunityState
from people.models import Community
from people.services import communities
from tests.browser.journeys.walk import Walk
from tests.world import World

pytestmark = pytest.mark.browser


def test_an_expert_proposes_a_community_and_hears_what_is_decided(walk: Walk, world: World) -> None:
    walk.sign_in(world.expert)
    page = walk.page
    name = page.get_by_label("Name").and_(page.locator("#id_name_en"))
    description = page.locator("#id_description_en")
    rules = page.locator("#id_rules_en")

    walk.go("/communities/")
    walk.follow("Propose a community")
    walk.inspect("/communities/propose/")
    rules.fill("Say what you measured.")
    page.get_by_role("radio", name=re.compile("^Closed")).check()
    walk.press("Send to the curators")
    walk.reads("Give it a name in at least one language.")
    expect(rules).to_have_value("Say what you measured.")
    expect(page.get_by_role("radio", name=re.compile("^Closed"))).to_be_checked()
    walk.inspect_here()
    page.get_by_role("alert").get_by_role("link", name="Name").click()
    expect(name).to_be_focused()

    before = page.locator("#cover-preview").get_attribute("src") or ""
    name.fill("Valves and fittings")
    expect(page.locator("#cover-preview")).not_to_have_attribute("src", before)
    description.fill("All that closes and opens")
    walk.press("Send to the curators")
    walk.is_told("Sent to the curators.")
    walk.reads("Waiting for a curator")
    expect(page.get_by_role("button", name="Confirm and open")).to_have_count(0)
    proposal = Community.objects.get(name_en="Valves and fittings")
    assert (proposal.state, proposal.access) == (CommunityState.PROPOSED, "closed")

    walk.go("/communities/")
    walk.reads("Your proposal “Valves and fittings” waits for a curator.")
    walk.inspect("/communities/", f"/communities/{proposal.slug}/proposal/")
    walk.go_in_vain("/communities/proposals/", 403)

    communities.decline(community=proposal, by=world.curator, reason="Join the workshop instead.")
    walk.go("/communities/")
    walk.follow("See why")
    walk.reads("Join the workshop instead.")
    walk.inspect_here()
    walk.follow("Change it and send again")
    expect(name).to_have_value("Valves and fittings")
    expect(rules).to_have_value("Say what you measured.")
