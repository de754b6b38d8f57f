"""Entries are near by what they are about, and each reader is shown those they may see."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from knowledge import nearness
from knowledge.models import Entry, WikiPage
from knowledge.services import near_entries, page_facts
from people.choices import Access
from people.models import Competence
from search.models import Position
from tests import world as worlds

pytestmark = pytest.mark.django_db


def about(entry: Entry, *tags: str) -> Entry:
    """The same entry, with these tags on its page."""
    page = entry.pages.get().specific
    page.tags.add(*tags)
    page.save_revision().publish()
    return Entry.objects.get(pk=entry.pk)


def slugs(pks: list[int]) -> list[str]:
    names = dict(Entry.objects.values_list("pk", "slug"))
    return [names[pk] for pk in pks]


@pytest.fixture
def alone(world: worlds.World) -> worlds.World:
    """Without the entries of the world, which are all alike."""
    Entry.objects.update(published_at=None)
    return world


@pytest.fixture
def pumps(alone: worlds.World) -> Entry:
    return about(worlds.entry("pumps", alone.open, alone.lead, title="Alignment of pumps"), "laser", "pumps")


class TestNearest:
    def test_shared_tags_before_words_and_the_community_alone_is_no_nearness(
        self, alone: worlds.World, pumps: Entry
    ) -> None:
        about(worlds.entry("laser", alone.closed, alone.lead, title="Another matter"), "laser", "pumps")
        worlds.entry("words", alone.open, alone.lead, title="Aligning a pump")
        worlds.entry("neighbour", alone.open, alone.lead, title="Lunch", summary="Soup")
        assert slugs(nearness.nearest(pumps)) == ["laser", "words"]

    def test_a_seldom_word_says_more(self, alone: worlds.World, pumps: Entry) -> None:
        for number in range(4):
            about(worlds.entry(f"pump-{number}", alone.closed, alone.lead, title="x", summary="y"), "pumps")
        about(worlds.entry("seldom", alone.closed, alone.lead, title="x", summary="y"), "laser")
        assert slugs(nearness.nearest(pumps))[0] == "seldom"

    def test_competences_count(self, alone: worlds.World, pumps: Entry) -> None:
        competence = Competence.add_root(slug="alignment", name_en="Alignment")
        other = worlds.entry("other", alone.closed, alone.lead, title="x", summary="y")
        for entry in (pumps, other):
            entry.competences.set([competence])
            entry.save()
        assert slugs(nearness.nearest(pumps)) == ["other"]

    def test_what_is_not_published_is_near_to_nothing(self, alone: worlds.World, pumps: Entry) -> None:
        draft = worlds.entry("unpublished", alone.open, alone.lead, title="Alignment of pumps", publish=False)
        assert nearness.nearest(draft) == [] == nearness.nearest(pumps)

    def test_wiki_pages_are_near_to_wiki_pages(self, alone: worlds.World, pumps: Entry) -> None:
        wiki = worlds.entry("wiki", alone.open, alone.lead, title="Alignment of pumps", kind=WikiPage)
        assert slugs(nearness.nearest(wiki)) == ["pumps"]
        assert nearness.nearest(pumps) == []

    @pytest.mark.slow
    def test_what_is_closed_leaves_room_for_what_is_open(self, alone: worlds.World, pumps: Entry) -> None:
        for number in range(nearness.KEPT + 2):
            closed = worlds.entry(f"closed-{number}", alone.closed, alone.lead, title="Alignment of pumps")
            about(closed, "laser", "pumps")
        worlds.entry("open", alone.open, alone.lead, title="Lunch")
        found = slugs(nearness.nearest(pumps))
        assert found[-1] == "open"
        assert len(found) == nearness.KEPT + 1

    @pytest.mark.slow
    def test_costs_the_same_however_many_there_are(self, alone: worlds.World, pumps: Entry) -> None:
        competence = Competence.add_root(slug="alignment", name_en="Alignment")
        pumps.competences.set([competence])
        counts = []
        for number in range(8):
            about(worlds.entry(f"more-{number}", alone.open, alone.lead), "laser")
            with CaptureQueriesContext(connection) as queries:
                nearness.nearest(pumps)
            counts.append(len(queries))
        assert counts[0] == counts[-1] <= 6


class TestNeighbourhood:
    """Many at once are what each is alone."""

    @pytest.fixture
    def many(self, alone: worlds.World) -> list[Entry]:
        competence = Competence.add_root(slug="alignment", name_en="Alignment")
        subjects = (("laser",), ("laser", "pumps"), ("pumps",), ())
        found = []
        for number in range(8):
            community = alone.open if number % 3 else alone.closed
            entry = about(worlds.entry(f"many-{number}", community, alone.lead), *subjects[number % 4])
            if number % 2:
                entry.competences.add(competence)
            found.append(entry)
        return found

    @pytest.mark.slow
    def test_each_is_near_to_the_same(self, many: list[Entry], monkeypatch: pytest.MonkeyPatch) -> None:
        expected = {entry.pk: nearness.nearest(entry) for entry in many}
        assert sum(map(bool, expected.values())) == len(many)
        assert nearness.Neighbourhood().nearest_to(many) == expected
        # With room for next to nothing it has to read again, and with next to no candidates it has to choose.
        for name in ("MOST_OTHERS", "MOST_CARRIED", "MOST_SHARED"):
            monkeypatch.setattr(nearness, name, 1)
        neighbourhood = nearness.Neighbourhood()
        assert {entry.pk: neighbourhood.nearest_to([entry])[entry.pk] for entry in many} == expected
        monkeypatch.setattr(nearness, "READ", 3)
        best = {entry.pk: nearness.nearest(entry) for entry in many}
        assert nearness.Neighbourhood().nearest_to(many) == best
        assert max(map(len, best.values())) == 3

    @pytest.mark.slow
    def test_a_refill_asks_no_more_for_more_of_them(self, many: list[Entry]) -> None:
        def cost(entries: list[Entry]) -> int:
            Entry.objects.update(published_at=None, near=[])
            Entry.objects.filter(pk__in=[entry.pk for entry in entries]).update(published_at=clock.now())
            with CaptureQueriesContext(connection) as queries:
                near_entries.refill()
            return len(queries)

        assert cost(many[:3]) == cost(many)
        assert all(Entry.objects.published().values_list("near", flat=True))


class TestKept:
    @pytest.fixture(autouse=True)
    def _caught_up(self, alone: worlds.World, pumps: Entry) -> None:
        page_facts.refill()

    def near(self, slug: str) -> list[str]:
        return slugs(Entry.objects.get(slug=slug).near)

    def test_a_new_entry_shows_up_with_its_neighbours_and_leaves_them(self, alone: worlds.World) -> None:
        other = about(worlds.entry("laser", alone.open, alone.lead), "laser")
        page_facts.catch_up()
        assert self.near("laser") == ["pumps"]
        assert self.near("pumps") == ["laser"]
        other.pages.get().specific.unpublish()
        page_facts.catch_up()
        assert self.near("laser") == [] == self.near("pumps")

    def test_a_change_of_nothing_that_counts_goes_no_further(self, alone: worlds.World) -> None:
        other = about(worlds.entry("laser", alone.open, alone.lead), "laser")
        page_facts.catch_up()
        Entry.objects.filter(slug="pumps").update(near=[])
        near_entries.refresh([str(other.key)])
        assert self.near("pumps") == []

    def test_no_reader_of_the_outbox_has_to_wait_for_it(self, alone: worlds.World) -> None:
        about(worlds.entry("laser", alone.open, alone.lead), "laser")
        page_facts.catch_up()
        position = Position.objects.get(reader=page_facts.READER).sequence
        page_facts.catch_up()
        assert Position.objects.get(reader=page_facts.READER).sequence == position


class TestPage:
    @pytest.fixture
    def near(self, world: worlds.World) -> Entry:
        """An open entry to which one of every access is near."""
        entry = world.entries["workshop-open"]
        names = ("boardroom-open", "vault-open", "workshop-closed", "workshop-classified")
        others = [world.entries[name].pk for name in names]
        another = worlds.entry("another", world.open, world.lead)
        worlds.entry("po-russki", world.open, world.lead, language="ru", translation_of=another)
        Entry.objects.filter(pk=entry.pk).update(near=[*others, another.pk])
        return entry

    def shown(self, sign_in: Any, user: Any, entry: Entry) -> str:
        html = sign_in(user).get(entry.pages.get().get_url()).content.decode()
        return html.partition('id="read-on"')[2].partition("</section>")[0]

    def test_each_reader_sees_what_they_may(self, world: worlds.World, near: Entry, sign_in: Any) -> None:
        for user, expected in (
            (world.member, {"boardroom-open", "vault-open", "workshop-closed", "another"}),
            (world.employee, {"another"}),
            (world.member, {"boardroom-open", "vault-open", "workshop-closed", "another"}),
        ):
            html = self.shown(sign_in, user, near)
            assert {name for name in (*world.entries, "another") if f"/{name}/" in html} == expected
            assert "workshop-classified" not in html
        assert "boardroom" not in self.shown(sign_in, world.employee, near)
        assert "vault" not in self.shown(sign_in, world.employee, near)

    def test_one_card_an_entry_in_the_readers_language(
        self, world: worlds.World, near: Entry, sign_in: Any
    ) -> None:
        world.employee.language = "ru"
        world.employee.save()
        html = self.shown(sign_in, world.employee, near)
        assert 'href="/ru/communities/workshop/po-russki/" lang="ru" dir="ltr"' in html
        assert "/another/" not in html

    def test_the_page_and_its_mark_fall_when_what_is_near_changes(
        self, world: worlds.World, near: Entry, sign_in: Any
    ) -> None:
        client = sign_in(world.employee)
        address = near.pages.get().get_url()
        mark = client.get(address).headers["ETag"]
        assert client.get(address, headers={"If-None-Match": mark}).status_code == 304
        Entry.objects.filter(pk=near.pk).update(near=[])
        response = client.get(address, headers={"If-None-Match": mark})
        assert response.status_code == 200
        assert 'id="read-on"' not in response.content.decode()

    def test_what_closes_goes(self, world: worlds.World, near: Entry, sign_in: Any) -> None:
        assert "/another/" in self.shown(sign_in, world.employee, near)
        other = Entry.objects.get(slug="another")
        other.access = Access.CLOSED
        other.save()
        assert "/another/" not in self.shown(sign_in, world.employee, near)

    def test_what_the_author_chose_is_not_repeated(
        self, world: worlds.World, near: Entry, sign_in: Any
    ) -> None:
        page = near.pages.get().specific
        chosen = Entry.objects.get(slug="another").pages.get(locale__language_code="en")
        page.body = [("related", {"entries": [chosen]})]
        page.save_revision().publish()
        html = sign_in(world.employee).get(page.get_url()).content.decode()
        assert html.count("/another/") == 1
        assert 'id="read-on"' not in html

    def test_the_same_by_the_api(self, world: worlds.World, near: Entry, sign_in: Any) -> None:
        address = f"/api/v1/entries/{near.key}"
        shown = [item["title"] for item in sign_in(world.employee).get(address).json()["near"]]
        assert shown == ["Title of another"]
        shown = [item["title"] for item in sign_in(world.member).get(address).json()["near"]]
        assert shown == [
            f"Title of {name}" for name in ("boardroom-open", "vault-open", "workshop-closed", "another")
        ]
