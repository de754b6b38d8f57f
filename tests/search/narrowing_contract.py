"""The same for what narrows a search: facets, fields, the order, what is similar."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from core import clock
from knowledge.models import Entry, EntryAuthor
from people.access import VISITOR
from search import engine
from tests import world as worlds
from tests.search.contract import Indexed, keys
from tests.world import World


class NarrowingContract(Indexed):
    def test_facets_count_what_each_further_choice_would_leave(self, world: World) -> None:
        worlds.entry("one", world.open, world.lead, title="Copper wire", language="en")
        worlds.entry("two", world.open, world.lead, title="Copper pipe", language="ru")
        worlds.entry("three", world.closed, world.lead, title="Copper vault", language="en")
        viewer = world.viewer("lead")
        everything = self.find("copper", viewer)
        assert everything.facets["community"] == {"workshop": 2, world.closed.slug: 1}
        assert everything.facets["language"] == {"en": 2, "ru": 1}
        chosen = self.find("copper", viewer, chosen={"community": ["workshop"]})
        assert chosen.totals == {"entry": 2}
        assert chosen.facets["community"] == {"workshop": 2, world.closed.slug: 1}, (
            "its own choice does not narrow it"
        )
        assert chosen.facets["language"] == {"en": 1, "ru": 1}, "another one does"
        both = self.find(
            "copper", viewer, chosen={"community": ["workshop", world.closed.slug], "language": ["en"]}
        )
        assert both.totals == {"entry": 2}
        assert both.facets["community"] == {"workshop": 1, world.closed.slug: 1}
        employee = self.find("copper", world.viewer("employee"))
        assert employee.facets["community"] == {"workshop": 2}, "what one may not see is not counted"

    def test_a_choice_that_does_not_exist_leaves_nothing_but_the_others(self, world: World) -> None:
        self.entry(world, "one", title="Copper wire")
        found = self.find("copper", world.viewer("employee"), chosen={"community": ["nowhere"]})
        assert (found.hits, found.total) == ([], 0)
        assert found.facets["community"] == {"workshop": 1}

    def test_a_year_is_the_same_for_readers_of_every_time_zone(self, world: World) -> None:
        one = self.entry(world, "one", title="Copper wire")
        eve = datetime(2024, 12, 31, 23, 30, tzinfo=UTC)
        Entry.objects.filter(pk=one.pk).update(published_at=eve)
        for zone in ("UTC", "Asia/Vladivostok", "America/New_York"):
            with timezone.override(zone):
                found = self.find("copper", world.viewer("employee"))
                assert found.facets["year"] == {"2024": 1}
                narrowed = self.find("copper", world.viewer("employee"), chosen={"year": ["2024"]})
                assert narrowed.total == 1

    def test_the_newest_first(self, world: World) -> None:
        old = self.entry(world, "old", title="Copper copper", summary="Copper of copper")
        new = self.entry(world, "new", title="About it", body=[("text", "<p>With copper too.</p>")])
        Entry.objects.filter(pk=old.pk).update(published_at=clock.now() - timedelta(days=400))
        found = self.find("copper", world.viewer("employee"), sort="newest")
        assert keys(found.hits) == [str(new.key), str(old.key)]
        assert keys(self.find("copper", world.viewer("employee")).hits) == [str(old.key), str(new.key)]

    def test_narrowed_by_what_stands_before_a_colon(self, world: World) -> None:
        mine = self.entry(world, "mine", title="Copper wire")
        other = worlds.entry("other", world.closed, world.expert, title="Copper pipe")
        EntryAuthor.objects.create(entry=mine, user=world.lead)
        EntryAuthor.objects.create(entry=other, user=world.expert)
        viewer = world.viewer("lead")
        author = world.lead.name.split()[0]
        for text, expected in (
            (f"copper author:{author}", [mine]),
            (f"copper in:{world.closed.slug}", [other]),
            (f'author:"{world.expert.name}" copper', [other]),
            ("copper kind:success_story", []),
            ("copper in:nowhere", []),
            ("copper author:nobody", []),
            ("copper kind:nothing", []),
            ("copper year:x", []),
            (f"автор:{author} copper", [mine]),
        ):
            found = self.find(text, viewer, kind=None)
            assert keys(found.hits) == [str(entry.key) for entry in expected], text

    def test_a_field_alone_lists_all_of_it(self, world: World) -> None:
        for entry in world.entries.values():
            EntryAuthor.objects.create(entry=entry, user=world.lead)
        self.index()
        found = engine.search(f"author:{world.lead.name.split()[0]}", world.viewer("employee"))
        assert "workshop-open" in {hit.slug for hit in found.hits}
        assert {hit.kind for hit in found.hits} == {"best_practice"}

    def test_what_answers_is_counted_as_it_was_asked_for(self, world: World) -> None:
        for number in range(3):
            self.entry(world, f"wire-{number}", title=f"Copper wire {number}")
        viewer = world.viewer("employee")
        assert self.find("copper", viewer, limit=2).answered == 3
        narrowed = engine.search("workshop kind:community", viewer, limit=2)
        assert (narrowed.answered, narrowed.total > 1) == (1, True)
        assert engine.search("copper in:nowhere", viewer).answered == 0

    def test_a_minus_holds_where_nothing_else_is_asked(self, world: World) -> None:
        wire = self.entry(world, "wire", title="Copper wire")
        self.entry(world, "weld", title="Copper weld")
        self.index()
        found = engine.search("in:workshop -weld", world.viewer("employee"), kind="entry")
        assert str(wire.key) in keys(found.hits)
        assert "weld" not in {hit.slug for hit in found.hits}

    def test_similar_is_what_has_the_telling_words(self, world: World) -> None:
        near = self.entry(world, "near", title="Zirconium furnace lining")
        self.entry(world, "far", title="Mentors for newcomers")
        hidden = worlds.entry("hidden", world.classified, world.lead, title="Zirconium furnace secret")
        self.index()
        text = "Our zirconium lining of the furnace cracked again, what did you do about it?"
        found = engine.similar(text, world.viewer("employee"))
        assert keys(found) == [str(near.key)]
        assert str(hidden.key) in keys(engine.similar(text, world.viewer("lead")))
        assert engine.similar(text, world.viewer("employee"), kinds=["person"]) == []
        assert engine.similar("", world.viewer("employee")) == []
        assert engine.similar(text, VISITOR) == []
