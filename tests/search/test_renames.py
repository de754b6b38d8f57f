"""What carries the name of a unit, a competence or a tag is found by the new name and no longer by the old one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import outbox, renames
from core import tasks as core_tasks
from core.models import Job, OutboxEntry
from knowledge.models import EntryAttachment, EntryAuthor, EntryPage, EntryTag, Tag
from knowledge.services import tags
from people import access
from people.models import Competence, Unit, User
from people.services import trees
from search import engine, indexing
from tests import world as worlds
from tests.people import staff as staffs
from tests.people.staff import Staff
from tests.upkeep import settle
from tests.world import World

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]

VIEWER = access.Viewer(user_id=0, permissions=frozenset({"people.view_directory"}))


@pytest.fixture
def staff(transactional_db: None) -> Staff:
    built = staffs.build()
    indexing.rebuild()
    return built


def people_found(text: str) -> set[str]:
    settle()
    return {hit.title for hit in engine.search(text, VIEWER, kind="person").hits}


def announced(kind: str, since: int) -> list[str]:
    return list(OutboxEntry.objects.filter(kind=kind, sequence__gt=since).values_list("key", flat=True))


def now() -> int:
    return int(OutboxEntry.objects.latest("sequence").sequence)


class TestUnits:
    def test_its_people_are_found_by_the_new_name(self, staff: Staff) -> None:
        assert people_found("pumps") == {"Emil Employee", "Egon Expert"}
        unit = staff.enterprise
        unit.name = "Hydraulics"
        trees.change(node=unit, parent=unit.get_parent(), by=staff.moderator)
        assert people_found("hydraulics") == {"Emil Employee", "Egon Expert"}
        assert people_found("pumps") == set()
        assert indexing.compare().is_none

    def test_everybody_is_announced_once_in_batches(
        self, staff: Staff, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(renames, "BATCH", 2)
        for number in range(4):
            User.objects.create_user(f"p{number}@example.org", name=f"P{number}", site=staff.enterprise)
        start = now()
        sizes = []
        announce = renames.announce

        def watched(name: str, pk: int, after: int) -> int | None:
            before = now()
            last = announce(name, pk, after)
            sizes.append(now() - before)
            return last

        monkeypatch.setattr(renames, "announce", watched)
        staff.enterprise.name = "Hydraulics"
        staff.enterprise.save()
        told = announced("person", start)
        assert len(told) == len(set(told)) == 6
        assert max(sizes) <= 2
        assert not Job.objects.filter(task=core_tasks.announce_carriers.module_path).exists()

    def test_a_batch_costs_the_same_for_few_and_many(self, staff: Staff) -> None:
        def cost() -> int:
            with CaptureQueriesContext(connection) as queries:
                renames.announce("people by unit", staff.enterprise.pk, 0)
            return len(queries)

        few = cost()
        for number in range(10):
            User.objects.create_user(f"p{number}@example.org", name=f"P{number}", site=staff.enterprise)
        assert cost() == few

    def test_done_twice_it_leaves_the_same_index(self, staff: Staff) -> None:
        staff.enterprise.name = "Hydraulics"
        staff.enterprise.save()
        core_tasks.announce_carriers.call("people by unit", staff.enterprise.pk)
        indexing.drain()
        assert people_found("hydraulics") == {"Emil Employee", "Egon Expert"}
        assert indexing.compare().is_none

    def test_saved_under_the_same_name_it_concerns_nobody(self, staff: Staff) -> None:
        start = now()
        staff.enterprise.industry = "machines"
        staff.enterprise.save()
        staff.enterprise.save(update_fields=["industry"])
        assert announced("person", start) == []
        assert announced("unit", start) == [str(staff.enterprise.pk)] * 2

    def test_a_move_in_the_tree_leaves_no_row_of_the_index_behind(self, staff: Staff) -> None:
        other = Unit.add_root(slug="other", kind="holding", name="Other")
        trees.change(node=staff.enterprise, parent=other, by=staff.moderator)
        assert indexing.compare().is_none


class TestCompetences:
    def test_who_has_it_is_found_by_the_new_name(self, staff: Staff) -> None:
        welding = Competence.add_root(slug="welding", name_en="Welding", name_ru="Сварка")
        staff.employee.skills.add(welding)
        staff.expert.competences.add(welding)
        assert people_found("сварка") == {"Emil Employee"}
        start = now()
        welding.name_ru = "Пайка"
        trees.change(node=welding, parent=None, by=staff.moderator)
        assert people_found("пайка") == {"Emil Employee"}
        assert people_found("сварка") == set()
        assert sorted(announced("person", start)) == sorted(
            str(person.public_id) for person in (staff.employee, staff.expert)
        )


class TestEntries:
    @pytest.fixture
    def built(self, transactional_db: None) -> World:
        built = worlds.build()
        indexing.rebuild()
        return built

    def found(self, world: World, text: str, who: str = "lead") -> set[str]:
        settle()
        return {hit.title for hit in engine.search(text, world.viewer(who), kind="entry").hits}

    def tagged(self, world: World, name: str, *slugs: str) -> Tag:
        for slug in slugs:
            page = EntryPage.objects.get(entry=world.entries[slug]).specific
            page.tags.add(name)
            page.save()
        return Tag.objects.get(name=name)

    def test_by_the_new_name_of_a_tag(self, built: World) -> None:
        tag = self.tagged(built, "cavitation", "workshop-open", "workshop-classified")
        assert len(self.found(built, "cavitation")) == 2
        tags.rename(tag=tag, name="Erosion", by=built.curator)
        assert self.found(built, "erosion") == {"Title of workshop-open", "Title of workshop-classified"}
        assert self.found(built, "cavitation") == set()
        assert self.found(built, "erosion", "employee") == {"Title of workshop-open"}
        tag.refresh_from_db()
        tag.delete()
        assert self.found(built, "erosion") == set()

    def test_by_the_new_name_of_an_author(self, built: World) -> None:
        entry = built.entries["workshop-open"]
        EntryAuthor.objects.create(entry=entry, user=built.colleague)
        assert self.found(built, "colleague") == {"Title of workshop-open"}
        built.colleague.name = "Cora Renamed"
        built.colleague.save()
        assert self.found(built, "renamed") == {"Title of workshop-open"}
        assert self.found(built, "colleague") == set()
        assert indexing.compare().is_none

    def test_by_what_they_are_about_and_by_their_files(self, built: World) -> None:
        page = EntryPage.objects.get(entry=built.entries["workshop-open"]).specific
        welding = Competence.add_root(slug="welding", name_en="Welding", name_ru="Сварка")
        page.entry.competences.add(welding)
        page.entry.save()
        paper = worlds.document("Torque tables", built.open)
        page.attachments.add(EntryAttachment(document=paper, description="Tightening in the cold"))
        page.save_revision().publish()
        for text in ("welding", "torque", "tightening"):
            assert self.found(built, text) == {"Title of workshop-open"}, text
        assert self.found(built, "сварка") == set(), "the page is in English"
        paper.title = "Moments"
        paper.save()
        assert self.found(built, "moments") == {"Title of workshop-open"}
        assert indexing.compare().is_none

    def test_told_with_the_audience_they_have(self, built: World) -> None:
        built.enterprise.name = "Hydraulics"
        for entry in built.entries.values():
            entry.enterprise = built.enterprise
            entry.save(update_fields=["enterprise"])
        start = now()
        built.enterprise.save()
        told = OutboxEntry.objects.filter(kind="entry", sequence__gt=start)
        assert {row.key: row.audience_after for row in told} == {
            str(entry.key): entry.audience for entry in built.entries.values()
        }
        assert told.count() == len(built.entries)

    def test_a_merge_costs_the_same_for_few_and_many(
        self, built: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def cost(*slugs: str) -> int:
            self.tagged(built, "cavitation", *slugs)
            merged = Tag.objects.get(name="cavitation")
            with CaptureQueriesContext(connection) as queries:
                tags.merge(tag=merged, into=Tag.objects.get(name="erosion"), by=built.curator)
            return len(queries)

        monkeypatch.setattr(outbox, "_followers", [])
        self.tagged(built, "erosion", "boardroom-open")
        cost("workshop-classified")  # what is asked once and kept
        few = cost("workshop-open")
        assert cost(*built.entries) == few
        assert EntryTag.objects.filter(tag__name="erosion").count() == len(built.entries)
