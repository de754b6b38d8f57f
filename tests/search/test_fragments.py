import pytest

from search import fragments
from search.backends.asking import MARK, MARK_END


def marked(text: str) -> str:
    return text.replace("[", MARK).replace("]", MARK_END)


def test_what_an_engine_marked_is_safe() -> None:
    shown = fragments.html(marked("<b>the [pump]</b> & more"), "")
    assert shown == "&lt;b&gt;the <mark>pump</mark>&lt;/b&gt; &amp; more"


@pytest.mark.parametrize("text", ["", "nothing marked", "[pump] of the summary"])
def test_what_tells_nothing_new_is_left_out(text: str) -> None:
    assert fragments.html(marked(text), "A pump of the summary it is.") == ""


def test_a_piece_around_the_first_place_begins_and_ends_with_whole_words() -> None:
    text = "alpha " * 100 + "with насосами there " + "omega " * 100
    shown = fragments.around(text, ["насос"])
    assert "<mark>насосами</mark>" in shown
    assert len(shown) < 250
    words = shown.replace("<mark>", "").replace("</mark>", "").split()
    assert set(words) == {"alpha", "with", "насосами", "there", "omega"}


@pytest.mark.parametrize("text", ["", "nothing of it"])
def test_no_piece_where_it_does_not_stand(text: str) -> None:
    assert fragments.around(text, ["pump"]) == ""


def test_a_word_of_any_length_and_markup_are_no_harm() -> None:
    shown = fragments.around("<script>" + "x" * 5000 + " pump " + "y" * 5000, ["pump"])
    assert "<script" not in shown
    assert "<mark>pump</mark>" in shown
