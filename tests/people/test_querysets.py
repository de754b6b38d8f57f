import re

import pytest

from people.models import User
from people.querysets import any_case
from tests.world import person


@pytest.mark.parametrize("word", ["Сварка", "welding", "STRAẞE", "ריתוך", "a.b*c", "[x]", "ﬁt", "İzmir"])
def test_any_case_finds_a_word_as_it_is_and_nothing_else(word: str) -> None:
    assert re.search(any_case(word), f"the {word} shop")
    assert not re.search(any_case(word), "something quite different")


@pytest.mark.sqlite
@pytest.mark.django_db
def test_people_are_found_in_any_case_of_any_alphabet() -> None:
    person("a@example.org", name="Анна Морозова", job="Инженер")
    person("b@example.org", name="דוד Lewis", job="50% manager (acting)")
    for text, names in {
        "морозова АННА": ["Анна Морозова"],
        "инженер": ["Анна Морозова"],
        "дАвид": [],
        "דוד lewis": ["דוד Lewis"],
        "50%": ["דוד Lewis"],
        "(ACTING)": ["דוד Lewis"],
        "_": [],
        "\\": [],
    }.items():
        assert list(User.objects.matching(text).values_list("name", flat=True)) == names


@pytest.mark.sqlite
@pytest.mark.django_db
def test_people_are_found_by_the_languages_they_read() -> None:
    person("a@example.org", name="A", reading_languages=["en", "ru"])
    person("b@example.org", name="B", reading_languages=["e"])
    assert [user.name for user in User.objects.reading("ru", "he")] == ["A"]
    assert [user.name for user in User.objects.reading("en")] == ["A"]
    assert not User.objects.reading()
