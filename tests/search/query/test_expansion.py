from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search import vocabulary
from search.models import Synonyms
from search.query import synonyms
from search.query.expansion import Question, expand
from search.query.parsing import parse

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db]

WRITTEN = """
    сварка сварки насос насосы подшипник подшипников холодильник выверка компрессор чеклист помпа
    pump pumps laser alignment bearing checklist vibration
    підшипник зварювання משאבה משאבות יישור ריתוך 1850000
"""


@pytest.fixture(autouse=True)
def vocabulary_known(db: None) -> None:
    counting = vocabulary.Counting()
    counting.add([frozenset(WRITTEN.split())])
    counting.finish()
    synonyms.forget()


def asked(text: str) -> Question:
    return expand(parse(text))


def alternatives(question: Question, typed: str) -> dict[tuple[str, ...], float]:
    (term,) = (term for term in question.terms if term.typed == typed)
    return {each.words: each.weight for each in term.alternatives if not each.unfinished}


def test_a_word_that_is_written_somewhere_stands_for_itself() -> None:
    for text in ("насосами", "pump", "משאבה"):
        question = asked(text)
        assert alternatives(question, text) == {(text,): 1.0}
        assert question.corrected == ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cdfhrf", "сварка"),
        ("[jkjlbkmybr", "холодильник"),
        ("згьз", "pump"),
        ("nasosi", "насос"),
        ("rituh", "ריתוך"),
    ],
)
def test_another_keyboard_or_other_letters(typed: str, meant: str) -> None:
    (term,) = asked(typed).terms
    assert any(vocabulary.stem_of(each.words[0]) == vocabulary.stem_of(meant) for each in term.alternatives)


def test_what_was_corrected_is_said() -> None:
    assert asked("cdfhrf pump").corrected == "сварка pump"
    assert asked("подшипниик компресор").corrected == "подшипник компрессор"
    assert asked("svarka").corrected == "", "in other letters is no mistake"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("подшпник", "подшипник"),
        ("подшипниик", "подшипник"),
        ("подшпиник", "подшипник"),
        ("vibratoin", "vibration"),
        ("aligmnent", "alignment"),
    ],
)
def test_a_slip_of_the_finger(typed: str, meant: str) -> None:
    words = {each.words[0] for term in asked(typed).terms for each in term.alternatives}
    assert meant in words


def test_phrases_and_exclusions_stay_in_what_was_corrected() -> None:
    assert asked('подшпник "cold gap" -насос').corrected == 'подшипник "cold gap" -"насос"'


def test_codes_and_words_that_ask_are_no_slips() -> None:
    counting = vocabulary.Counting()
    counting.add([frozenset({"6205zz", "затем"})])
    assert asked("6204zz").corrected == ""
    assert asked("зачем").corrected == ""


def test_a_word_with_letters_on_signs_is_one_word() -> None:
    counting = vocabulary.Counting()
    counting.add([frozenset({"оборудование"})])
    question = asked("j,jheljdfybt")
    assert all(("оборудование",) in {each.words for each in term.alternatives} for term in question.terms)
    assert question.corrected == "оборудование"


def test_a_word_that_asks_counts_where_it_has_synonyms() -> None:
    Synonyms.objects.create(language="ru", words="ТО\nтехническое обслуживание")
    synonyms.forget()
    assert [term.typed for term in asked("то насоса").terms] == ["то", "насоса"]


def test_a_word_that_was_given_synonyms_is_no_slip() -> None:
    assert asked("компресор").corrected == "компрессор"
    Synonyms.objects.create(language="ru", words="компресор\nнагнетатель")
    synonyms.forget()
    question = asked("компресор")
    assert question.corrected == ""
    assert set(alternatives(question, "компресор")) == {("компресор",), ("нагнетатель",)}


def test_short_words_and_numbers_are_not_corrected() -> None:
    assert asked("pumb").corrected == ""
    assert asked("10816").corrected == ""


@pytest.mark.parametrize(
    ("typed", "joined"), [("чек-лист", "чеклист"), ("check list", "checklist"), ("1 850 000", "1850000")]
)
def test_what_is_written_apart_and_together(typed: str, joined: str) -> None:
    question = asked(typed)
    assert all((joined,) in {each.words for each in term.alternatives} for term in question.terms)


def test_words_that_ask_are_left_out_unless_there_are_no_others() -> None:
    assert [term.typed for term in asked("why does the pump vibrate").terms] == ["pump", "vibrate"]
    assert [term.typed for term in asked("как и что").terms] == ["как", "и", "что"]
    assert asked('"why does the pump"').phrases == (("why", "does", "the", "pump"),)


def test_synonyms_hold_at_once_in_any_form_and_for_phrases() -> None:
    Synonyms.objects.create(language="en", words="CIP\ncleaning in place")
    Synonyms.objects.create(language="ru", words="насос\nпомпа")
    synonyms.forget()
    assert alternatives(asked("cip"), "cip")["cleaning", "in", "place"] == 0.8
    question = asked("cleaning in place of tanks")
    assert all(("cip",) in alternatives(question, word) for word in ("cleaning", "place"))
    assert ("помпа",) in alternatives(asked("насосами"), "насосами")


def test_asks_the_same_however_many_words_there_are() -> None:
    asked("pumps")
    few, many = CaptureQueriesContext(connection), CaptureQueriesContext(connection)
    with few:
        asked("pump")
    with many:
        asked("pump bearing laser сварка насос чек лист vibration alignment")
    assert len(few) == len(many) == 1


def test_a_word_that_has_come_since_it_was_looked_up_is_no_slip() -> None:
    assert asked("bearinn").corrected == "bearing"
    vocabulary.learn([frozenset({"bearinn"})])
    assert asked("bearinn").corrected == ""


def test_is_looked_up_once_in_ten_minutes() -> None:
    asked("pump bearing")
    with CaptureQueriesContext(connection) as queries:
        asked("pump bearing")
    assert len(queries) == 0


def test_the_last_word_may_be_unfinished() -> None:
    assert asked("laser alig").terms[-1].alternatives[-1].unfinished
    assert not any(each.unfinished for each in asked("laser al").terms[-1].alternatives)


def all_words(question: Any) -> set[str]:
    return {word for term in question.terms for each in term.alternatives for word in each.words}


@pytest.mark.parametrize(
    "text", ["", "\x00", '"', "- -", ";;;", "🙂", "\u202epump\u202c", "a" * 9000, "' OR 1=1 --", "%s"]
)
def test_whatever_is_typed_is_answered(text: str) -> None:
    assert all(word.isalnum() for word in all_words(asked(text)))


def test_a_word_of_a_synonym_of_several_is_not_marked_alone(db: None) -> None:
    Synonyms.objects.create(language="en", words="pump\npumping unit")
    synonyms.forget()
    question = asked("pump")
    assert "unit" not in question.looked_for
    assert "pump" in question.looked_for
    assert {"cold", "gap"} <= asked('pump "cold gap"').looked_for
