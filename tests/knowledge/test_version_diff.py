"""Versions are compared as readers see them."""

import pytest

from knowledge.version_diff import Row, compare, lines_of


def shown(rows: list[Row]) -> list[tuple[str, str]]:
    return [(row.kind, str(row.inline)) for row in rows]


class TestLines:
    def test_every_kind_of_block_is_lines(self) -> None:
        html = (
            '<h2>Why<a class="anchor" href="#why">#</a></h2>'
            "<p>One <b>two</b><br>three</p><ul><li>a</li><li>b &amp; c</li></ul>"
            "<table><caption>Oils</caption><tr><th>Oil</th><th>Class</th></tr><tr><td>A</td><td>15</td></tr></table>"
            '<figure><img src="x" alt="A pump"><figcaption>In place</figcaption></figure><img alt="">'
            "<script>no()</script>"
        )
        assert lines_of(html) == [
            *("Why", "One two three", "a", "b & c", "Oils", "Oil | Class", "A | 15"),
            *("Picture: A pump", "In place", "Picture"),
        ]


class TestCompare:
    def test_the_same_is_nothing(self) -> None:
        assert compare(["a", "b"], ["a", "b"]) == []

    def test_words_that_changed_are_marked_within_their_line(self) -> None:
        rows = compare(["We aligned 62 sets in May."], ["We aligned 70 sets in May."])
        assert shown(rows) == [("changed", "We aligned <del>62</del><ins>70</ins> sets in May.")]
        assert (str(rows[0].before), str(rows[0].after)) == (
            "We aligned <del>62</del> sets in May.",
            "We aligned <ins>70</ins> sets in May.",
        )

    @pytest.mark.parametrize(
        ("one", "other", "marked"),
        [
            ("Насос стоит тихо", "Насос стоит громко", "Насос стоит <del>тихо</del><ins>громко</ins>"),
            ("המשאבה שקטה מאוד", "המשאבה רועשת מאוד", "המשאבה <del>שקטה</del><ins>רועשת</ins> מאוד"),
        ],
    )
    def test_whole_words_in_every_script(self, one: str, other: str, marked: str) -> None:
        assert shown(compare([one], [other])) == [("changed", marked)]

    def test_other_lines_are_added_and_removed(self) -> None:
        rows = compare(["kept", "gone altogether"], ["kept", "quite different words here"])
        assert [row.kind for row in rows] == ["same", "removed", "added"]

    def test_what_is_far_from_a_change_is_left_out_and_counted(self) -> None:
        lines = [f"line number {number}" for number in range(20)]
        rows = compare(lines, [*lines, "more"])
        assert [(row.kind, row.left_out) for row in rows][:2] == [("gap", 18), ("same", 0)]

    def test_nothing_of_a_text_is_taken_for_markup(self) -> None:
        rows = compare(["<script>alert(1)</script> old"], ["<script>alert(1)</script> new"])
        assert "<script>" not in "".join(str(row.inline) + str(row.before) + str(row.after) for row in rows)
