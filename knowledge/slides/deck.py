"""The slides of an entry for one reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import segno
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, override

from knowledge import page_rows, pictures, rendering
from knowledge.addresses import page_url
from knowledge.cards import cover_url
from knowledge.effects import economic_effect
from knowledge.models import EntryPage
from knowledge.pictures import ARTICLE_SPECS
from knowledge.rendering import Wanted
from knowledge.slides import composing
from knowledge.slides.composing import FIGURES, Slide
from knowledge.templatetags.article import written_figures
from people.access import Viewer


@dataclass(frozen=True)
class Shown:
    """A slide as the reader sees it; see `composing.Slide`."""

    slide: Slide
    html: SafeString


@dataclass(frozen=True)
class Deck:
    """`effects` are figures by slides; `url` leads to the entry, from other screens too, as `code` does: a QR code."""

    title: str
    summary: str
    community: str
    authors: Sequence[str]
    cover: SafeString
    cover_url: str
    effects: Sequence[Sequence[dict[str, str]]]
    slides: Sequence[Shown]
    url: str
    code: SafeString

    def __len__(self) -> int:
        """With the first slide and the last."""
        return len(self.effects) + len(self.slides) + 2


def of(page: EntryPage, viewer: Viewer, site: str) -> Deck:
    """What the viewer, who may see the page, presents of it; `site` is the address that others reach it by."""
    composed = composing.of(page)
    wanted = Wanted()
    for slide in composed:
        wanted.add(slide.content)
    if page.cover_id:
        wanted.images[page.cover_id].update(ARTICLE_SPECS)
    seen = rendering.look_up(wanted, viewer)
    seen.picture_sizes = "100vw"
    cover = seen.images.get(page.cover_id or 0)
    filled = [Shown(slide, rendering.fill(slide.content, seen)) for slide in composed]
    url = site + page_url(page)
    return Deck(
        title=page.title,
        summary=page.summary,
        community=_community(page),
        authors=_authors(page),
        cover=pictures.picture_html(cover, lazy=False, sizes="50vw") if cover else SafeString(""),
        cover_url=cover_url(page.entry),
        effects=_effects(page),
        slides=[each for each in filled if each.slide.layout == "section" or _says_something(each.html)],
        url=url,
        code=_code(url),
    )


def _community(page: EntryPage) -> str:
    with override(page.locale.language_code):
        return str(page.entry.community.name)


def _authors(page: EntryPage) -> list[str]:
    rows = [row for row in page_rows.shown(page) if row.kind == "person"]
    return [row.name or "" for row in sorted(rows, key=lambda row: row.place or 0)]


def _effects(page: EntryPage) -> list[list[dict[str, str]]]:
    with override(page.locale.language_code):
        figures = written_figures([block.value for block in page.effects])
        if money := economic_effect(page.entry):
            figures.append({"after": money, "measure": gettext("economic effect")})
    return [figures[start : start + FIGURES] for start in range(0, len(figures), FIGURES)]


def _says_something(html: str) -> bool:
    """Whether anything is left for the reader of what was on the slide."""
    return bool(strip_tags(html).strip()) or "<img" in html or "<iframe" in html


def _code(url: str) -> SafeString:
    options: dict[str, Any] = {"border": 2, "omitsize": True, "svgclass": None, "lineclass": None}
    return mark_safe(segno.make(url, error="m").svg_inline(**options))  # noqa: S308 - paths made of numbers
