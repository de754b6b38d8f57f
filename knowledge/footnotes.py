"""Notes at the foot of a text.

An author writes a note where it belongs and marks it as one; readers find a number there and the note at the foot. It
is stored in its place (`Word<footnote>the note</footnote>`), so a note without a mark and a mark without a note do not
exist, pasted text brings its notes along, and whatever reads stored text (search, word counts, links) reads them too.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

TAG = "footnote"
# The editor stores styles one in the other: a bold word of a note is a bold element around or within a part of it.
INLINE = frozenset({TAG, "a", "b", "strong", "i", "em", "code", "sub", "sup"})


@dataclass
class Note:
    """`html` may hold marks of its rendering (knowledge.marks); it is named `times` in the text."""

    number: int
    html: SafeString
    times: int = 0

    @property
    def places(self) -> list[str]:
        """The ids of its marks in the text."""
        return [_place(self.number, time) for time in range(1, self.times + 1)]


class Notes:
    """The notes of one text in their order; the same words twice are one note. Marks lead to them if `linked`."""

    def __init__(self, *, linked: bool = True) -> None:
        self._linked = linked
        self._by_words: dict[str, Note] = {}

    def __iter__(self) -> Iterator[Note]:
        return iter(list(self._by_words.values()))

    def __len__(self) -> int:
        return len(self._by_words)

    def add(self, words: str, html: SafeString) -> SafeString:
        """Keep a note, known by its `words`, and return its mark."""
        note = self._by_words.setdefault(words, Note(len(self) + 1, html))
        note.times += 1
        number = str(note.number)
        if not self._linked:
            return format_html('<sup class="footnote-mark" data-footnote="{0}">{0}</sup>', number)
        return format_html(
            '<sup class="footnote-mark" data-footnote="{0}">'
            '<a id="{1}" href="#fn-{0}" role="doc-noteref" aria-label="{2}">{0}</a></sup>',
            number,
            _place(note.number, note.times),
            gettext("Note %(number)s") % {"number": number},
        )

    def taken(self) -> list[Note]:
        """The notes so far, which are forgotten here."""
        notes = list(self)
        self._by_words.clear()
        return notes


def lifted(html: str, place: Callable[[str], str]) -> str:
    """Clean HTML with an empty element in the place of each note.

    `place` is given the HTML of a note and returns what tells its element from others.
    """
    soup = BeautifulSoup(html, "html.parser")
    _lift(soup, soup, place)
    return str(soup)


def _lift(within: Tag, soup: BeautifulSoup, place: Callable[[str], str]) -> None:
    """Neighbours that are parts of one note are put together again.

    The editor moves blanks at the end of a style out of it: with nothing but them between, it is still the same note.
    """
    run: list[PageElement] = []
    blanks: list[PageElement] = []
    for child in [*within.children, None]:
        if isinstance(child, Tag) and _is_note(child):
            run += [*blanks, child]
            blanks = []
        elif run and isinstance(child, NavigableString) and not child.strip():
            blanks.append(child)
        else:
            if run:
                _take_out(run, soup, place)
            run, blanks = [], []
            if isinstance(child, Tag) and child.find(TAG):
                _lift(child, soup, place)


def _is_note(element: Tag) -> bool:
    if element.name == TAG:
        return True
    words = [text for text in element.find_all(string=True) if text.strip()]
    return element.name in INLINE and bool(words) and all(text.find_parent(TAG) for text in words)


def _take_out(run: list[PageElement], soup: BeautifulSoup, place: Callable[[str], str]) -> None:
    before = run[0].previous_sibling
    note = "".join(_words(part) for part in run).strip()
    if BeautifulSoup(note, "html.parser").get_text().strip():
        # The number stands at the word, whatever blanks the author left between word and note.
        if isinstance(before, NavigableString):
            before.replace_with(before.rstrip())
        run[0].insert_before(soup.new_tag("sup", attrs={"data-footnote": place(note)}))
    for part in run:
        part.extract()


def _words(part: PageElement) -> str:
    """A part of a note as HTML, without the elements that make it one."""
    if not isinstance(part, Tag):
        return str(part)
    for nested in part.find_all(TAG):
        nested.unwrap()
    return part.decode_contents() if part.name == TAG else str(part)


def _place(number: int, time: int) -> str:
    return f"fnref-{number}-{time}"
