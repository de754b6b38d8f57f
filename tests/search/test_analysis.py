import pytest

from search import analysis


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ПОМПА Ёлка", "помпа елка"),
        ("Йод Їжа", "йод їжа"),
        ("Café Straße", "cafe strasse"),
        ("שָׁלוֹם", "שלום"),
        ("ＦＵＬＬ", "full"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert analysis.fold(text) == folded


def test_words_are_letters_and_digits_alone() -> None:
    assert analysis.words('K-204: "0.05 mm" <b>x_y</b>; \x00') == [
        "k",
        "204",
        "0",
        "05",
        "mm",
        "b",
        "x",
        "y",
        "b",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("п'ять п’ять пʼять", ["пять"] * 3),
        ("pump's don't", ["pumps", "dont"]),
        ("מק\"ט מק״ט צ'ק", ["מקט", "מקט", "צק"]),
        ('he said "no"', ["he", "said", "no"]),
        ("1,850,000 1\u00a0850\u00a0000 1.850.000", ["1850000"] * 3),
        ("7,8 and 0.250 and 10816-3", ["7", "8", "and", "0", "250", "and", "10816", "3"]),
    ],
)
def test_signs_within_words_and_numbers_are_left_out(text: str, found: list[str]) -> None:
    assert analysis.words(text) == found


def test_what_hyphens_join_is_stored_as_one_word_too() -> None:
    assert analysis.joined("A check-list for 3-D and start-stop-go - or not") == [
        "checklist",
        "3d",
        "startstopgo",
    ]
    assert analysis.all_stems(analysis.all_words("чек-лист")) == ["чек", "лист", "чеклист"]


def test_what_is_asked_is_bounded_and_said_once() -> None:
    assert analysis.asked("pump Pump PUMP valve") == ["pump", "valve"]
    assert len(analysis.asked(" ".join(f"w{number}" for number in range(100)))) == analysis.MOST_WORDS
    assert max(map(len, analysis.asked("x" * 5000))) <= analysis.LONGEST_WORD


@pytest.mark.parametrize(
    "forms",
    [
        ["pump", "pumps", "pumping", "PUMPED"],
        ["насос", "насосы", "насосов", "насосами", "насоса"],
        ["подшипник", "подшипников", "подшипникам"],
        ["вибрация", "вибрации", "вибраций", "вибрацию"],
        ["підшипник", "підшипників", "підшипника"],
        ["вібрація", "вібрації", "вібрацією"],
        ["помпа", "помпата", "помпи", "помпите"],
        ["налягане", "налягането"],
    ],
)
def test_forms_of_a_word_have_one_stem(forms: list[str]) -> None:
    assert len({analysis.stems(analysis.fold(form)) for form in forms}) == 1


@pytest.mark.parametrize(("one", "other"), [("ремонт", "река"), ("станок", "станция"), ("pump", "plumb")])
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert set(analysis.stems(one)).isdisjoint(analysis.stems(other))


def test_hebrew_prefixes_and_endings_meet() -> None:
    forms = ["משאבה", "המשאבה", "משאבות", "המשאבות", "במשאבה"]
    assert set.intersection(*(set(analysis.stems(form)) for form in forms)) == {"משאב"}


def test_mark_shows_forms_and_escapes_the_rest() -> None:
    marked = analysis.mark("Aligning <b>pumps</b> & Насосы", ["alignment", "насос", "b"])
    assert marked == (
        "<mark>Aligning</mark> &lt;<mark>b</mark>&gt;pumps&lt;/<mark>b</mark>&gt; &amp; <mark>Насосы</mark>"
    )
    assert analysis.mark("<script>", []) == "&lt;script&gt;"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("запчасть", "запчасти"),
        ("совместимость", "совместимости"),
        ("сумісність", "сумісності"),
        ("безопасност", "безопасността"),
        ("תורנות", "תורנויות"),
        ("סמכות", "סמכויות"),
    ],
)
def test_nouns_with_endings_like_those_of_other_words_meet(one: str, other: str) -> None:
    assert set(analysis.stems(one)) & set(analysis.stems(other)), (analysis.stems(one), analysis.stems(other))
