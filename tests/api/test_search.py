from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knowledge.models import Entry
from search import indexing
from tests import world as worlds
from tests.world import World

pytestmark = pytest.mark.django_db

SEARCH = "/api/v1/search"


def test_each_finds_what_they_may_see_and_no_more(world: World, ask: Any) -> None:
    indexing.rebuild()
    for role, user in world.people.items():
        if user is None:
            continue
        visible = Entry.objects.published().visible_to(world.viewer(role)).values_list("key", flat=True)
        items = ask(user, f"{SEARCH}?q=title&limit=100").json()["items"]
        assert {item["key"] for item in items} == {str(key) for key in visible}, role


def test_narrows_pages_and_says_when_it_is_lenient(world: World, ask: Any) -> None:
    for number in range(3):
        worlds.entry(f"gasket-{number}", world.open, world.lead, title=f"Gasket {number}")
    indexing.rebuild()
    first = ask(world.employee, f"{SEARCH}?q=gasket&limit=2").json()
    second = ask(world.employee, f"{SEARCH}?q=gasket&limit=2&cursor={first['next']}").json()
    assert len({item["key"] for item in first["items"] + second["items"]}) == 3
    assert second["next"] is None
    assert not first["by_some_words"]
    assert ask(world.employee, f"{SEARCH}?q=gasket+zeppelin").json()["by_some_words"]
    assert ask(world.employee, f"{SEARCH}?q=gasket&kind=person").json()["items"] == []
    assert len(ask(world.employee, f"{SEARCH}?q=gasket&kind=best_practice").json()["items"]) == 3
    assert ask(world.employee, f"{SEARCH}?q=").json()["items"] == []


def test_nonsense_is_told_apart(world: World, ask: Any) -> None:
    long = "q=" + "a" * 1001
    bad = (
        "year=abc",
        "year=99999999999999999999",
        "year=%D9%A1%D9%A9%D9%A9%D9%A9",
        "community=%00",
        "language=",
    )
    narrowed = [f"q=a&{each}" for each in (*bad, f"competence={'a' * 101}")]
    for query in ("", "q=a&kind=novel", "q=a&limit=0", "q=a&cursor=%25", "q=a&cursor=LTE", long, *narrowed):
        assert ask(world.employee, f"{SEARCH}?{query}").status_code == 422, query


def test_counts_and_pieces_where_they_are_asked_for(world: World, ask: Any) -> None:
    for where in (world.open, world.closed):
        worlds.entry(f"gasket-of-{where.slug}", where, world.lead, title="Gasket")
    indexing.rebuild()
    bare = ask(world.employee, f"{SEARCH}?q=gasket").json()
    assert (bare["total"], bare["facets"]) == (None, None)
    found = ask(world.employee, f"{SEARCH}?q=gasket&facets=true").json()
    assert found["total"] == 1
    assert found["facets"]["community"] == [{"value": "workshop", "label": "Workshop", "count": 1}]
    assert found["facets"]["language"] == [{"value": "en", "label": "English", "count": 1}]
    more = ask(world.member, f"{SEARCH}?q=gasket&facets=true&community=workshop").json()
    assert more["total"] == 1
    assert {each["value"] for each in more["facets"]["community"]} == {"boardroom", "workshop"}
    assert ask(world.member, f"{SEARCH}?q=gasket&community=boardroom&community=workshop").json()["items"][1:]
    assert ask(world.employee, f"{SEARCH}?q=gasket&community=boardroom").json()["items"] == []


@pytest.mark.services
def test_pieces_of_the_texts(world: World, ask: Any, follower: Any) -> None:
    worlds.entry("gasket", world.open, world.lead, body=[("text", "<p>Each &lt;i&gt; gasket is old.</p>")])
    indexing.rebuild()
    (item,) = ask(world.employee, f"{SEARCH}?q=gasket&highlight=true&kind=entry").json()["items"]
    assert item["highlight"] == "Each &lt;i&gt; <mark>gasket</mark> is old."
    (item,) = ask(world.employee, f"{SEARCH}?q=gasket&kind=entry").json()["items"]
    assert item["highlight"] is None


@pytest.mark.slow
def test_number_of_queries_does_not_grow(world: World, ask: Any) -> None:
    counts = []
    for more in (2, 10):
        for number in range(more):
            worlds.entry(
                f"bolt-{more}-{number}", world.open, world.lead, title="Bolt of the workshop and Emil"
            )
        indexing.rebuild()
        ask(world.employee, f"{SEARCH}?q=workshop&limit=50")
        with CaptureQueriesContext(connection) as queries:
            assert ask(world.employee, f"{SEARCH}?q=workshop&limit=50").json()["items"]
        counts.append(len(queries))
    assert counts[0] == counts[1]
    # One to rank, one for each of the kinds found, one for the token.
    assert counts[0] <= 5
