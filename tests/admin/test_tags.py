"""Tags are made, renamed, merged; what has them follows."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from core.models import AuditEntry, OutboxEntry
from knowledge.models import EntryPage, EntryTag, Tag
from knowledge.services import tags
from people.choices import Access
from tests import world as worlds


def tagged(world: worlds.World, entry: str, *names: str) -> EntryPage:
    page = world.entries[entry].pages.get().specific
    page.tags.add(*names)
    page.save()
    return page


def names_of(page: EntryPage) -> set[str]:
    return set(EntryTag.objects.filter(content_object=page).values_list("tag__name", flat=True))


@pytest.fixture
def curator(sign_in, world: worlds.World) -> Client:
    return sign_in(world.curator)


class TestMerge:
    def test_every_page_has_the_tag_that_stays_once(self, curator: Client, world: worlds.World) -> None:
        both = tagged(world, "workshop-open", "pump", "pumps")
        one = tagged(world, "boardroom-open", "pump")
        before = OutboxEntry.objects.latest("sequence").sequence
        pump, pumps = Tag.objects.get(name="pump"), Tag.objects.get(name="pumps")
        assert curator.post(reverse("tag:merge", args=[pump.pk]), {"into": "Pumps"}).status_code == 302
        assert (names_of(both), names_of(one)) == ({"pumps"}, {"pumps"})
        assert not Tag.objects.filter(pk=pump.pk).exists()
        changed = set(
            OutboxEntry.objects.filter(sequence__gt=before, kind="entry").values_list("key", flat=True)
        )
        assert changed == {str(both.entry.key), str(one.entry.key)}
        record = AuditEntry.objects.get(action="tag.merged")
        assert (record.actor, record.details) == (world.curator, {"merged": pump.pk, "pages": 2})
        assert pumps.name == "pumps"

    def test_a_name_that_is_no_tag_is_refused(self, curator: Client, world: worlds.World) -> None:
        tagged(world, "workshop-open", "pump")
        tag = Tag.objects.get(name="pump")
        for into in ("nothing", "pump"):
            answer = curator.post(reverse("tag:merge", args=[tag.pk]), {"into": into})
            assert "There is no other tag of this name." in answer.content.decode()
        assert Tag.objects.filter(pk=tag.pk).exists()

    def test_needs_the_right(self, world: worlds.World) -> None:
        tagged(world, "workshop-open", "pump", "pumps")
        with pytest.raises(PermissionDenied):
            tags.merge(
                tag=Tag.objects.get(name="pump"), into=Tag.objects.get(name="pumps"), by=world.employee
            )
        assert Tag.objects.count() == 2


class TestRename:
    def test_the_address_follows_the_name(self, curator: Client, world: worlds.World) -> None:
        page = tagged(world, "workshop-open", "pmup")
        tag = Tag.objects.get(name="pmup")
        assert curator.post(reverse("tag:edit", args=[tag.pk]), {"name": " Насос  4 "}).status_code == 302
        tag.refresh_from_db()
        assert (tag.name, names_of(page)) == ("Насос 4", {"Насос 4"})
        assert tag.slug.isascii()

    def test_a_name_that_is_taken_is_refused(self, curator: Client, world: worlds.World) -> None:
        tagged(world, "workshop-open", "pump", "pumps")
        tag = Tag.objects.get(name="pump")
        answer = curator.post(reverse("tag:edit", args=[tag.pk]), {"name": "PUMPS"})
        assert "Merge this one into it instead." in answer.content.decode()

    def test_a_new_tag_is_ready_for_writers(self, curator: Client, world: worlds.World) -> None:
        assert curator.post(reverse("tag:add"), {"name": "Alignment"}).status_code == 302
        found = curator.get(
            reverse("wagtailadmin_tag_model_autocomplete", args=["knowledge", "tag"]) + "?term=ali"
        )
        assert found.json() == ["Alignment"]


def test_a_tag_of_classified_entries_alone_is_not_for_others(world: worlds.World) -> None:
    tagged(world, "workshop-classified", "secret-alloy")
    tagged(world, "workshop-open", "pump")
    assert world.entries["workshop-classified"].access == Access.CLASSIFIED
    seen = set(Tag.objects.visible_to(world.viewer("curator")).values_list("name", flat=True))
    assert seen == {"pump"}
    assert "secret-alloy" in Tag.objects.visible_to(world.viewer("lead")).values_list("name", flat=True)
