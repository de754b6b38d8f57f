"""The catalogue's facets, order, languages and cost."""

import datetime as dt
import random
from collections import Counter
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.catalogue import Catalogue
from knowledge.choices import CATALOGUE_KINDS, ReplicationStatus
from knowledge.models import BestPracticePage, Entry, Replication, SuccessStoryPage, Tag, WikiPage
from people import access
from people.choices import Access
from people.models import Competence, Unit
from people.services import memberships
from tests import world as worlds

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

NAMES = ("kind", "community", "enterprise", "competence", "difficulty", "language", "year")


def look(world: worlds.World, who: str = "employee", **query: Any) -> Catalogue:
    return Catalogue(world.viewer(who), QueryDict(urlencode(query, doseq=True)))


def slugs(catalogue: Catalogue) -> list[str]:
    return [entry.slug for entry in catalogue.page.object_list]


@pytest.fixture
def shelf(world: worlds.World) -> worlds.World:
    """Some dozens of entries that differ in everything by which the catalogue narrows."""
    chance = random.Random(7)
    holding = Unit.objects.get(slug="holding")
    enterprises = [world.enterprise, holding.add_child(slug="mill", kind="enterprise", name="Mill"), None]
    root = Competence.add_root(slug="machines", name_en="Machines")
    pumps = root.add_child(slug="pumping", name_en="Pumping")
    seals = pumps.add_child(slug="seals", name_en="Seals")
    other = Competence.add_root(slug="money", name_en="Money", name_ru="Деньги")
    for number in range(11):
        where = (world.open, world.closed, world.classified)[chance.randrange(3)]
        kind = (BestPracticePage, SuccessStoryPage, WikiPage)[chance.randrange(3)]
        language = chance.choice(["en", "ru", "he"])
        entry = worlds.entry(
            f"entry-{number}",
            where,
            world.lead,
            kind=kind,
            language=language,
            access=chance.choice(Access.values),
        )
        if chance.random() < 0.4:
            worlds.entry(
                f"entry-{number}-bg", where, world.lead, kind=kind, language="bg", translation_of=entry
            )
        entry.enterprise = chance.choice(enterprises)
        entry.difficulty = chance.choice(["", "beginner", "basic", "advanced"])
        entry.competences.set(chance.sample([root, pumps, seals, other], chance.randrange(3)))
        entry.save()
        Entry.objects.filter(pk=entry.pk).update(
            published_at=dt.datetime(
                chance.choice([2024, 2025, 2026]), chance.choice([1, 6, 12]), 1, tzinfo=dt.UTC
            )
        )
    return world


Facts = dict[int, dict[str, set[str]]]


def facts_for(viewer: access.Viewer) -> Facts:
    """What stands in every entry that the viewer may see, found by looking at each."""
    facts: Facts = {}
    for entry in Entry.objects.published().of_kinds(*CATALOGUE_KINDS):
        if not viewer.meets(entry.audience):
            continue
        above = {
            node.slug
            for competence in entry.competences.all()
            for node in [competence, *competence.get_ancestors()]
        }
        facts[entry.pk] = {
            "kind": {entry.kind},
            "community": {entry.community.slug},
            "enterprise": {entry.enterprise.slug} if entry.enterprise else set(),
            "competence": above,
            "difficulty": {entry.difficulty} - {""},
            "language": {page.locale.language_code for page in entry.pages.live()},
            "year": {str(entry.published_at.year)},
        }
    return facts


def brute(facts: Facts, asked: dict[str, list[str]]) -> tuple[set[int], dict[str, Counter[str]]]:
    """What should be found and counted."""

    def meets(values: dict[str, set[str]], but: str = "") -> bool:
        return all(values[name] & set(wanted) for name, wanted in asked.items() if wanted and name != but)

    counts = {
        name: Counter(value for values in facts.values() if meets(values, name) for value in values[name])
        for name in NAMES
    }
    return {pk for pk, values in facts.items() if meets(values)}, counts


CHOICES = {
    "kind": ["best_practice", "success_story"],
    "community": ["workshop", "boardroom", "vault"],
    "enterprise": ["pumps", "mill"],
    "competence": ["machines", "pumping", "seals", "money"],
    "difficulty": ["beginner", "basic", "advanced"],
    "language": ["en", "ru", "he", "bg"],
    "year": ["2024", "2025", "2026"],
}


@pytest.fixture
def seen_by() -> dict[str, Facts]:
    """What each person may see, worked out once."""
    return {}


class TestFacets:
    @pytest.mark.slow
    @settings(
        max_examples=60,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
        derandomize=True,
    )
    @given(
        who=st.sampled_from(["employee", "member", "lead", "curator"]),
        asked=st.fixed_dictionaries(
            {
                name: st.lists(st.sampled_from(values), unique=True, max_size=2)
                for name, values in CHOICES.items()
            }
        ),
    )
    def test_exact(
        self, shelf: worlds.World, seen_by: dict[str, Facts], who: str, asked: dict[str, list[str]]
    ) -> None:
        """Whatever is chosen, by whomever: the same entries and the same counts as by looking at each."""
        viewer = shelf.viewer(who)
        visible = set(CHOICES["community"]) - (set() if who in {"member", "lead"} else {"vault"})
        known = {**asked, "community": [slug for slug in asked["community"] if slug in visible]}
        if who not in seen_by:
            seen_by[who] = facts_for(viewer)
        expected, counts = brute(seen_by[who], known)
        catalogue = Catalogue(viewer, QueryDict(urlencode(asked, doseq=True)))
        assert {entry.pk for entry in catalogue.page.object_list} == expected
        assert catalogue.total == len(expected)
        for group in catalogue.facets:
            shown = {option.value: option.count for option in group.options if option.count}
            assert shown == dict(counts[group.name]), group.name

    def test_labels_are_in_the_readers_language(self, shelf: worlds.World) -> None:
        from django.utils import translation

        with translation.override("ru"):
            groups = {group.name: group for group in look(shelf, "member").facets}
        assert "Деньги" in [option.label for option in groups["competence"].options]

    def test_what_does_not_exist_is_passed_over_and_said(self, shelf: worlds.World) -> None:
        everything = look(shelf).total
        odd = look(
            shelf,
            kind=["poem", "wiki"],
            community=["vault", "nowhere"],
            year=["20x6", "99999", "٢٠٢٤"],
            language="tlh",
            difficulty="' OR 1=1",
            page="many",
            sort="random",
        )
        assert odd.total == everything
        # A community of which the reader may not know is as unknown as one that does not exist.
        assert set(odd.unknown) == {
            *("poem", "wiki", "vault", "nowhere", "20x6", "99999", "٢٠٢٤", "tlh", "' OR 1=1")
        }
        assert not odd.chips

    def test_a_chip_takes_its_choice_away_and_keeps_the_rest(self, shelf: worlds.World) -> None:
        chips = look(shelf, kind="best_practice", language=["en", "ru"], sort="title").chips
        by_label = {chip["label"]: chip["remove_url"] for chip in chips}
        assert by_label["English"] == "?kind=best_practice&language=ru&sort=title"
        assert by_label["Best practice"] == "?language=en&language=ru&sort=title"

    def test_a_choice_without_entries_stays_seen(self, shelf: worlds.World) -> None:
        catalogue = look(shelf, year="1999")
        assert catalogue.total == 0
        (year,) = [group for group in catalogue.facets if group.name == "year"]
        assert ("1999", 0, True) in [(option.value, option.count, option.selected) for option in year.options]

    def test_tags(self, shelf: worlds.World) -> None:
        entry = shelf.entries["workshop-open"]
        page = entry.pages.get().specific
        page.tags.add("valves")
        page.save_revision().publish()
        assert slugs(look(shelf, tag="valves")) == ["workshop-open"]
        assert Tag.objects.get().slug == "valves"


class TestOrder:
    def test_by_what_the_reader_asks(self, world: worlds.World) -> None:
        a, b, c = (world.entries[f"workshop-{level}"] for level in ("open", "closed", "classified"))
        Entry.objects.filter(pk=a.pk).update(
            effect_amount=Decimal(10), effect_currency="EUR", effect_period="month"
        )
        Entry.objects.filter(pk=b.pk).update(
            effect_amount=Decimal(100), effect_currency="EUR", effect_period="year"
        )
        Replication.objects.create(entry=c, enterprise=world.enterprise, status=ReplicationStatus.ADOPTED)
        where = {"community": "workshop"}
        assert slugs(look(world, "member", sort="effect", **where)) == [a.slug, b.slug]
        assert slugs(look(world, "lead", sort="effect", **where)) == [a.slug, b.slug, c.slug]
        assert slugs(look(world, "lead", sort="used", **where))[0] == c.slug
        assert slugs(look(world, "lead", sort="title", **where)) == sorted([a.slug, b.slug, c.slug])
        assert slugs(look(world, "lead", **where)) == [c.slug, b.slug, a.slug]


class TestLanguages:
    def test_the_readers_first(self, world: worlds.World) -> None:
        entry = worlds.entry("twofold", world.open, world.lead, language="en", title="English")
        worlds.entry(
            "twofold-ru", world.open, world.lead, language="ru", title="Русский", translation_of=entry
        )
        viewer = access.Viewer(user_id=world.employee.pk, languages=("ru",))
        from django.utils import translation

        with translation.override("he"):
            (card,) = [card for card in Catalogue(viewer, QueryDict()).cards if card.key == str(entry.key)]
        assert (card.title, card.lang) == ("Русский", "ru")
        assert card.languages == ["ru", "en"]
        assert card.url == "/ru/communities/workshop/twofold-ru/"

    def test_any_where_the_readers_lacks(self, world: worlds.World) -> None:
        entry = worlds.entry("only", world.open, world.lead, language="he")
        (card,) = [card for card in look(world).cards if card.key == str(entry.key)]
        assert card.lang == "he"


class TestPage:
    def test_for_everybody_signed_in(self, world: worlds.World, sign_in: Any) -> None:
        for user in world.people.values():
            response = sign_in(user).get("/catalogue/")
            assert response.status_code == (200 if user else 302)

    @pytest.mark.parametrize("view", ["", "table"])
    def test_shows_what_may_be_seen(self, world: worlds.World, sign_in: Any, view: str) -> None:
        html = sign_in(world.employee).get("/catalogue/", {"view": view}).content.decode()
        assert "Title of workshop-open" in html
        for trace in ("workshop-closed", "boardroom", "Boardroom", "vault", "Vault", "draft"):
            assert trace not in html

    def test_finds_words(self, world: worlds.World, sign_in: Any) -> None:
        worlds.entry("turbine", world.open, world.lead, title="Turbine blades")
        from django.core.management import call_command

        call_command("search_index", "rebuild", verbosity=0)
        html = sign_in(world.employee).get("/catalogue/", {"q": "turbine"}).content.decode()
        assert "Turbine blades" in html
        assert "Title of workshop-open" not in html

    def test_empty(self, world: worlds.World, sign_in: Any) -> None:
        Entry.objects.update(published_at=None)
        html = sign_in(world.employee).get("/catalogue/").content.decode()
        assert "Nothing has been published yet" in html
        html = sign_in(world.employee).get("/catalogue/", {"year": "1999"}).content.decode()
        assert "Show everything" in html

    def test_without_script_and_with(self, world: worlds.World, sign_in: Any) -> None:
        html = sign_in(world.employee).get("/catalogue/", {"kind": "best_practice"}).content.decode()
        assert 'id="results"' in html
        assert 'name="kind" value="best_practice" checked' in html

    @pytest.mark.slow
    def test_costs_the_same_for_two_and_many(self, world: worlds.World, sign_in: Any) -> None:
        query = {"kind": "best_practice", "community": "workshop", "language": ["en", "ru"], "tag": "none"}
        client = sign_in(world.employee)

        def cost() -> int:
            client.get("/catalogue/", query)
            with CaptureQueriesContext(connection) as queries:
                response = client.get("/catalogue/", query)
            assert response.status_code == 200
            return len(queries)

        few = cost()
        for number in range(12):
            entry = worlds.entry(f"more-{number}", world.open, world.lead)
            worlds.entry(f"more-{number}-ru", world.open, world.lead, language="ru", translation_of=entry)
        assert cost() == few <= 8

    def test_a_member_removed_while_reading(self, world: worlds.World, sign_in: Any) -> None:
        client = sign_in(world.member)
        assert "boardroom-open" in client.get("/catalogue/").content.decode()
        membership = world.member.memberships.get(community=world.closed)
        memberships.remove(membership=membership, by=world.lead)
        assert "boardroom-open" not in client.get("/catalogue/").content.decode()
