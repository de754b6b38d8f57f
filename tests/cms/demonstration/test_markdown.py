import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest

from cms.demonstration import markdown, source
from cms.demonstration.markdown import Links, PersonLink

DEMONSTRATION = source.read()
PAGES = {slug: number for number, slug in enumerate(DEMONSTRATION.translations, start=100)}


def person(person_id: str) -> PersonLink:
    return PersonLink(DEMONSTRATION.people_by_id[person_id].name, f"/people/{person_id}/")


LINKS = Links(entry=PAGES.get, person=person)


def one(body: str, links: Links = LINKS) -> dict[str, Any]:
    (block,) = markdown.blocks(body, links)
    return block


def texts(value: Any, key: str = "") -> Iterator[str]:
    """Every text a reader sees, once."""
    if isinstance(value, str):
        if key not in {"level", "kind", "type", "figure", "caption"}:
            yield value
    elif isinstance(value, list):
        for item in value:
            yield from texts(item, key)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from texts(item, name)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def words_of_source(body: str) -> Counter[str]:
    body = re.sub(r"^:::\w*$", "", body, flags=re.MULTILINE)
    # A caption says again what stands elsewhere: it is counted nowhere.
    body = re.sub(r"^```series\ncaption: .*$|^(unit|target): |^```$", "", body, flags=re.MULTILINE)
    body = re.sub(r"\]\((entry|figure):[^)]*\)", "]", body)
    body = re.sub(r"^\d+\. ", "", body, flags=re.MULTILINE)
    body = re.sub(r"@(p\d+)\b", lambda match: person(match[1]).name, body)
    # Hebrew glues a prefix to the bold word that follows it.
    return words(re.sub(r"\*+|\]", "", body).replace("[", ""))


@pytest.mark.parametrize("entry", DEMONSTRATION.entries, ids=lambda entry: f"{entry.slug}.{entry.language}")
def test_no_word_is_lost_and_no_markup_is_left(entry: source.Entry) -> None:
    blocks = markdown.blocks(entry.body, LINKS)
    written = "\n".join(texts([block["value"] for block in blocks]))
    shown = unescape(
        re.sub(
            r"</?(b|i|code|a)\b[^>]*>",
            "",
            re.sub(r"</?(p|ul|ol|li|br|footnote)\b[^>]*>", " ", written),
        )
    )
    assert words(shown) == words_of_source(entry.body)
    assert not re.search(r"\*\*|:::|\]\(|@p\d|(?m:^[#>] )|\|\s", shown)


@pytest.mark.slow
@pytest.mark.parametrize("entry", DEMONSTRATION.entries, ids=lambda entry: f"{entry.slug}.{entry.language}")
def test_rich_text_is_in_the_form_the_editor_stores(entry: source.Entry) -> None:
    for block in markdown.blocks(entry.body, LINKS):
        for text in texts(block["value"]):
            tags = set(re.findall(r"<(/?\w+)", text))
            assert tags <= {
                tag
                for name in ["p", "b", "i", "ul", "ol", "li", "a", "code", "br", "footnote"]
                for tag in (name, f"/{name}")
            }
            assert text.count("<p>") == text.count("</p>")


def test_every_link_between_entries_leads_somewhere() -> None:
    for entry in DEMONSTRATION.entries:
        for slug in re.findall(r"\(entry:([^)]*)\)", entry.body):
            assert slug in PAGES, f"{entry.place} links to {slug}"


def test_consecutive_text_is_one_block() -> None:
    assert one("One **bold** and *soft*.\n\n- a\n- b\n\nTwo & `x < y`.") == {
        "type": "text",
        "value": "<p>One <b>bold</b> and <i>soft</i>.</p><ul><li>a</li><li>b</li></ul>"
        "<p>Two &amp; <code>x &lt; y</code>.</p>",
    }


def test_headings_keep_their_level() -> None:
    levels = [block["value"]["level"] for block in markdown.blocks("## Two\n\n### Three", LINKS)]
    assert levels == ["h2", "h3"]


def test_numbered_items_with_a_bold_lead_become_titled_steps() -> None:
    block = one("1. **Clean.** Strip rust.\n2. **Rough-align** with a straightedge.\n3. **Stop here.**")
    assert block["type"] == "steps"
    assert block["value"]["items"] == [
        {"title": "Clean", "text": "<p>Strip rust.</p>"},
        {"title": "", "text": "<p><b>Rough-align</b> with a straightedge.</p>"},
        {"title": "", "text": "<p>Stop here</p>"},
    ]


def test_a_short_enumeration_stays_in_the_text() -> None:
    assert one("1. tea\n2. coffee")["value"] == "<ol><li>tea</li><li>coffee</li></ol>"


def test_a_callout_keeps_its_lists() -> None:
    block = one(":::warning\n**Never alone.** Two people:\n\n- one inside\n- one outside\n:::")
    assert block["value"] == {
        "kind": "warning",
        "title": "Never alone",
        "text": "<p>Two people:</p><ul><li>one inside</li><li>one outside</li></ul>",
    }


@pytest.mark.parametrize("gap", ["> ", ">\n> "])
def test_the_speaker_of_a_quote_is_its_attribution(gap: str) -> None:
    block = one(f"> It takes three hours.\n{gap}— @p106")
    assert block["value"] == {
        "text": "<p>It takes three hours.</p>",
        "attribution": DEMONSTRATION.people_by_id["p106"].name,
    }


def test_a_table_becomes_columns_and_rows() -> None:
    table = one("| a | b |\n|---|---|\n| 1 | **2** |")["value"]["table"]
    assert table["columns"] == [
        {"type": "text", "heading": "a"},
        {"type": "text", "heading": "b"},
    ]
    assert table["rows"] == [{"values": ["<p>1</p>", "<p><b>2</b></p>"]}]


def test_links_lead_to_pages_and_people() -> None:
    block = one(
        "See [the *box*](entry:box) or ask @p106.",
        Links(entry=lambda slug: 7, person=person),
    )
    name = DEMONSTRATION.people_by_id["p106"].name
    assert block["value"] == (
        '<p>See <a linktype="page" id="7">the <i>box</i></a> or ask <a href="/people/p106/">'
        + name
        + "</a>.</p>"
    )


def test_a_note_stands_in_its_place_with_what_it_names() -> None:
    block = one("Cold^[see **this** and [the box](entry:group-lockout-with-one-box)] now.")
    link = f'<a linktype="page" id="{PAGES["group-lockout-with-one-box"]}">the box</a>'
    assert block["value"] == f"<p>Cold<footnote>see <b>this</b> and {link}</footnote> now.</p>"


def test_a_fence_of_figures_becomes_a_series() -> None:
    block = one("```series\ncaption: Leaks\ntarget: 5\n\nMonth; Leaks\n2026-01; 4,5\n```")
    assert block == {
        "type": "series",
        "value": {"caption": "Leaks", "unit": "", "target": "5", "points": "Month; Leaks\n2026-01; 4,5"},
    }


def test_a_link_to_nothing_is_its_text() -> None:
    block = one("See [the box](entry:box).", Links(entry=lambda slug: None, person=person))
    assert block["value"] == "<p>See the box.</p>"


def test_figures_are_named_in_reading_order() -> None:
    body = "![a](figure:one)\n\ntext\n\n![b](figure:two)"
    assert markdown.figures(body) == ["one", "two"]
    assert markdown.blocks(body, LINKS)[0]["value"]["figure"] == "one"


@pytest.mark.parametrize(
    "body",
    [
        "# Top",
        "---",
        "```\ncode\n```",
        "```series\n2026; 1\n```",
        "![a](https://x/y.png)",
        "[a](https://x/)",
        "> - a",
    ],
)
def test_what_has_no_block_is_refused(body: str) -> None:
    with pytest.raises(markdown.UnknownMarkdown):
        markdown.blocks(body, LINKS)
