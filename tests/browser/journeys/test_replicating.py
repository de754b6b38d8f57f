"""On a phone somebody records that an enterprise uses an entry; a curator confirms what it brought, and it counts."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from knowledge.models import Entry, Replication
from people.models import User
from tests.browser.journeys.walk import Walk
from tests.knowledge.ledger import employee_of
from tests.world import World

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


def test_an_adoption_is_recorded_confirmed_and_counted(walk: Walk, second_walk: Walk, world: World) -> None:
    Entry.objects.filter(community=world.open).update(enterprise=world.enterprise)
    entry = world.entries["workshop-open"]
    page = walk.page
    page.set_viewport_size(PHONE)
    walk.sign_in(employee_of("steel"))
    walk.go(entry.pages.get().get_url())
    walk.follow("We use this too")
    page.get_by_label("Adopted").check()
    expect(page.get_by_label("Amount")).to_be_hidden()
    page.get_by_label("In money").check()
    page.get_by_label("Amount").fill("120 000")
    page.get_by_label("What you did, and what you changed").fill("Both lines since May")
    walk.press("Record it")
    # The currency was forgotten: it is told, and what was written is still there.
    expect(page.get_by_role("alert")).to_contain_text("Currency")
    expect(page.get_by_label("What you did, and what you changed")).to_have_value("Both lines since May")
    page.get_by_label("Currency").first.fill("EUR")
    page.get_by_label("Period").select_option("a year")
    page.locator("input[type=file]").set_input_files(
        {"name": "sums.csv", "mimeType": "text/csv", "buffer": b"month,kWh\n1,100\n"}
    )
    walk.press("Record it")
    walk.is_told("It is recorded")
    walk.reads("€ 120,000 a year")
    walk.reads("Waits for confirmation")
    made = Replication.objects.get()
    form = reverse("edit_replication", args=[made.public_id])
    walk.inspect(made.get_absolute_url(), form, entry.pages.get().get_url())

    judge = second_walk
    judge.sign_in(User.objects.get(pk=world.curator.pk))
    judge.go("/replications/")
    judge.follow("Waiting for confirmation")
    judge.inspect("/replications/", "/replications/waiting/", "/people/units/pumps/", "/people/units/steel/")
    judge.follow("Title of workshop-open")
    judge.page.get_by_label("Reason").first.fill("Compared with the meters")
    judge.press("Confirm")
    judge.is_told("Saved.")
    judge.reads("Compared with the meters")

    walk.go("/replications/?confirmed=yes")
    walk.reads("€ 120,000")
    walk.reads("confirmed: € 120,000")
    expect(page.locator(".flow-table tbody tr")).to_contain_text("Pumps")
    expect(page.locator("[data-flow-chart] svg")).to_be_visible()
