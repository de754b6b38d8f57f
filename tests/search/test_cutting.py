"""Words are cut by whoever is at hand, and always to the same."""

from typing import Any

import pytest
from django.core.management import CommandError

from search import indexing, vocabulary
from search.backends.database import cutting
from search.backends.database.cutting import Uncut, as_vector, plainly
from search.backends.database.index import tables
from search.models import IndexedRow, Position, Word
from tests.search import dying
from tests.world import World

TEXTS = [
    Uncut("Pumps, a check-list", "Насосы и подшипники 57х3 — п'ять", "Pumps pumps"),
    Uncut("משאבות", "", "משאבות"),
    Uncut("", "", ""),
]


@pytest.fixture
def helped_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However little there is to do."""
    monkeypatch.setattr(cutting, "ROWS_ALONE", 0)


class TestCut:
    def test_stems_are_searched_and_whole_words_suggested(self) -> None:
        cut = cutting.cut(TEXTS[0], plainly)
        assert cut.title == "pump a check list checklist"
        assert cut.body == "насос и подшипник 57x3 пят"
        assert cut.autocomplete == "pumps"
        assert cut.words >= {"pumps", "checklist", "насосы", "57x3"}

    def test_a_vector_has_the_places_of_each_word(self) -> None:
        assert as_vector(["pump", "valve", "pump"], "A") == "'pump':1A,3A 'valve':2A"
        assert as_vector([], "D") == ""
        many = as_vector(["pump"] * 300 + ["valve"] * 20_000, "D")
        assert many.count("D") == 2 * cutting.MOST_PLACES
        assert as_vector(["x"] * cutting.LAST_PLACE + ["y", "z"], "D").endswith("'y':16383D 'z':16383D")


@pytest.mark.slow
class TestHelped:
    def test_cuts_to_the_same(self, helped_at_once: None) -> None:
        for write in (plainly, as_vector):
            with cutting.helped(1) as cutter:
                found = [content() for content in cutter.begin(TEXTS, write)]
            assert found == [content() for content in cutting.Alone().begin(TEXTS, write)]

    def test_little_is_done_here(self) -> None:
        with cutting.helped(1) as cutter:
            content = cutter.begin(TEXTS[:1], as_vector)[0]
            assert content() == cutting.cut(TEXTS[0], as_vector)
            assert not cutter._helpers._processes  # type: ignore[attr-defined]

    def test_a_helper_that_dies_is_told_of(self, helped_at_once: None) -> None:
        with pytest.raises(cutting.HelperDied), cutting.helped(1) as cutter:
            cutter.begin(TEXTS, dying.die)[0]()


@pytest.mark.sqlite
@pytest.mark.slow
@pytest.mark.django_db
class TestRebuild:
    def held(self) -> list[Any]:
        fields = "content_type_id", "object_id", "title", "body", "autocomplete"
        return [
            sorted(map(str, tables().entries.values_list(*fields))),
            sorted(IndexedRow.objects.values_list("kind", "key", "object_id", "digest")),
            sorted(Word.objects.values_list("word", "head", "tail", "stem", "sound", "documents")),
        ]

    def test_with_help_the_index_is_the_same(self, world: World, helped_at_once: None) -> None:
        indexing.rebuild()
        alone = self.held()
        for rows in (tables().entries, IndexedRow.objects, Word.objects):
            rows.all().delete()
        indexing.rebuild(helpers=1)
        assert self.held() == alone
        assert all(alone)
        assert indexing.compare().is_none

    def test_a_helper_that_dies_leaves_the_place_in_the_outbox(
        self, world: World, helped_at_once: None, monkeypatch: pytest.MonkeyPatch, run_command: Any
    ) -> None:
        indexing.rebuild()
        before = Position.objects.filter(reader=indexing.READER).values().get()
        with monkeypatch.context() as patch:
            patch.setattr(type(tables()), "write", staticmethod(dying.die))
            with pytest.raises(cutting.HelperDied):
                indexing.rebuild(helpers=1)
            patch.setattr(indexing, "helpers_at_hand", lambda: 1)
            with pytest.raises(CommandError, match="not whole"):
                run_command("search_index", "rebuild")
        assert Position.objects.filter(reader=indexing.READER).values().get() == before
        indexing.rebuild()
        assert indexing.compare().is_none


@pytest.mark.sqlite
@pytest.mark.django_db
def test_held_words_are_written_when_there_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "MOST_HELD", 2)
    counting = vocabulary.Counting()
    counting.add([frozenset({"pump"})])
    counting.add([frozenset({"pump", "valve"})])
    assert dict(Word.objects.values_list("word", "documents")) == {"pump": 1}
    counting.add([frozenset({"gasket"})])
    assert dict(Word.objects.values_list("word", "documents")) == {"pump": 2, "valve": 1, "gasket": 1}
    counting.add([frozenset({"pump"})])
    counting.finish()
    assert dict(Word.objects.values_list("word", "documents")) == {"pump": 3, "valve": 1, "gasket": 1}
