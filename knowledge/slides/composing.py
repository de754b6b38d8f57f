"""The body of a page as slides before they are anybody's: marks stand where readers differ, as in the article."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache as once
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from knowledge import rendering, series_tables
from knowledge.choices import SlideBreak
from knowledge.footnotes import Notes
from knowledge.marks import Parts, Recorder, marks_of
from knowledge.models import EntryPage
from knowledge.rendering import DAY
from knowledge.rich_text import recorded
from knowledge.slides import fragments
from knowledge.slides.fragments import Fragment

# So many of a kind stand on one slide.
FIGURES = PICTURES = 4
PEOPLE = ENTRIES = 6
STEPS = 5
STEPS_ROOM = 620
ROWS = 8
# A table of numbers is set in the middle size.
LEAST_ROOM = 300
# Longer tables are cut: nobody follows them on a wall.
MOST_ROWS = 40
NOTE = re.compile(r'data-footnote="(\d+)"')
# Characters a slide may carry in each size; above the last they are set as small as is still read.
SIZES = ((160, "large"), (320, "medium"), (640, "small"))


@dataclass(frozen=True)
class Slide:
    """`id` is its address within the deck; `part` of `parts_in_all` where one thing goes over several slides."""

    id: str
    section: str
    title: str
    layout: str
    size: str
    content: Parts
    notes: str = ""
    part: int = 1
    parts_in_all: int = 1


@dataclass(frozen=True)
class _Filling:
    """What goes below the title of one slide: HTML with marks, and how much it is to read."""

    html: str
    weight: int
    layout: str = "text"


def of(page: EntryPage) -> tuple[Slide, ...]:
    """The slides of a page's body, from the cache where this version has been seen."""
    stamp = page.last_published_at.timestamp() if page.last_published_at else 0
    key = f"slides:{_code()}:{page.pk}:{page.body_digest}:{stamp}"
    found: tuple[Slide, ...] | None = cache.get(key) if page.body_digest else None
    if found is None:
        found = compose(page.body, page.locale.language_code)
        if page.body_digest:
            cache.set(key, found, DAY)
    return found


def compose(body: Any, language: str) -> tuple[Slide, ...]:
    """Make slides of a body, their labels in its own language."""
    with translation.override(language):
        composer = _Composer()
        for number, block in enumerate(body, start=1):
            composer.take(block, number)
        slides = composer.end()
    communities = rendering.communities_among(mark for slide in slides for mark in marks_of(slide.content))
    return tuple(replace(slide, content=rendering.told_apart(slide.content, communities)) for slide in slides)


@dataclass
class _Composer:
    """Goes through the blocks once. What is `held` goes together on one slide, as the author wished."""

    # On slides the marks of notes lead nowhere: the notes stand at the foot of the same slide.
    recorder: Recorder = field(default_factory=lambda: Recorder(Notes(linked=False)))
    slides: list[Slide] = field(default_factory=list)
    section: str = ""
    title: str = ""
    notes: str = ""
    mode: str = ""
    # The address of a slide for the title alone, should nothing follow it.
    bare_id: str = ""
    held: list[_Filling] = field(default_factory=list)
    held_id: str = ""

    def take(self, block: Any, number: int) -> None:
        name = block.block.name
        anchor = f"s-{block.id[:8]}" if block.id else f"s{number}"
        if name == "heading":
            self._head(block.value, anchor)
        elif name == "slide":
            self._steer(block.value, anchor)
        elif self.mode == SlideBreak.TOGETHER:
            html = block.render({"marks": self.recorder})
            self.held.append(_Filling(html, len(strip_tags(html))))
        elif self.mode != SlideBreak.OUT:
            self._add(anchor, list(_FILLINGS.get(name, _whole)(block, self.recorder)))

    def end(self) -> list[Slide]:
        self._release()
        return self.slides

    def _head(self, value: Any, anchor: str) -> None:
        self._release()
        self.mode = ""
        self.title = value["text"]
        if value["level"] == "h2":
            self.section = self.title
        self.bare_id = anchor

    def _steer(self, value: Any, anchor: str) -> None:
        if self.held or value["title"]:
            self._release()
        self.mode = value["follows"]
        if self.mode == SlideBreak.OUT:
            self.bare_id = ""
            return
        self.notes = value["notes"]
        self.held_id = anchor
        if value["title"]:
            self.title, self.bare_id = value["title"], anchor

    def _release(self) -> None:
        """End the slide that is held together, or show a heading that nothing follows before the next."""
        if self.held:
            html = "".join(filling.html for filling in self.held)
            weight = sum(filling.weight for filling in self.held)
            self.held = []
            self._add(self.held_id, [_Filling(html, weight, "mixed")])
        elif self.bare_id:
            self._add(self.bare_id, [_Filling("", 0, "section")])

    def _add(self, anchor: str, fillings: Sequence[_Filling]) -> None:
        for part, filling in enumerate(fillings, start=1):
            self.slides.append(
                Slide(
                    id=anchor if part == 1 else f"{anchor}-{part}",
                    section=self.section if self.section != self.title else "",
                    title=self.title,
                    layout=filling.layout,
                    size=_size(filling.weight),
                    content=self.recorder.split(filling.html + self._notes(filling.html)),
                    notes=self.notes if part == 1 else "",
                    part=part,
                    parts_in_all=len(fillings),
                )
            )
        if fillings:
            self.notes = self.bare_id = ""

    def _notes(self, html: str) -> str:
        """The notes that are named on a slide, for its foot."""
        named = {int(number) for number in NOTE.findall(html)}
        notes = [note for note in self.recorder.notes if note.number in named]
        return render_to_string("knowledge/slides/footnotes.html", {"notes": notes}) if notes else ""


def _whole(block: Any, recorder: Recorder) -> Iterator[_Filling]:
    """A block that is one idea as it stands."""
    html = block.render({"marks": recorder})
    yield _Filling(
        html, len(strip_tags(html)), "picture" if block.block.name == "image" else block.block.name
    )


def _text(block: Any, recorder: Recorder) -> Iterator[_Filling]:
    for some in fragments.slides(fragments.fragments(block.value.source)):
        yield _Filling(_written(some, recorder), _weight(some))


def _worded(block: Any, recorder: Recorder) -> Iterator[_Filling]:
    """A call-out or a quote, cut where it is longer than a slide."""
    found = fragments.fragments(block.value["text"].source)
    for some in fragments.slides(found):
        value = {**block.value, "text": fragments.together(some)}
        yield _drawn(block.block.meta.template, value, recorder, _weight(some), block.block.name)


def _steps(block: Any, recorder: Recorder) -> Iterator[_Filling]:
    """As many steps as there is room for; a step that fills more than a slide goes over several."""
    at_hand: list[dict[str, Any]] = []
    room = 0
    for number, step in enumerate(block.value["items"], start=1):
        found = fragments.fragments(step["text"].source if step["text"] else "")
        for part, some in enumerate(list(fragments.slides(found)) or [[]]):
            weight = _weight(some) + len(step["title"]) + fragments.POINT
            if at_hand and (room + weight > STEPS_ROOM or len(at_hand) == STEPS):
                yield _drawn("knowledge/slides/steps.html", {"steps": at_hand}, recorder, room, "steps")
                at_hand, room = [], 0
            title = step["title"] if part == 0 else ""
            at_hand.append({"number": number, "title": title, "html": _written(some, recorder)})
            room += weight
    if at_hand:
        yield _drawn("knowledge/slides/steps.html", {"steps": at_hand}, recorder, room, "steps")


def _table(block: Any, recorder: Recorder) -> Iterator[_Filling]:
    """Some rows a slide, each under the headings of the columns."""
    table = block.value["table"]
    rows = list(table.rows)
    for start in range(0, min(len(rows), MOST_ROWS), ROWS):
        shown = [list(row) for row in rows[start : min(start + ROWS, MOST_ROWS)]]
        left = len(rows) - MOST_ROWS if start + ROWS >= MOST_ROWS else 0
        value = {
            "caption": block.value["caption"],
            "columns": table.columns,
            "rows": shown,
            "left": max(left, 0),
        }
        weight = sum(len(str(cell.value)) for row in shown for cell in row)
        yield _drawn("knowledge/slides/table.html", value, recorder, weight, "table")


def _series(block: Any, recorder: Recorder) -> Iterator[_Filling]:
    """The newest rows as a table on one slide: a wall has no room for more, and the entry has them all."""
    shown = series_tables.of(block.value)
    if shown is not None:
        value = {"series": shown, "rows": shown.rows[-ROWS:], "left": max(len(shown.rows) - ROWS, 0)}
        yield _drawn("knowledge/slides/series.html", value, recorder, LEAST_ROOM, "table")


def _some(name: str, number: int) -> Callable[[Any, Recorder], Iterator[_Filling]]:
    """A block that is a list: so many of it a slide."""

    def fillings(block: Any, recorder: Recorder) -> Iterator[_Filling]:
        every = list(block.value[name])
        for start in range(0, len(every), number):
            value = {**block.value, name: every[start : start + number]}
            yield _drawn(block.block.meta.template, value, recorder, 0, block.block.name)

    return fillings


_FILLINGS: dict[str, Callable[[Any, Recorder], Iterator[_Filling]]] = {
    "text": _text,
    "callout": _worded,
    "quote": _worded,
    "steps": _steps,
    "series": _series,
    "table": _table,
    "figures": _some("items", FIGURES),
    "gallery": _some("items", PICTURES),
    "people": _some("people", PEOPLE),
    "related": _some("entries", ENTRIES),
}


def _drawn(template: str, value: dict[str, Any], recorder: Recorder, weight: int, layout: str) -> _Filling:
    return _Filling(render_to_string(template, {"value": value, "marks": recorder}), weight, layout)


def _written(some: Sequence[Fragment], recorder: Recorder) -> SafeString:
    """Ordered lists go on counting where the slide before ended."""
    html = recorded(fragments.together(some), recorder)
    for number in fragments.first_numbers(some):
        html = html.replace("<ol>", f'<ol start="{number}">', 1)
    return mark_safe(html)  # noqa: S308 - cleaned there


def _weight(some: Sequence[Fragment]) -> int:
    return sum(fragment.weight for fragment in some)


def _size(weight: int) -> str:
    return next((name for most, name in SIZES if weight <= most), "tiny")


@once
def _code() -> str:
    """A digest of all that makes slides, so that a new release does not show what an older one kept."""
    digest = sha256(rendering.code_digest().encode())
    folders: Any = settings.TEMPLATES[0]["DIRS"]
    paths = [path for folder in folders for path in (Path(folder) / "knowledge" / "slides").glob("*.html")]
    for path in sorted([*paths, *Path(__file__).parent.glob("*.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
