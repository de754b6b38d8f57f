"""A community's lead: decides who comes in, invites, keeps texts, cover and files in order, and hands over."""

import io
import re

import pytest
from django.core import mail
from PIL import Image
from playwright.sync_api import expect

from people.choices import Access, MembershipRole, MembershipState
from people.models import Community, Document, Membership, User
from people.services import communities, memberships
from social.models import NotificationEvent
from tests import world as worlds
from tests.browser.journeys.walk import Walk
from tests.world import World

pytestmark = pytest.mark.browser

BOARDROOM = "/communities/boardroom/"


def standing(user: User, community: Community) -> str:
    return Membership.objects.get(user=user, community=community).state


def test_a_lead_decides_who_is_in(walk: Walk, world: World) -> None:
    for user, message in ((world.employee, "I keep the minutes."), (world.colleague, "")):
        memberships.join(user=user, community=world.closed, message=message)
    walk.sign_in(world.lead)
    page = walk.page
    User.objects.filter(pk=world.lead.pk).update(welcomed_at=world.closed.created_at)

    walk.go("/")
    walk.reads("Waiting for you: who asked to join")
    walk.inspect("/")
    walk.follow("Decide: Emil Employee")
    walk.is_at(f"{BOARDROOM}members/")
    walk.reads("I keep the minutes.")
    walk.inspect(f"{BOARDROOM}members/")
    walk.press("Let in: Emil Employee")
    walk.is_told("Emil Employee is a member now and has been told.")
    walk.press("Decline: Cora Colleague")
    walk.dialog.get_by_label(re.compile("^Reason")).fill("It is for those who were there.")
    walk.inspect_here()
    walk.dialog.get_by_role("button", name="Decline", exact=True).click()
    walk.is_told("Declined. Cora Colleague has been told.")
    assert standing(world.employee, world.closed) == MembershipState.ACTIVE
    told = NotificationEvent.objects.get(kind="request_decided", notifications__recipient=world.colleague)
    assert told.data["reason"] == "It is for those who were there."

    page.locator("summary[aria-label='What to do with Max Member']").click()
    walk.press("Remove from the community")
    walk.reads("They will no longer see what is inside.")
    walk.dialog.get_by_role("button", name="Remove", exact=True).click()
    walk.is_told("Max Member is no longer a member.")

    page.locator("summary[aria-label='What to do with Emil Employee']").click()
    walk.inspect_here()
    walk.press("Hand my lead over")
    walk.is_told("Emil Employee leads the community now, and you are an ordinary member.")
    assert Membership.objects.get(user=world.lead, community=world.closed).role == MembershipRole.MEMBER
    expect(page.get_by_role("link", name="Manage", exact=True)).to_have_count(0)
    walk.go_in_vain(f"{BOARDROOM}manage/", 403)
    walk.reads("403")
    walk.inspect_here()


def test_a_lead_invites_by_mail_and_by_a_link_that_works_once(
    walk: Walk, second_walk: Walk, world: World
) -> None:
    walk.sign_in(world.lead)
    page = walk.page
    walk.go(BOARDROOM)
    walk.follow("Invite")
    walk.inspect(f"{BOARDROOM}invitations/")
    page.get_by_label("E-mail").fill("member@example.org")
    walk.press("Send the invitation")
    walk.reads("This person is a member already.")
    expect(page.get_by_label("E-mail")).to_have_value("member@example.org")
    walk.inspect_here()
    page.get_by_label("E-mail").fill("colleague@example.org")
    walk.press("Send the invitation")
    walk.is_told("The invitation is on its way to colleague@example.org.")
    assert [letter.to for letter in mail.outbox] == [["colleague@example.org"]]
    page.get_by_label("How many people may use it").fill("1")
    page.get_by_text("Valid for days").last.click()
    expect(page.get_by_label("Valid for days").last).to_be_focused()
    walk.press("Make a link")
    link = page.get_by_label("Invitation link").input_value()
    walk.inspect_here()

    secret = link.removeprefix(walk.url)
    second_walk.go(secret)
    second_walk.reads("Sign in to accept.")
    second_walk.inspect(secret)
    second_walk.sign_in(world.employee)
    second_walk.inspect(secret)
    second_walk.press("Join the community")
    second_walk.is_told("Welcome! You are a member now.")
    second_walk.is_at(BOARDROOM)
    second_walk.sign_in(world.reservist)
    second_walk.go_in_vain(secret, 410)
    second_walk.reads("This invitation is no longer valid. Ask for a new one.")

    walk.go(f"{BOARDROOM}invitations/")
    walk.reads("Used")
    walk.press("Revoke: colleague@example.org")
    walk.is_told("The invitation no longer works.")
    mailed = re.search(r"/invitations/\S+", str(mail.outbox[0].body))
    assert mailed
    second_walk.sign_in(world.colleague)
    second_walk.go_in_vain(mailed[0], 410)
    second_walk.reads("This invitation is no longer valid. Ask for a new one.")
    second_walk.inspect_here()


def test_a_lead_keeps_the_community_in_order(walk: Walk, world: World) -> None:
    walk.sign_in(world.lead)
    page = walk.page
    walk.go(f"{BOARDROOM}manage/")
    walk.inspect(f"{BOARDROOM}manage/", f"{BOARDROOM}manage/access/")
    description = page.locator("#id_description_en")
    description.fill("Where it is decided")
    page.locator("#id_rules_en").fill("What is said here stays here.")
    picture = page.get_by_label("Picture", exact=True)
    script = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    picture.set_input_files(files=[{"name": "cover.svg", "mimeType": "image/svg+xml", "buffer": script}])
    walk.press("Put it up")
    walk.reads("This is not a JPEG, PNG or WebP picture. Choose another file.")
    stream = io.BytesIO()
    Image.new("RGB", (1200, 300), "navy").save(stream, "JPEG")
    picture.set_input_files(
        files=[{"name": "cover.jpg", "mimeType": "image/jpeg", "buffer": stream.getvalue()}]
    )
    drawn = page.locator("#community-cover").get_attribute("src") or ""
    walk.press("Put it up")
    walk.is_told("The new cover is up.")
    expect(page.locator("#community-cover")).not_to_have_attribute("src", drawn)
    expect(description).to_have_value("Where it is decided")
    walk.press("Save")
    walk.is_told("Saved.")
    walk.follow("To the community")
    walk.reads("Where it is decided")
    walk.reads("What is said here stays here.")
    walk.inspect(BOARDROOM)

    # The file stands open to every employee, the entry only to members.
    entry = world.entries["boardroom-open"]
    plan = worlds.document("Plan", world.open)
    worlds.use_in_body(entry.pages.get(), plan)
    walk.go(f"/entries/{entry.key}/files/")
    walk.reads("Plan")
    walk.inspect(f"/entries/{entry.key}/files/")
    walk.press("Move them to where the entry is")
    walk.is_told("1 file was moved.")
    walk.reads("All files stand where they belong")
    moved = Document.objects.get(pk=plan.pk)
    assert moved.collection == communities.collection_for(world.closed, Access.OPEN)
