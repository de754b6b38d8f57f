"""What Wagtail says in codes, or says too much of, is said in words."""

import re
from typing import Any

from django.urls import reverse
from wagtail.log_actions import log

from cms.models import SiteHistoryEntry
from people.choices import Access
from tests import world as worlds
from tests.world import World


class TestUsage:
    def test_a_use_in_a_hidden_place_warns_without_naming_it(self, sign_in: Any, world: World) -> None:
        page = worlds.entry("deepvault", world.classified, world.lead).pages.get().specific
        document = worlds.document("shared-paper", world.open, Access.OPEN)
        worlds.use_in_body(page, document)
        address = reverse("wagtaildocs:document_usage", args=[document.pk])
        told = sign_in(world.curator).get(address).content.decode()
        assert "Used where you may not look" in told
        assert "deepvault" not in told
        assert "(Private" not in told

    def test_an_open_one_is_named(self, sign_in: Any, world: World) -> None:
        page = worlds.entry("gears", world.open, world.lead).pages.get().specific
        image = worlds.picture("wheel", world.open, Access.OPEN)
        worlds.use_in_body(page, image)
        told = (
            sign_in(world.curator).get(reverse("wagtailimages:image_usage", args=[image.pk])).content.decode()
        )
        assert "Title of gears" in told


def test_zones_are_said_as_people_name_them(sign_in: Any, world: World) -> None:
    account = sign_in(world.curator).get("/admin/account/").content.decode()
    assert "Yekaterinburg (UTC+5)" in account
    assert ">Asia/Yekaterinburg<" not in account


def test_the_history_of_the_site_counts_entries_of_a_log(sign_in: Any, world: World) -> None:
    for number in range(60):
        log(world.open, "wagtail.edit", user=world.curator, data={"number": number})
    history = sign_in(world.curator).get(reverse("wagtailadmin_reports:site_history")).content.decode()
    # Whichever of the logs gives its name to all of them.
    assert re.search(r"\d (page )?log entries", history)
    assert SiteHistoryEntry._meta.verbose_name_plural == "log entries"


def test_dates_of_comments_follow_the_language_of_the_person(sign_in: Any, world: World) -> None:
    editor = reverse("wagtailadmin_pages:edit", args=[world.entries["workshop-open"].pages.get().pk])
    page = sign_in(world.curator).get(editor).content.decode()
    assert page.index("cms/admin_dates.js") < page.index("comments.js")
