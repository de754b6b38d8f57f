"""The search contract on a real Elasticsearch, and that it counts as the database counts, for everybody."""

from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

import pytest
from elasticsearch import Elasticsearch

from people.models import Competence
from search import engine, indexing
from search.backends.asking import Answer, Backend, Wanted
from search.backends.database.backend import DatabaseBackend
from search.backends.elasticsearch import Unavailable, asking, lag
from search.backends.elasticsearch.backend import ElasticsearchBackend
from search.backends.elasticsearch.languages import ANY
from search.query.expansion import expand
from search.query.parsing import parse
from search.texts import BODY
from tests.search.contract import SearchContract
from tests.search.narrowing_contract import NarrowingContract
from tests.world import World

pytestmark = [pytest.mark.services, pytest.mark.django_db]


@pytest.fixture
def strict(elasticsearch: Elasticsearch, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing stands in for it where it cannot answer."""
    answer = ElasticsearchBackend.answer

    def strictly(backend: ElasticsearchBackend, wanted: Wanted) -> Answer:
        try:
            return answer(backend, wanted)
        except Unavailable as error:
            pytest.fail(str(error.__cause__ or error))

    monkeypatch.setattr(ElasticsearchBackend, "answer", strictly)
    # Looked at once a test, not in the middle of one that counts statements.
    monkeypatch.setattr(lag, "KEPT_SECONDS", 3600)


@pytest.mark.usefixtures("strict")
class TestElasticsearchSearch(SearchContract):
    # The rows of one kind; the rest is one request.
    statements = 1

    def test_is_not_asked_again_for_a_mended_slip_that_is_in_sight(self, world: World) -> None:
        self.entry(world, "bearing", title="Подшипник насоса")
        self.index()
        with mock.patch.object(asking, "body", wraps=asking.body) as asked:
            assert engine.search("подшпник насоса", world.viewer("employee")).corrected
        assert asked.call_count == 1


@pytest.mark.usefixtures("strict")
class TestElasticsearchNarrowing(NarrowingContract):
    pass


def only(backend: type[Backend]) -> Callable[[], Iterator[Backend]]:
    return lambda: iter([backend()])


@pytest.mark.usefixtures("strict")
class TestSameAsTheDatabase:
    """Who may see what is said twice, as keys in the index and as SQL."""

    ASKED: tuple[tuple[str, dict[str, Any]], ...] = (
        ("title", {}),
        ("title", {"kind": "entry", "chosen": {"language": ["en"]}}),
        ("title", {"chosen": {"community": ["vault", "workshop"]}}),
        ("title", {"chosen": {"community": ["no-such-place"]}}),
        ("workshop", {"kind": "community"}),
        ("vault", {}),
        ("archive", {}),
        ("cora colleague", {}),
        ("summary", {"kind": "best_practice"}),
    )

    @pytest.mark.parametrize(
        "role", ["visitor", "employee", "reservist", "expert", "curator", "moderator", "lead", "member"]
    )
    def test_hits_totals_and_facets(self, world: World, role: str, monkeypatch: pytest.MonkeyPatch) -> None:
        indexing.rebuild()
        viewer = world.viewer(role)
        seen = 0
        for text, options in self.ASKED:
            answers = []
            for backend in (ElasticsearchBackend, DatabaseBackend):
                monkeypatch.setattr(engine, "_backends", only(backend))
                answers.append(engine.search(text, viewer, limit=100, **options))
            apart, own = answers
            assert {hit.id for hit in apart.hits} == {hit.id for hit in own.hits}, (text, options)
            assert apart.totals == own.totals, (text, options)
            assert apart.facets == own.facets, (text, options)
            seen += len(own.hits)
        assert seen or role == "visitor"


@pytest.mark.usefixtures("strict")
def test_pieces_of_cards_with_names_in_all_languages(world: World) -> None:
    """A text in no language beside texts in some: Elasticsearch fails over the field that they are copied to."""
    skill = Competence.add_root(
        slug="equipment",
        name_en="Rotating equipment",
        name_ru="Вращающееся оборудование",
        name_he="ציוד סובב",
    )
    world.employee.skills.add(skill)
    wanted = Wanted(expand(parse("ציוד")), world.viewer("employee"), engine.kinds(), marked=True)
    marked = asking.body(wanted)["highlight"]["fields"]
    assert f"{BODY}.he" in marked
    assert f"{BODY}.{ANY}" not in marked
    indexing.rebuild()
    for text in ("ציוד", "оборудование", "rotating"):
        found = engine.search(text, world.viewer("employee"), marked=True)
        assert [hit.title for hit in found.hits] == ["Emil Employee"], text
