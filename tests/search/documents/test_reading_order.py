"""Hebrew as it is read, from lines as they are seen."""

import pytest

from search.documents.reading_order import logical

PAIRS = [
    ("ךותיר לע ךמסמ והז ,םלוע םולש", "שלום עולם, זהו מסמך על ריתוך"),
    (".העשב ק״מ 12.5 תקפסמ הבאשמה תאזה םימל", "למים הזאת המשאבה מספקת 12.5 מ״ק בשעה."),
    ("Grundfos CR 95-2 םגדמ ןונימ תבאשמ", "משאבת מינון מדגם Grundfos CR 95-2"),
    ("ןמש רטיל 15", "15 ליטר שמן"),
    (
        "An English line with םינפב ךותב תירבע inside, twice",
        "An English line with עברית בתוך בפנים inside, twice",
    ),
    ("Лист 3: םולש להק ןאכ конец и ещё немного слов", "Лист 3: כאן קהל שלום конец и ещё немного слов"),
]


@pytest.mark.parametrize(("seen", "read"), PAIRS)
def test_a_seen_line_is_turned(seen: str, read: str) -> None:
    assert logical(seen) == read


@pytest.mark.parametrize(("seen", "read"), PAIRS)
def test_a_line_in_order_stays(seen: str, read: str) -> None:
    assert logical(read) == read
    assert logical(read, is_seen=True) == read


def test_all_lines_follow_those_that_give_a_sign() -> None:
    assert logical("המדקה\nךמסמה תרטמ\nplain 12") == "הקדמה\nמטרת המסמך\nplain 12"


def test_without_a_sign_the_source_decides() -> None:
    assert logical("רבד") == "רבד"
    assert logical("רבד", is_seen=True) == "דבר"


def test_a_final_letter_that_is_a_sign_itself_is_none() -> None:
    """Rows of a list may be numbered with it, and abbreviations end with it."""
    assert logical("סעיף ם' וסעיף ך'\nתנ״ך, דו״ח") == "סעיף ם' וסעיף ך'\nתנ״ך, דו״ח"


def test_points_stay_with_their_letters() -> None:
    assert logical("םלָוֹעלְ םוֹלשָׁ ןתָנ"[::-1]) == "םלָוֹעלְ םוֹלשָׁ ןתָנ"[::-1]


def test_other_languages_are_left_alone() -> None:
    assert logical("Просто текст 12, plain", is_seen=True) == "Просто текст 12, plain"
