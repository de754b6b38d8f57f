import pytest

from search.query import layouts


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("cdfhrf", "сварка"),
        ("gjlibgybr", "подшипник"),
        ("[jkjlbkmybr", "холодильник"),
        ("pdfh.dfyyz", "зварювання"),
        ("gsl`'vyf", "підємна"),
        ("mf;md", "помпа"),
        ("pompa", "помпа"),
        ("akuo", "שלום"),
        ("руддщ", "hello"),
        ("יקךךם", "hello"),
        ("{jkjl", "холод"),
    ],
)
def test_what_the_keys_mean_on_another_layout(typed: str, wanted: str) -> None:
    assert wanted in list(layouts.meant(typed))


def test_a_word_is_not_meant_by_itself_and_signs_are_no_words() -> None:
    assert "pump" not in list(layouts.meant("pump"))
    assert all(word.isalpha() for word in layouts.meant("it's;"))
    assert list(layouts.meant("123")) == []
