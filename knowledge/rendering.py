"""Bodies of articles as HTML, for one reader. As plain data: rendering_json.

The words are rendered once for a version of a page and kept in the cache, the same for everybody; what only some may
see (links, pictures, files, people, entries) is put in for each reader afterwards, with at most one query a sort of
thing. What a reader may not see leaves no trace: a link becomes its text, a block disappears.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cache as once
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from knowledge import pictures, shown_files
from knowledge.addresses import page_url
from knowledge.marks import Mark, Parts, Recorder, marks_of
from knowledge.models import CommunityPage, EntryPage
from knowledge.pictures import ARTICLE_SPECS, Picture
from people.access import Viewer
from people.models import Community, Document, User

DAY = 24 * 3600


@dataclass(frozen=True)
class Heading:
    """A section of an article, as the contents list names it."""

    id: str
    text: str
    level: str


@dataclass(frozen=True)
class Article:
    """A rendered body before it is anybody's."""

    parts: Parts = ()
    contents: tuple[Heading, ...] = ()


@dataclass
class Wanted:
    """What a text names: to be looked up for a reader."""

    pages: set[int] = field(default_factory=set)
    communities: set[int] = field(default_factory=set)
    documents: set[int] = field(default_factory=set)
    people: set[int] = field(default_factory=set)
    images: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, parts: Parts) -> "Wanted":
        for mark in marks_of(parts):
            if mark.kind in {"page-link", "entry"}:
                self.pages.add(mark.key)
            elif mark.kind == "community-link":
                self.communities.add(mark.key)
            elif mark.kind in {"document-link", "document"}:
                self.documents.add(mark.key)
            elif mark.kind == "person":
                self.people.add(mark.key)
            elif mark.kind == "picture":
                self.images[mark.key].update(ARTICLE_SPECS)
        return self


@dataclass
class Seen:
    """What of it the reader may see."""

    pages: dict[int, EntryPage] = field(default_factory=dict)
    communities: dict[int, CommunityPage] = field(default_factory=dict)
    documents: dict[int, Document] = field(default_factory=dict)
    people: dict[int, User] = field(default_factory=dict)
    images: dict[int, Picture] = field(default_factory=dict)
    knows_people: bool = False
    # How wide pictures stand, in the words of the attribute `sizes`; as in an article if nothing is said.
    picture_sizes: str = ""


def body_html(page: EntryPage, viewer: Viewer) -> SafeString:
    """The body of a page as HTML, as far as the viewer may see what it names."""
    found = article(page)
    return fill(found.parts, look_up(Wanted().add(found.parts), viewer))


def article(page: EntryPage) -> Article:
    """The body of a page, rendered for nobody in particular; from the cache where this version has been seen."""
    stamp = page.last_published_at.timestamp() if page.last_published_at else 0
    key = f"article:{code_digest()}:{page.pk}:{page.body_digest}:{stamp}"
    found = cache.get(key) if page.body_digest else None
    if found is None:
        found = compose(page.body, page.locale.language_code)
        if page.body_digest:
            cache.set(key, found, DAY)
    return found


def text_html(body: Any, language: str, viewer: Viewer) -> SafeString:
    """A body that belongs to no version of a page (a community's welcome, a draft), for one reader."""
    if not body:
        return mark_safe("")
    raw = json.dumps(body.get_prep_value(), sort_keys=True, default=str)
    key = f"text:{code_digest()}:{language}:{hashlib.sha256(raw.encode()).hexdigest()[:32]}"
    found = cache.get(key)
    if found is None:
        found = compose(body, language)
        cache.set(key, found, DAY)
    return fill(found.parts, look_up(Wanted().add(found.parts), viewer))


def compose(body: Any, language: str) -> Article:
    """Render a body, its labels in its own language."""
    recorder = Recorder()
    contents: list[Heading] = []
    taken: set[str] = set()
    html = []
    with translation.override(language):
        tables = 0
        for block in body:
            context: dict[str, Any] = {"marks": recorder}
            if block.block.name == "table":
                tables += 1
                context["table_number"] = tables
            if block.block.name == "heading":
                heading = _heading(block.value, taken)
                contents.append(heading)
                context["anchor"] = heading.id
            html.append(block.render(context))
        if recorder.notes:
            html.append(render_to_string("knowledge/footnotes.html", {"notes": recorder.notes}))
    parts = recorder.split("\n".join(html))
    return Article(told_apart(parts, communities_among(marks_of(parts))), tuple(contents))


def fill(parts: Parts, seen: Seen) -> SafeString:
    """Put in what the reader may see and leave out the rest."""
    out: list[str] = []
    # For each open region: how to close it, where its text began, and whether something inside has been shown.
    regions: list[_Region] = []
    for part in parts:
        if isinstance(part, str):
            out.append(part)
        elif part is None:
            regions.pop().end(out, regions)
        elif part.is_region:
            regions.append(_Region(part, len(out), _opening(part, seen)))
            out.append(regions[-1].opening or "")
        else:
            shown = _LEAVES[part.kind](part, seen)
            if shown:
                out.append(shown)
                for region in regions:
                    region.has_shown = True
    return mark_safe("".join(out))  # noqa: S308 - parts come from templates and cleaned rich text


def look_up(wanted: Wanted, viewer: Viewer) -> Seen:
    """What of all that is named the viewer may see: one query a sort of thing, none for what is not named.

    Documents and pictures are of one sort.
    """
    seen = Seen(knows_people=viewer.may("people.view_directory"))
    if wanted.pages:
        pages = EntryPage.objects.live().visible_to(viewer).filter(pk__in=wanted.pages).for_cards()
        seen.pages = {page.pk: page for page in pages.select_related("locale", "entry__community")}
    if wanted.communities:
        communities = Community.objects.visible_to(viewer)
        found = CommunityPage.objects.live().filter(pk__in=wanted.communities, community__in=communities)
        seen.communities = {page.pk: page for page in found.select_related("community").defer("welcome")}
    if wanted.people:
        people = User.objects.visible_to(viewer).for_listing().filter(pk__in=wanted.people)
        seen.people = {person.pk: person for person in people}
    seen.documents, seen.images = shown_files.visible(wanted.documents, wanted.images, viewer)
    return seen


def document_meta(document: Document) -> str:
    """Kind and size of a file, as a link to it says them."""
    size = filesizeformat(document.file_size) if document.file_size else ""
    # Each isolated: after the Latin kind, a Hebrew page would tear the size from its unit.
    return " · ".join(f"\u2068{part}\u2069" for part in (document.file_extension.upper(), size) if part)


def document_icon(document: Document) -> str:
    return _ICONS.get(document.file_extension.lower(), "file-text")


_ICONS = {"pdf": "file-type-pdf", "xlsx": "file-spreadsheet", "ods": "file-spreadsheet",
          "csv": "file-spreadsheet", "zip": "file-zip"}  # fmt: skip


@once
def code_digest() -> str:
    """A digest of everything that makes the HTML, so that a new release does not show what an older one cached."""
    digest = hashlib.sha256()
    folders: Any = settings.TEMPLATES[0]["DIRS"]
    for folder in folders:
        for part in ("knowledge/blocks", "components"):
            for path in sorted((Path(folder) / part).glob("*.html")):
                digest.update(path.read_bytes())
    for name in (
        "rendering.py",
        "rich_text.py",
        "marks.py",
        "footnotes.py",
        "series.py",
        "series_tables.py",
        "templatetags/article.py",
    ):
        digest.update((Path(__file__).parent / name).read_bytes())
    return digest.hexdigest()[:12]


def _heading(value: Any, taken: set[str]) -> Heading:
    """A heading with an address of its own: of its words, numbered where it repeats."""
    name = slugify(value["text"], allow_unicode=True)[:60] or "section"
    unique = name
    number = 2
    while unique in taken:
        unique = f"{name}-{number}"
        number += 1
    taken.add(unique)
    return Heading(unique, value["text"], value["level"] if value["level"] in {"h2", "h3"} else "h2")


def communities_among(marks: Iterable[Mark]) -> set[int]:
    """Which of the linked pages are communities': whether they may be seen is another question than for entries."""
    keys = {mark.key for mark in marks if mark.kind == "page-link"}
    if not keys:
        return set()
    return set(CommunityPage.objects.filter(pk__in=keys).values_list("pk", flat=True))


def told_apart(parts: Parts, communities: set[int]) -> Parts:
    """The parts with links to these pages marked as links to communities."""
    return tuple(
        replace(part, kind="community-link")
        if isinstance(part, Mark) and part.kind == "page-link" and part.key in communities
        else part
        for part in parts
    )


@dataclass
class _Region:
    mark: Mark
    start: int
    opening: str | None
    has_shown: bool = False

    def end(self, out: list[str], around: list["_Region"]) -> None:
        if self.mark.kind.endswith("-link"):
            if self.opening:
                out.append("</a>")
        elif not self.has_shown:
            del out[self.start :]


def _opening(mark: Mark, seen: Seen) -> str | None:
    """The tag that makes a link of a region; None where the reader gets the text alone."""
    url = None
    if mark.kind == "page-link" and mark.key in seen.pages:
        url = page_url(seen.pages[mark.key])
    elif mark.kind == "community-link" and mark.key in seen.communities:
        url = seen.communities[mark.key].community.get_absolute_url()
    elif mark.kind == "document-link" and mark.key in seen.documents:
        url = seen.documents[mark.key].url
    elif mark.kind == "person-link" and seen.knows_people:
        url = f"/people/{mark.key}/"
    return f'<a href="{escape(url)}">' if url else None


def _picture(mark: Mark, seen: Seen) -> str:
    picture = seen.images.get(mark.key)
    if picture is None:
        return ""
    alt = mark.details.get("alt") or ""
    if seen.picture_sizes:  # on a slide it is as large as it will be
        return pictures.picture_html(picture, alt=alt, sizes=seen.picture_sizes)
    return pictures.enlargeable_html(picture, alt=alt)


def _document(mark: Mark, seen: Seen) -> str:
    document = seen.documents.get(mark.key)
    if document is None:
        return ""
    return render_to_string(
        "knowledge/document_link.html",
        {
            "document": document,
            "meta": document_meta(document),
            "icon_name": document_icon(document),
            "description": mark.details.get("description") or document.description,
        },
    )


def _person(mark: Mark, seen: Seen) -> str:
    person = seen.people.get(mark.key)
    return render_to_string("knowledge/person_item.html", {"person": person}) if person else ""


def _entry(mark: Mark, seen: Seen) -> str:
    page = seen.pages.get(mark.key)
    if page is None:
        return ""
    return render_to_string("knowledge/related_item.html", {"page": page, "url": page_url(page)})


_LEAVES: dict[str, Callable[[Mark, Seen], str]] = {
    "picture": _picture,
    "document": _document,
    "person": _person,
    "entry": _entry,
}
