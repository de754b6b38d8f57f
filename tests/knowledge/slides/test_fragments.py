"""Rich text over slides: nothing is lost, nothing is cut within a sentence, and lists stay lists."""

from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st

from knowledge.slides import fragments
from knowledge.slides.fragments import ROOM

SENTENCE = "We measured the gap on every set before it went out. "


def on_slides(source: str, room: int = ROOM) -> list[str]:
    return [fragments.together(some) for some in fragments.slides(fragments.fragments(source, room), room)]


class TestParagraphs:
    def test_short_ones_stand_together(self) -> None:
        assert on_slides("<p>One.</p><p>Two.</p>") == ["<p>One.</p><p>Two.</p>"]

    def test_a_long_one_is_cut_where_a_sentence_ends(self) -> None:
        found = on_slides(f"<p>{SENTENCE * 30}</p>")
        assert len(found) > 2
        assert all(html.startswith("<p>We measured") and html.endswith("out.</p>") for html in found)
        assert all(len(strip_tags(html)) <= ROOM + len(SENTENCE) for html in found)

    def test_a_sentence_is_never_cut_however_long(self) -> None:
        endless = "word " * 400
        assert on_slides(f"<p>{endless.strip()}</p>") == [f"<p>{endless.strip()}</p>"]

    def test_bold_words_and_links_are_not_torn(self) -> None:
        marked = f"{SENTENCE * 8}<b>Never. Ever. Again.</b> {SENTENCE * 8}"
        whole = "".join(on_slides(f"<p>{marked}</p>"))
        assert "<b>Never. Ever. Again.</b>" in whole

    def test_what_leads_over_stands_where_the_points_stand(self) -> None:
        source = f"<p>{'Long story. ' * 40}</p><p>Three things matter:</p><ul><li>one</li><li>two</li></ul>"
        assert on_slides(source)[-1] == "<p>Three things matter:</p><ul><li>one</li><li>two</li></ul>"

    def test_signs_of_markup_stay_text(self) -> None:
        assert on_slides(f"<p>a &lt; b &amp; c. {SENTENCE * 12}</p>")[0].startswith("<p>a &lt; b &amp; c.")


class TestLists:
    def test_points_go_over_slides_and_keep_their_numbers(self) -> None:
        source = "<ol>" + "".join(f"<li>{SENTENCE}{number}</li>" for number in range(1, 13)) + "</ol>"
        found = list(fragments.slides(fragments.fragments(source)))
        assert len(found) > 1
        assert fragments.first_numbers(found[0]) == [1]
        assert fragments.first_numbers(found[1]) == [len(found[0]) + 1]

    def test_two_lists_do_not_run_into_each_other(self) -> None:
        assert on_slides("<ul><li>a</li></ul><ul><li>b</li></ul>") == [
            "<ul><li>a</li></ul><ul><li>b</li></ul>"
        ]


@given(
    st.lists(
        st.text(alphabet="abc אבג.!?:<>& ", min_size=1, max_size=900).filter(str.strip),
        min_size=1,
        max_size=8,
    )
)
def test_no_word_is_lost_and_none_comes_twice(paragraphs: list[str]) -> None:
    source = "".join(f"<p>{fragments.escape(text, quote=False)}</p>" for text in paragraphs)
    whole = " ".join(strip_tags(html.replace("</p>", " </p>")) for html in on_slides(source))
    wanted = " ".join(fragments.escape(text, quote=False) for text in paragraphs)
    assert "".join(whole.split()) == "".join(wanted.split())
