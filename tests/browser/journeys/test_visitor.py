"""A visitor: what stands open, the way in, and what happens at a door that is closed."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from playwright.sync_api import expect

from tests.browser.journeys.walk import Walk
from tests.world import PASSWORD, World

pytestmark = pytest.mark.browser

ENTRY = "/en/communities/workshop/workshop-open/"


def test_a_visitor_finds_the_way_in_and_back_to_the_page_they_wanted(walk: Walk, world: World) -> None:
    EmailAddress.objects.create(user=world.employee, email=world.employee.email, verified=True, primary=True)
    page = walk.page

    walk.go("/")
    walk.reads("Sign in")
    expect(page.get_by_role("navigation")).to_have_count(0)
    assert "Workshop" not in page.content()
    for public in ("/robots.txt", "/.well-known/security.txt", "/sitemap.xml", "/manifest.webmanifest"):
        assert page.request.get(walk.url + public, max_redirects=0).ok
    walk.go("/styleguide/")
    walk.inspect("/", "/accounts/login/", "/accounts/password/reset/", "/api/v1/docs")

    # What is closed asks who is there, whether it exists or not.
    for path in ("/catalogue/", "/en/communities/workshop/never-was/", ENTRY):
        walk.go(path)
        walk.is_at(f"/accounts/login/?next={path}")
    assert "workshop-open" not in page.title()

    page.get_by_label("E-mail").fill("employee@example.org")
    page.get_by_label("Password", exact=True).fill("not-the-password")
    walk.press("Sign in")
    walk.reads("The e-mail or the password is not right.")
    expect(page.get_by_label("E-mail")).to_have_value("employee@example.org")
    walk.inspect_here()

    walk.follow("Forgotten password")
    page.get_by_label("E-mail").fill("employee@example.org")
    walk.press("Send the link")
    walk.is_at("/accounts/password/reset/done/")
    walk.inspect("/accounts/password/reset/done/")
    [letter] = mail.outbox
    assert letter.to == ["employee@example.org"]
    link = re.search(r"https?://\S+/accounts/password/reset/key/\S+", str(letter.body))
    assert link
    page.goto(link[0])
    page.get_by_label("New password").fill("a-rather-long-phrase")
    page.get_by_label("The same password again").fill("another-long-phrase")
    walk.press("Set the password")
    walk.reads("Please look at these again")
    walk.inspect_here()

    walk.go(ENTRY)
    page.get_by_label("E-mail").fill("employee@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    walk.press("Sign in")
    walk.is_at(ENTRY)
    walk.reads("Body of workshop-open")

    walk.person = world.employee
    walk.go_in_vain("/en/communities/workshop/never-was/", 404)
    walk.reads("There is nothing here")
    with walk.refusal(404):
        page.reload()
    walk.inspect_here()


def test_who_comes_with_a_link_that_does_not_hold_is_told_so(walk: Walk, world: World) -> None:
    walk.go_in_vain("/invitations/never-was-an-invitation-secret-x/", 410)
    walk.reads("This invitation cannot be used")
    walk.inspect_here()
    walk.go_in_vain("/accounts/never-was/", 404)
    walk.reads("There is nothing here")
