from typing import Any

import pytest

from people.access import VISITOR
from people.models import Competence
from search import indexing
from search.models import QuerySummary
from search.services import query_log
from search.suggestions import Suggestion, suggestions
from tests import world as worlds
from tests.world import World

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db]


def titles(found: list[Suggestion], kind: str = "query") -> list[str]:
    return [each.title for each in found if each.kind == kind]


def ask(text: str, user: Any, found: int = 1) -> None:
    query_log.record(text, user=user, language="en", found=found, by_some_words=False)


def suggested(text: str, viewer: Any) -> list[Suggestion]:
    return suggestions(text, viewer, languages=("en",))


class TestRecent:
    def test_ones_own_that_begin_so_the_last_first(self, world: World) -> None:
        for text in ("pump seals", "valve", "Pump shafts", "pump seals"):
            ask(text, world.employee)
        ask("pump secrets", world.colleague)
        assert titles(suggested("pump s", world.viewer("employee"))) == ["pump seals", "Pump shafts"]

    def test_an_empty_box_offers_the_last_ones(self, world: World) -> None:
        for number in range(12):
            ask(f"question {number}", world.employee)
        offered = titles(suggested("", world.viewer("employee")))
        assert offered == [f"question {number}" for number in range(11, 3, -1)]

    def test_visitors_have_none(self, world: World) -> None:
        ask("pump", None)
        assert suggested("", VISITOR) == []

    def test_leads_to_the_search(self, world: World) -> None:
        ask("50% & more?", world.employee)
        (offered,) = suggested("50", world.viewer("employee"))
        assert offered.url == "/search/?q=50%25+%26+more%3F"


class TestPopular:
    def test_those_that_begin_so_the_most_asked_first(self, world: World) -> None:
        for title in ("Pump seal", "Pump shaft", "Valve"):
            worlds.entry(title.lower().replace(" ", "-"), world.open, world.lead, title=title)
        indexing.rebuild()
        people = (world.colleague, world.expert, world.lead, world.member)
        for user in people[:3]:
            ask("pump shaft", user)
        for user in people:
            ask("pump seal", user)
            ask("valve", user)
        query_log.summarise()
        viewer = world.viewer("employee")
        assert titles(suggested("pump", viewer)) == ["pump seal", "pump shaft"]
        ask("Pump seal", world.employee)
        assert titles(suggested("pump", viewer)) == ["Pump seal", "pump shaft"], "once, as one's own"

    def test_visitors_are_told_of_none(self, world: World) -> None:
        QuerySummary.objects.create(
            folded="pump", text="pump", times=9, people=9, unanswered=0, opened=0, is_popular=True,
            last_asked_at="2026-01-01T00:00Z",
        )  # fmt: skip
        assert suggested("pu", VISITOR) == []
        assert titles(suggested("pu", world.viewer("employee"))) == ["pump"]

    def test_what_is_not_popular_is_not_told(self, world: World) -> None:
        QuerySummary.objects.create(
            folded="pump secret",
            text="pump secret",
            times=1,
            people=1,
            unanswered=0,
            opened=0,
            last_asked_at="2026-01-01T00:00Z",
        )
        assert titles(suggested("pump", world.viewer("employee"))) == []


class TestNames:
    def test_competences_lead_to_the_catalogue(self, world: World) -> None:
        Competence.add_root(slug="vibration", name_en="Vibration analysis", name_ru="Анализ вибрации")
        viewer = world.viewer("employee")
        for text in ("vib", "analysis vibr", "вибрац"):
            (offered,) = [each for each in suggested(text, viewer) if each.kind == "competence"]
            assert (offered.title, offered.url) == ("Vibration analysis", "/catalogue/?competence=vibration")
        assert titles(suggested("bration", viewer), "competence") == []

    def test_entries_people_and_communities_as_far_as_they_may_be_seen(self, world: World) -> None:
        worlds.entry("levelling", world.open, world.lead, title="Laser levelling")
        worlds.entry("lasers", world.classified, world.lead, title="Laser of the vault")
        indexing.rebuild()
        assert titles(suggested("las", world.viewer("employee")), "best_practice") == ["Laser levelling"]
        assert "Laser of the vault" in titles(suggested("las", world.viewer("lead")), "best_practice")
        assert titles(suggested("cora", world.viewer("employee")), "person") == ["Cora Colleague"]


@pytest.mark.parametrize("text", ["\x00", "%", "'", "(", "[", "\\", "a" * 500, "🙂", "\u202epump"])
def test_no_text_is_an_error(world: World, text: str) -> None:
    assert isinstance(suggested(text, world.viewer("employee")), list)


def test_more_rows_cost_no_more_queries(world: World, django_assert_num_queries: Any) -> None:
    viewer = world.viewer("employee")
    for number in range(9):
        worlds.entry(f"pump-{number}", world.open, world.lead, title=f"Pump {number}")
        ask(f"pump {number}", world.employee)
    indexing.rebuild()
    suggested("pump", viewer)
    with django_assert_num_queries(5):
        assert len(suggested("pump", viewer)) == 3 + 8
