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

    def test_pages_that_the_curator_may_not_see_are_merged_uncounted(
        self, curator: Client, world: worlds.World
    ) -> None:
        tagged(world, "workshop-open", "pump", "pumps")
        hidden = tagged(world, "vault-classified", "pump")
        pump = Tag.objects.get(name="pump")
        answer = curator.post(reverse("tag:merge", args=[pump.pk]), {"into": "pumps"}, follow=True)
        assert "on 1 page." in answer.content.decode()
        assert names_of(hidden) == {"pumps"}

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


class TestSplit:
    def test_filters_and_ticks_choose_the_pages(self, curator: Client, world: worlds.World) -> None:
        one, other = (tagged(world, entry, "pump") for entry in ("workshop-open", "boardroom-open"))
        address = reverse("tag:split", args=[Tag.objects.get(name="pump").pk])
        everything = curator.get(address).content.decode()
        assert one.title in everything
        assert other.title in everything
        narrowed = f"{address}?community={world.open.pk}&q=WORKSHOP&language=en&kind=best_practice"
        assert other.title not in curator.get(narrowed).content.decode()
        answer = curator.post(narrowed, {"parts": "Seals, Bearings", "all": "on"})
        assert answer.status_code == 302
        assert (names_of(one), names_of(other)) == ({"Seals", "Bearings"}, {"pump"})
        assert curator.post(address, {"parts": "Valves", "page": [other.pk]}).status_code == 302
        assert names_of(other) == {"Valves"}

    def test_says_what_is_missing_and_keeps_what_was_given(
        self, curator: Client, world: worlds.World
    ) -> None:
        page = tagged(world, "workshop-open", "pump")
        address = reverse("tag:split", args=[Tag.objects.get(name="pump").pk])
        for data in (
            {"parts": ""},
            {"parts": "Seals"},
            {"parts": "x" * 101, "all": "on"},
            {"parts": ",", "all": "on"},
        ):
            answer = curator.post(address, data)
            assert answer.status_code == 200
            assert "help-critical" in answer.content.decode() or "w-field--error" in answer.content.decode()
        kept = curator.post(address, {"parts": "", "page": [page.pk]}).content.decode()
        assert f'value="{page.pk}" id="page-{page.pk}" checked' in kept
        assert curator.get(f"{address}?community=nonsense&p=x").status_code == 200
        assert curator.post(address, {"parts": "Seals", "page": ["x", "9" * 30]}).status_code == 200
        assert names_of(page) == {"pump"}

    def test_neither_lists_nor_changes_pages_that_are_not_for_the_person(
        self, curator: Client, world: worlds.World
    ) -> None:
        hidden = tagged(world, "workshop-classified", "pump")
        tagged(world, "workshop-open", "pump")
        address = reverse("tag:split", args=[Tag.objects.get(name="pump").pk])
        assert hidden.title not in curator.get(address).content.decode()
        curator.post(address, {"parts": "Seals", "all": "on"})
        assert names_of(hidden) == {"pump"}
        # The tag is now one of a hidden page alone, so it is not there for the curator any more.
        assert curator.get(address).status_code == 404

    @pytest.mark.slow
    @pytest.mark.parametrize("pages", [3, 12])
    def test_asks_the_same_number_of_questions_whatever_is_listed(
        self, curator: Client, world: worlds.World, django_assert_max_num_queries, pages: int
    ) -> None:
        for number in range(pages):
            entry = worlds.entry(f"entry-{number}", world.open, world.lead)
            entry.pages.get().specific.tags.add("pump")
            EntryTag.objects.create(
                tag=Tag.objects.get_or_create(name="pump", slug="pump")[0], content_object=entry.pages.get()
            )
        address = reverse("tag:split", args=[Tag.objects.get(name="pump").pk])
        with django_assert_max_num_queries(18):
            curator.get(address)


class TestSpeltTwice:
    def test_the_spelling_that_is_chosen_stays(self, curator: Client, world: worlds.World) -> None:
        page = tagged(world, "workshop-open", "CNC")
        other = Tag.objects.create(name="C.N.C.", slug="c-n-c")
        Tag.objects.create(name="CAM", slug="cam")
        listed = curator.get(reverse("tag:alike")).content.decode()
        assert "C.N.C." in listed
        assert "CAM" not in listed
        curator.post(reverse("tag:alike"), {"into": other.pk})
        assert names_of(page) == {"C.N.C."}
        assert "No tag is spelt twice." in curator.get(reverse("tag:alike")).content.decode()

    def test_a_spelling_of_what_is_classified_is_neither_shown_nor_merged(
        self, curator: Client, world: worlds.World
    ) -> None:
        tagged(world, "workshop-classified", "C-N-C")
        tagged(world, "workshop-open", "CNC")
        assert "No tag is spelt twice." in curator.get(reverse("tag:alike")).content.decode()
        curator.post(reverse("tag:alike"), {"into": Tag.objects.get(name="CNC").pk})
        assert Tag.objects.filter(name="C-N-C").exists()

    def test_nonsense_is_answered_with_words(self, curator: Client) -> None:
        for into in ("", "x", "9" * 40):
            answer = curator.post(reverse("tag:alike"), {"into": into}, follow=True)
            assert "Choose the tag that stays." in answer.content.decode()


class TestUnused:
    def test_chosen_ones_are_deleted_and_used_ones_stay(self, curator: Client, world: worlds.World) -> None:
        tagged(world, "workshop-open", "pump")
        old, older = (Tag.objects.create(name=name, slug=name) for name in ("old", "older"))
        listed = curator.get(reverse("tag:unused")).content.decode()
        assert "older" in listed
        assert "pump" not in listed
        used = Tag.objects.get(name="pump")
        answer = curator.post(reverse("tag:unused"), {"tag": [old.pk, used.pk]}, follow=True)
        assert "1 tag was deleted. Those that a page has meanwhile stay." in answer.content.decode()
        assert set(Tag.objects.all()) == {older, used}


class TestOldAddresses:
    def test_lead_to_the_new_ones_in_the_catalogue_and_communities(
        self, curator: Client, world: worlds.World
    ) -> None:
        tagged(world, "workshop-open", "pmup", "pumps")
        tags.merge(tag=Tag.objects.get(name="pmup"), into=Tag.objects.get(name="pumps"), by=world.curator)
        answer = curator.get("/catalogue/?tag=pmup&sort=title&tag=pumps")
        assert (answer.status_code, answer["Location"]) == (302, "?tag=pumps&sort=title")
        section = reverse("community_entries", args=["workshop", "best-practices"])
        assert curator.get(f"{section}?tag=pmup")["Location"] == "?tag=pumps"
        found = curator.get("/catalogue/?tag=pumps").content.decode()
        assert "Title of workshop-open" in found

    def test_a_tag_that_bears_the_old_name_now_goes_first(self, curator: Client, world: worlds.World) -> None:
        tagged(world, "workshop-open", "pump")
        tags.rename(tag=Tag.objects.get(), name="pumps", by=world.curator)
        tags.create(name="pump", by=world.curator)
        assert curator.get("/catalogue/?tag=pump").status_code == 200

    def test_do_not_give_away_a_tag_of_what_is_classified(self, curator: Client, world: worlds.World) -> None:
        tagged(world, "workshop-classified", "secret")
        tags.rename(tag=Tag.objects.get(), name="alloy", by=world.curator)
        answer = curator.get("/catalogue/?tag=secret")
        assert answer.status_code == 200
        assert "alloy" not in answer.content.decode()

    def test_the_api_takes_old_and_new_and_answers_the_new(
        self, curator: Client, world: worlds.World
    ) -> None:
        tagged(world, "workshop-open", "pmup")
        tags.rename(tag=Tag.objects.get(), name="Pump units", by=world.curator)
        for asked in ("pmup", "pump-units", "pump units"):
            items = curator.get("/api/v1/entries", {"tag": asked}).json()["items"]
            assert [item["tags"] for item in items] == [["Pump units"]]


def test_a_writer_gets_the_tag_there_is(curator: Client, world: worlds.World) -> None:
    """In the editor, whose form keeps the page with the tags in its own field."""
    from knowledge.page_forms import EntryPageForm

    page = tagged(world, "workshop-open", "CNC")
    form_class = page.get_edit_handler().get_form_class()
    assert issubclass(form_class, EntryPageForm)
    form = form_class(instance=page, for_user=world.curator)
    form.cleaned_data = {"tags": ["c.n.c."]}
    assert form.clean_tags() == ["CNC"]


def test_a_tag_of_classified_entries_alone_is_not_for_others(world: worlds.World) -> None:
    tagged(world, "workshop-classified", "secret-alloy")
    tagged(world, "workshop-open", "pump")
    assert world.entries["workshop-classified"].access == Access.CLASSIFIED
    seen = set(Tag.objects.visible_to(world.viewer("curator")).values_list("name", flat=True))
    assert seen == {"pump"}
    assert "secret-alloy" in Tag.objects.visible_to(world.viewer("lead")).values_list("name", flat=True)
