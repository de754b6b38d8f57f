import pytest

from search import analysis
from search.query.parsing import Asked, parse


def words(asked: Asked) -> list[tuple[str, ...]]:
    return [token.words for token in asked.tokens]


def test_words_phrases_and_what_must_not_be_there() -> None:
    asked = parse('Pump "cold gap" -weld -"two words" valve')
    assert words(asked) == [("pump",), ("valve",)]
    assert asked.phrases == (("cold", "gap"),)
    assert asked.without == (("weld",), ("two", "words"))


@pytest.mark.parametrize(
    "text", ["«газовые раковины»", "„газовые раковины“", "“газовые раковины”", '"газовые раковины']
)
def test_phrases_are_quoted_as_each_language_does(text: str) -> None:
    assert parse(text).phrases == (("газовые", "раковины"),)


def test_a_number_below_zero_is_no_exclusion() -> None:
    asked = parse("grease -40 spare-part")
    assert words(asked) == [("grease",), ("40",), ("spare", "part")]
    assert asked.without == ()


def test_what_was_typed_is_kept_for_other_keyboards() -> None:
    assert [token.typed for token in parse("[JKJLBKMYBR ge,jn").tokens] == ["[jkjlbkmybr", "ge,jn"]
    assert [token.typed for token in parse("pump ; , ???").tokens] == ["pump"], (
        "signs say nothing beside words"
    )
    assert [token.typed for token in parse(";.,").tokens] == [";.,"]


@pytest.mark.parametrize("text", ["", "  ", '"', '""', "- -", '-"'])
def test_nothing_is_asked(text: str) -> None:
    asked = parse(text)
    assert not asked.phrases
    assert not any(token.words for token in asked.tokens)


def test_what_is_asked_is_bounded_and_said_once() -> None:
    assert words(parse("pump Pump PUMP valve")) == [("pump",), ("valve",)]
    many = parse(" ".join(f"w{number}" for number in range(100)))
    assert len(many.tokens) == analysis.MOST_WORDS
    assert len(parse("-weld " * 100).without) <= analysis.MOST_WORDS
    long = parse('"' + "x " * 5000)
    assert sum(map(len, long.phrases)) <= analysis.MOST_WORDS


@pytest.mark.parametrize("text", ["\x00pump", "pump\x07", "\u202epump\u202c", "\ufeffpump\u200b"])
def test_signs_that_nobody_sees_are_left_out(text: str) -> None:
    assert [token.typed for token in parse(text).tokens] == ["pump"]


class TestFields:
    def test_what_stands_before_a_colon_narrows(self) -> None:
        asked = parse('pump author:Petrov in:"cold forming" valve', {"author", "in"})
        assert asked.fields == (("author", "Petrov"), ("in", "cold forming"))
        assert words(asked) == [("pump",), ("valve",)]

    def test_other_colons_are_signs(self) -> None:
        asked = parse("ratio 3:1 note:this https://example.org", {"author"})
        assert asked.fields == ()
        assert ("note", "this") in words(asked)

    @pytest.mark.parametrize("text", ["author:", "author: ", 'author:""', "author:!!"])
    def test_nothing_after_it_is_no_narrowing(self, text: str) -> None:
        assert parse(text, {"author"}).fields == ()

    def test_case_and_alphabet_are_free(self) -> None:
        assert parse("АВТОР:Петров", {"автор"}).fields == (("автор", "Петров"),)
        assert parse("מחבר:לוי", {"מחבר"}).fields == (("מחבר", "לוי"),)
