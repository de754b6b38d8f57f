"""A lead's day: requests, a department by rule, what stands on the overview, and the figures of a quarter."""

import pytest
from playwright.sync_api import expect

from people.choices import MembershipState
from people.models import Community, Membership, User
from people.roles import Role
from people.services import memberships
from tests import world as worlds
from tests.browser.journeys.walk import HEIGHT, Walk
from tests.world import World

pytestmark = pytest.mark.browser

BOARDROOM = "/communities/boardroom/"


@pytest.mark.parametrize("width", [1440, 390])
def test_a_leads_day(walk: Walk, world: World, width: int) -> None:
    for user in (world.employee, world.colleague):
        memberships.join(user=user, community=world.closed, message="I keep the minutes.")
    office = world.enterprise.add_child(slug="office", kind="department", name="Office")
    for name in ("Anna Able", "Boris Best"):
        worlds.person(
            f"{name.split()[0].lower()}@example.org",
            Role.EMPLOYEE,
            name=name,
            enterprise=world.enterprise,
            department=office,
        )
    walk.page.set_viewport_size({"width": width, "height": HEIGHT})
    walk.sign_in(world.lead)
    User.objects.filter(pk=world.lead.pk).update(welcomed_at=world.closed.created_at)
    page = walk.page

    walk.go(BOARDROOM)
    walk.follow("Manage")
    walk.is_at(f"{BOARDROOM}to-do/")
    walk.reads("I keep the minutes.")
    if width == 1440:
        walk.inspect(f"{BOARDROOM}to-do/")
    walk.follow("Decide on the requests")
    for name in ("Emil Employee", "Cora Colleague"):
        page.get_by_label(f"Choose {name}").check()
    if width == 1440:
        walk.inspect(f"{BOARDROOM}members/")
        for name in ("Emil Employee", "Cora Colleague"):
            page.get_by_label(f"Choose {name}").check()
    walk.press("Let the ticked ones in")
    walk.is_told("Done for 2 people.")
    here = Membership.objects.active().filter(community=world.closed)
    assert here.filter(user__in=[world.employee, world.colleague]).count() == 2

    walk.follow("Membership rules")
    page.get_by_label("Everybody of").select_option(label="– – Office")
    walk.press("See whom it brings")
    walk.reads("2 people come")
    walk.reads("Anna Able")
    if width == 1440:
        walk.inspect_here()
    walk.press("Make the rule")
    walk.is_told("The rule holds.")
    assert here.filter(user__department=office).count() == 2

    walk.follow("Sections and pins")
    page.get_by_label("Blog", exact=True).uncheck()
    walk.press("Save the sections")
    walk.is_told("Saved.")
    walk.press("Pin: Title of boardroom-closed")
    walk.press("Pin: Title of boardroom-open")
    walk.press("Title of boardroom-open up")
    if width == 1440:
        walk.inspect(f"{BOARDROOM}arrange/", BOARDROOM)
    walk.go(BOARDROOM)
    expect(page.get_by_role("link", name="Blog", exact=True)).to_have_count(0)
    pinned = page.locator("section", has=page.get_by_role("heading", name="Pinned by the leads")).locator(
        "h3"
    )
    expect(pinned).to_have_text(["Title of boardroom-open", "Title of boardroom-closed"])

    walk.go(f"{BOARDROOM}statistics/")
    walk.follow("Last quarter")
    walk.reads("members who came")
    walk.reads("requests answered")
    if width == 1440:
        walk.inspect(f"{BOARDROOM}statistics/?period=quarter", f"{BOARDROOM}statistics/?period=own&since=x")


def test_a_list_is_answered_row_by_row(walk: Walk, world: World) -> None:
    walk.sign_in(world.lead)
    User.objects.filter(pk=world.lead.pk).update(welcomed_at=world.closed.created_at)
    Community.objects.filter(pk=world.closed.pk).update(greeting={"en": "Read the minutes first."})
    page = walk.page
    walk.go(f"{BOARDROOM}members/")
    walk.follow("Add people from a list")
    walk.inspect(f"{BOARDROOM}members/add/")
    page.get_by_label("People", exact=False).first.fill(
        "employee@example.org\nMax Member\nstranger@example.org"
    )
    walk.press("Add them")
    walk.reads("3 of 3")
    walk.reads("Is a member already")
    walk.reads("This address has no account: invite them by mail")
    walk.inspect_here()
    walk.follow("Back to the members")
    page.get_by_label("Choose Max Member").check()
    walk.press("Remove")
    walk.reads("Remove: 1 person")
    walk.inspect_here()
    walk.press("Remove")
    walk.is_told("Done for 1 person.")
    assert Membership.objects.get(user=world.member, community=world.closed).state == MembershipState.ENDED

    walk.sign_in(world.employee)
    User.objects.filter(pk=world.employee.pk).update(welcomed_at=world.closed.created_at)
    walk.go(BOARDROOM)
    walk.reads("Read the minutes first.")
    walk.inspect(BOARDROOM)
    walk.press("Got it")
    expect(page.locator(".greeting")).to_have_count(0)
