"""Tags are renamed, merged and split; old addresses, drafts and writers who know the old name follow."""

from threading import Barrier, Event, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, connections, transaction

from core.fields import folded
from core.models import OutboxEntry
from knowledge.models import BestPracticePage, EntryPage, EntryTag, FormerTag, Tag
from knowledge.services import page_tags, tags
from people.roles import Role
from tests import world as worlds
from tests.world import World


def tagged(world: World, entry: str, *names: str) -> EntryPage:
    page: EntryPage = world.entries[entry].pages.get().specific
    page.tags.add(*names)
    page.save_revision().publish()
    return BestPracticePage.objects.get(pk=page.pk)


def names_of(page: EntryPage) -> set[str]:
    return set(EntryTag.objects.filter(content_object=page.pk).values_list("tag__name", flat=True))


def tag(name: str) -> Tag:
    return Tag.objects.get(name=name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CNC", "cnc "),
        ("CNC", "C.N.C."),
        ("Straße", "STRASSE"),
        ("5-S", "5S"),
        ("ＣＮＣ", "cnc"),
        ("Насос", "НАСОС"),
    ],
)
def test_spellings_of_one_word_fold_to_one(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("C", "C++"), ("C", "C#"), ("1.5", "15"), ("!", "?")])
def test_words_that_differ_by_a_sign_that_counts_stay_two(one: str, other: str) -> None:
    assert folded(one) != folded(other)


class TestFormerAddresses:
    def test_a_chain_of_renaming_and_merging_leads_to_the_last(self, world: World) -> None:
        tagged(world, "workshop-open", "pmup", "pumps")
        slug = tag("pmup").slug
        tags.rename(tag=tag("pmup"), name="pump", by=world.curator)
        tags.merge(tag=tag("pump"), into=tag("pumps"), by=world.curator)
        tags.rename(tag=tag("pumps"), name="Pump units", by=world.curator)
        leads = dict(FormerTag.objects.values_list("slug", "leads_to__name"))
        assert leads == {slug: "Pump units", "pump": "Pump units", "pumps": "Pump units"}

    def test_a_tag_that_gets_its_old_name_back_has_no_loop(self, world: World) -> None:
        tagged(world, "workshop-open", "pump")
        for name in ("pumps", "pump"):
            tags.rename(tag=Tag.objects.get(), name=name, by=world.curator)
        assert list(FormerTag.objects.values_list("slug", "leads_to__name")) == [("pumps", "pump")]

    def test_an_address_given_up_twice_leads_to_who_had_it_last(self, world: World) -> None:
        tagged(world, "workshop-open", "pump", "valve")
        tags.rename(tag=tag("pump"), name="pumps", by=world.curator)
        tags.rename(tag=tag("valve"), name="pump", by=world.curator)
        tags.rename(tag=tag("pump"), name="valves", by=world.curator)
        assert FormerTag.objects.get(slug="pump").leads_to.name == "valves"


class TestDrafts:
    def test_a_version_saved_with_a_merged_tag_has_the_one_that_stayed_once(self, world: World) -> None:
        page = tagged(world, "workshop-open", "pump", "pumps")
        tags.merge(tag=tag("pump"), into=tag("pumps"), by=world.curator)
        draft = page.get_latest_revision_as_object()
        assert [row.tag.name for row in draft.tagged_items.all()] == ["pumps"]
        draft.save_revision().publish()
        assert names_of(page) == {"pumps"}

    def test_a_page_in_hand_while_its_tag_is_merged_is_saved_with_the_one_that_stayed(
        self, world: World
    ) -> None:
        page = tagged(world, "workshop-open", "pump")
        into = Tag.objects.create(name="pumps", slug="pumps")
        in_hand = BestPracticePage.objects.get(pk=page.pk)
        in_hand.tags.add("pump", "pumps")
        tags.merge(tag=tag("pump"), into=into, by=world.curator)
        in_hand.save()
        assert names_of(page) == {"pumps"}

    def test_a_tag_deleted_as_unused_is_made_again_for_who_had_just_chosen_it(self, world: World) -> None:
        page = tagged(world, "workshop-open")
        Tag.objects.create(name="pump", slug="pump")
        in_hand = BestPracticePage.objects.get(pk=page.pk)
        in_hand.tags.add("pump")
        tags.discard_unused(tags=Tag.objects.all(), by=world.curator)
        in_hand.save()
        assert names_of(page) == {"pump"}


class TestSplit:
    def test_chosen_pages_and_their_drafts_get_the_parts(self, world: World) -> None:
        one, other = (tagged(world, entry, "pump") for entry in ("workshop-open", "boardroom-open"))
        before = OutboxEntry.objects.latest("sequence").sequence
        pages = EntryPage.objects.filter(pk=one.pk)
        assert tags.split(tag=tag("pump"), pages=pages, parts=["Seals", "Bearings"], by=world.curator) == 1
        assert (names_of(one), names_of(other)) == ({"Seals", "Bearings"}, {"pump"})
        draft = one.get_latest_revision_as_object()
        assert {row.tag.name for row in draft.tagged_items.all()} == {"Seals", "Bearings"}
        draft.save_revision().publish()
        assert names_of(one) == {"Seals", "Bearings"}
        changed = OutboxEntry.objects.filter(sequence__gt=before, kind="entry").values_list("key", flat=True)
        assert str(one.entry.key) in changed
        assert str(other.entry.key) not in changed

    def test_a_part_that_is_the_tag_itself_or_another_spelling_of_one_makes_no_second(
        self, world: World
    ) -> None:
        page = tagged(world, "workshop-open", "pump", "Seals")
        tags.split(tag=tag("pump"), pages=EntryPage.objects.all(), parts=["Pump", "SEALS"], by=world.curator)
        assert names_of(page) == {"pump", "Seals"}
        assert Tag.objects.count() == 2

    def test_needs_the_right_and_a_part(self, world: World) -> None:
        tagged(world, "workshop-open", "pump")
        everything = EntryPage.objects.all()
        with pytest.raises(PermissionDenied):
            tags.split(tag=tag("pump"), pages=everything, parts=["a"], by=world.employee)
        for parts in ([], [str(number) for number in range(11)]):
            with pytest.raises(tags.TagRefused):
                tags.split(tag=tag("pump"), pages=everything, parts=parts, by=world.curator)


class TestUnused:
    def test_only_what_no_page_has_is_deleted(self, world: World) -> None:
        tagged(world, "workshop-open", "pump")
        Tag.objects.create(name="old", slug="old")
        assert tags.discard_unused(tags=Tag.objects.all(), by=world.curator) == 1
        assert list(Tag.objects.values_list("name", flat=True)) == ["pump"]


class TestCurrentNames:
    def test_a_writer_gets_the_tag_there_is(self, world: World) -> None:
        tagged(world, "workshop-open", "CNC", "pmup")
        tags.rename(tag=tag("pmup"), name="pump", by=world.curator)
        written = ["c.n.c. ", "cnc", "PMUP", "new  word"]
        assert page_tags.current_names(written, world.viewer("curator")) == ["CNC", "pump", "new word"]

    def test_a_tag_of_what_is_classified_is_not_given_away(self, world: World) -> None:
        tagged(world, "workshop-classified", "Secret-Alloy")
        assert page_tags.current_names(["secret alloy"], world.viewer("curator")) == ["secret alloy"]
        assert page_tags.current_names(["secret alloy"], world.viewer("lead")) == ["Secret-Alloy"]


@pytest.mark.django_db(transaction=True)
class TestAtTheSameTime:
    """Each has a connection of their own; the tag's row is what they wait at."""

    @pytest.fixture
    def pumping(self) -> EntryPage:
        if connection.vendor != "postgresql":
            pytest.skip("SQLite lets one writer in at a time; the tests above tell what the second finds")
        lead = worlds.person("lead@example.org", Role.EXPERT)
        entry = worlds.entry("pumping", worlds.community("forge", lead), lead)
        for name in ("pump", "pumps"):
            Tag.objects.create(name=name, slug=name)
        return EntryPage.objects.get(entry=entry).specific

    def test_a_page_saved_before_the_merge_is_through_ends_with_the_tag_that_stays(
        self, pumping: EntryPage
    ) -> None:
        curator = worlds.person("curator@example.org", Role.CURATOR)
        saved, merging = Event(), Event()

        def save() -> None:
            with transaction.atomic():
                pumping.tags.add("pump")
                pumping.save()
                saved.set()
                # The merge is on its way and waits for this transaction.
                merging.wait(5)
                connections["default"].cursor().execute("SELECT pg_sleep(0.3)")
            connections["default"].close()

        def merge() -> None:
            saved.wait(10)
            merging.set()
            tags.merge(tag=tag("pump"), into=tag("pumps"), by=curator)
            connections["default"].close()

        _run(save, merge)
        assert names_of(pumping) == {"pumps"}

    def test_a_page_saved_while_the_merge_is_not_yet_through_ends_with_the_tag_that_stays(
        self, pumping: EntryPage
    ) -> None:
        curator = worlds.person("curator@example.org", Role.CURATOR)
        pumping.tags.add("pump")
        merged, saving = Event(), Event()

        def merge() -> None:
            with transaction.atomic():
                tags.merge(tag=tag("pump"), into=tag("pumps"), by=curator)
                merged.set()
                saving.wait(5)
                connections["default"].cursor().execute("SELECT pg_sleep(0.3)")
            connections["default"].close()

        def save() -> None:
            merged.wait(10)
            saving.set()
            pumping.save()
            connections["default"].close()

        _run(merge, save)
        assert names_of(pumping) == {"pumps"}

    def test_two_who_merge_the_same_tags_into_each_other_leave_one(self, pumping: EntryPage) -> None:
        curators = [worlds.person(f"curator{number}@example.org", Role.CURATOR) for number in range(2)]
        pair, start, refused = [tag("pump"), tag("pumps")], Barrier(2), []

        def merge(number: int) -> None:
            start.wait(10)
            try:
                tags.merge(tag=pair[number], into=pair[1 - number], by=curators[number])
            except tags.TagRefused as error:
                refused.append(error)
            connections["default"].close()

        _run(lambda: merge(0), lambda: merge(1))
        assert (Tag.objects.count(), len(refused)) == (1, 1)


def _run(*steps) -> None:
    threads = [Thread(target=step) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)


def test_translations_made_from_an_earlier_state_follow_too(world: World) -> None:
    page = tagged(world, "workshop-open", "pump")
    content = page.serializable_data()
    into = Tag.objects.create(name="pumps", slug="pumps")
    tags.merge(tag=tag("pump"), into=into, by=world.curator)
    copy = BestPracticePage.from_serializable_data(content)
    assert [row.tag for row in copy.tagged_items.all()] == [into]
