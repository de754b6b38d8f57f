"""A curator's day: from the panel to ten stale entries, handed over in bulk, the report taken along as a file."""

import csv
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import expect

from core import clock
from knowledge.models import BulkChange, Entry, PageReference
from knowledge.reports import REPORTS
from tests.browser.journeys.walk import Walk
from tests.knowledge.reports import crowd
from tests.world import World

pytestmark = pytest.mark.browser


def test_a_curator_hands_ten_stale_entries_over_and_exports_the_report(walk: Walk, world: World) -> None:
    made = crowd.entries(world.open, world.lead, 10)
    PageReference.objects.create(page=made[0].pages.get(), named_page_id=9_999_999)
    walk.sign_in(world.curator)
    page = walk.page

    walk.go("/admin/")
    walk.inspect_here()
    stale = page.get_by_role("region", name="Past their review date")
    stale.get_by_role("link", name="10 Past their review date").click()
    walk.is_at("/admin/catalogue-reports/freshness/?state=past")
    expect(page.locator("#listing-results tbody tr")).to_have_count(10)

    page.locator("[data-bulk-action-select-all-checkbox]").first.check()
    walk.inspect_here()
    page.get_by_role("link", name="Hand over", exact=True).click()
    walk.reads("This is done to 10 entries:")
    walk.inspect_here()
    page.get_by_role("button", name="Choose a person").click()
    page.locator(".modal-body").get_by_role("link", name=world.member.name).click()
    page.get_by_label("Note").fill("You know these lines best.")
    walk.press("Hand over")
    expect(page.locator(".messages")).to_contain_text("Done for 10 entries.")
    assert Entry.objects.filter(owner=world.member).count() == 10
    (told,) = (message for message in mail.outbox if message.to == [world.member.email])
    assert told.body.count("Title of crowd-") == 10

    page.get_by_role("link", name="See what was done").click()
    walk.reads("10 of 10")
    walk.inspect_here()
    change = BulkChange.objects.get()
    walk.is_at(reverse("bulk_change:one", args=[change.public_id]))

    walk.go("/admin/catalogue-reports/freshness/?state=past")
    page.get_by_role("button", name="Actions").first.click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download CSV").click()
    with Path(download.value.path()).open(encoding="utf-8-sig", newline="") as file:
        head, headings, *lines = csv.reader(file)
    assert head[0] == "Freshness"
    assert headings[0] == "Title"
    assert {line[3] for line in lines} == {world.member.name}

    walk.go(reverse("bulk_change:one", args=[change.public_id]))
    walk.press("Undo what was done")
    walk.reads("10 entries undone")
    assert Entry.objects.filter(owner=world.member).count() == 0


def test_every_report_is_for_everybody(walk: Walk, world: World) -> None:
    crowd.entries(world.open, world.lead, 3)
    page = world.entries["workshop-open"].pages.get()
    PageReference.objects.create(page=page, named_page_id=9_999_999)
    Entry.objects.filter(slug="workshop-open").update(review_date=clock.today() - timedelta(days=1))
    walk.sign_in(world.curator)
    walk.go("/admin/")
    walk.inspect(reverse("catalogue_reports:index"), reverse("bulk_change:index"))
    walk.inspect_kind(*(reverse(f"catalogue_reports:{report.name}") for report in REPORTS))
