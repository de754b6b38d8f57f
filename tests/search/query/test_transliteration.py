import pytest

from search.query.transliteration import sounds, sounds_like


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("svarka", "сварка"),
        ("svarki", "сварка"),
        ("nasosov", "насосы"),
        ("podshipnik", "подшипников"),
        ("vyverka", "выверки"),
        ("viverka", "выверка"),
        ("shchit", "щит"),
        ("pidhotovka", "підготовка"),
        ("pidgotovka", "підготовка"),
        ("zamina", "заміна"),
        ("bezpeka", "безпека"),
        ("morozov", "морозова"),
        ("shevchenko", "шевченко"),
        ("yishur", "יישור"),
        ("mashavot", "משאבות"),
        ("ritukh", "ריתוך"),
        ("hishtalmut", "השתלמות"),
        ("лазер", "laser"),
        ("алайнмент", "alignment"),
        ("кайдзен", "kaizen"),
        ("кайзен", "kaizen"),
        ("бенчмарк", "benchmark"),
        ("קאיזן", "kaizen"),
    ],
)
def test_sounds_alike(typed: str, written: str) -> None:
    assert set(sounds_like(typed)) & set(sounds(written))


@pytest.mark.parametrize(("one", "other"), [("svarka", "насос"), ("pump", "помощь"), ("remont", "река")])
def test_does_not(one: str, other: str) -> None:
    assert not set(sounds_like(one)) & set(sounds(other))


@pytest.mark.parametrize("word", ["a", "7", "да", "", "10816", "x1"])
def test_what_is_too_short_or_no_word_sounds_like_nothing(word: str) -> None:
    assert list(sounds_like(word)) == []
