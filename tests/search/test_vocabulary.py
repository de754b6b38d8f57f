import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.choices import Access
from search import indexing, vocabulary
from search.models import Word
from tests import world as worlds
from tests.world import World

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db]


def counted(*documents: str) -> dict[str, int]:
    counting = vocabulary.Counting()
    for document in documents:
        counting.add([frozenset(document.split())])
    counting.finish()
    return dict(Word.objects.values_list("word", "documents"))


class TestCounting:
    def test_counts_documents_and_forgets_words_that_are_gone(self) -> None:
        assert counted("pump valve", "pump") == {"pump": 2, "valve": 1}
        assert counted("pump gasket") == {"pump": 1, "gasket": 1}

    def test_more_words_than_a_statement_takes(self) -> None:
        many = " ".join(f"word{number}" for number in range(1500))
        assert len(counted(many, many)) == 1500
        assert set(Word.objects.values_list("documents", flat=True)) == {2}

    def test_a_counting_that_ends_first_leaves_the_words_of_a_later_one(self) -> None:
        first = vocabulary.Counting()
        first.add([frozenset({"pump", "valve"})])
        later = vocabulary.Counting()
        later.add([frozenset({"pump", "gasket"})])
        first.finish()
        assert set(Word.objects.values_list("word", flat=True)) == {"pump", "valve", "gasket"}
        first.add([frozenset({"pump"})])
        later.finish()
        assert set(Word.objects.values_list("word", flat=True)) == {"pump", "gasket"}

    def test_a_word_of_many_sounds_fits(self) -> None:
        assert counted("ю" * 40, "x" * 40) == {"ю" * 40: 1, "x" * 40: 1}

    def test_a_new_word_is_learned_and_a_known_one_stays(self) -> None:
        counted("pump", "pump")
        vocabulary.learn([frozenset({"pump", "impeller"})])
        assert dict(Word.objects.values_list("word", "documents")) == {"pump": 2, "impeller": 1}


class TestCorrections:
    def words(self, typed: str) -> list[str]:
        return [each.word for each in vocabulary.corrections([typed]).get(typed, [])]

    def test_fewest_slips_first_then_the_commonest(self) -> None:
        counted("bearing bearings", "bearings", "hearing", "bear")
        assert self.words("bearrings") == ["bearings", "bearing"]
        assert self.words("bearinh") == ["bearing"], "one slip in a word of seven letters"

    def test_a_slip_at_either_end(self) -> None:
        counted("подшипник")
        assert self.words("одшипник") == self.words("пдшипник") == self.words("подшипнк") == ["подшипник"]

    def test_short_words_numbers_and_strangers_have_none(self) -> None:
        counted("pump 10816 подшипник")
        assert [self.words(typed) for typed in ("pumb", "10817", "компрессор", "x" * 40)] == [[], [], [], []]

    def test_one_query_for_all(self) -> None:
        counted("bearing gasket")
        with CaptureQueriesContext(connection) as queries:
            found = vocabulary.corrections(["baering", "gaskte", "zzzzzzz"])
        assert len(queries) == 1
        assert {word: [each.word for each in likely] for word, likely in found.items()} == {
            "baering": ["bearing"],
            "gaskte": ["gasket"],
            "zzzzzzz": [],
        }


class TestWhoseWords:
    """Only what every employee may read: a correction must not tell that a word is written somewhere."""

    @pytest.fixture(autouse=True)
    def written(self, world: World) -> None:
        worlds.entry("seen", world.open, world.lead, title="Openwordy")
        worlds.entry("locked", world.open, world.lead, title="Closedwordy", access=Access.CLOSED)
        worlds.entry("hidden", world.classified, world.lead, title="Secretwordy")

    def test_when_the_index_is_built(self, world: World) -> None:
        indexing.rebuild()
        assert set(Word.objects.filter(word__endswith="wordy").values_list("word", flat=True)) == {
            "openwordy"
        }
        assert Word.objects.filter(word="cora").exists(), "people are known by name"
        assert not Word.objects.filter(word="vault").exists(), "and classified communities are not"

    @pytest.mark.django_db(transaction=True)
    def test_as_changes_come_in(self, world: World) -> None:
        indexing.drain()
        worlds.entry("later", world.open, world.lead, title="Laterwordy")
        worlds.entry("later-hidden", world.classified, world.lead, title="Latersecretwordy")
        indexing.drain()
        assert set(Word.objects.filter(word__startswith="later").values_list("word", flat=True)) >= {
            "laterwordy"
        }
        assert not Word.objects.filter(word__contains="secret").exists()
