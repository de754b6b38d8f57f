"""All that the page of an entry shows to one reader, in a number of queries that does not grow."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from core import clock
from knowledge import effects, page_rows, pictures, rendering, replication_totals, sections, uses
from knowledge.addresses import page_url
from knowledge.cards import cover_url, preferred
from knowledge.marks import Parts, marks_of
from knowledge.models import Entry, EntryPage
from knowledge.page_rows import Row
from knowledge.pictures import ARTICLE_SPECS, Size
from knowledge.rendering import Heading, Seen, Wanted
from knowledge.replication_totals import Totals
from knowledge.templatetags.article import written_figures
from knowledge.uses import Comparison, Use
from people import access
from people.access import Viewer
from people.choices import Access
from people.querysets import PHOTO_SPEC

NEAR = 5
# One of the sizes that articles use anyway: a preview of a shared link costs no picture of its own.
SHARE_SPEC = "width-1440|format-webp"
LANGUAGE_NAMES = dict(settings.LANGUAGES)


@dataclass(frozen=True)
class Person:
    name: str
    url: str
    line: str
    photo_url: str


@dataclass(frozen=True)
class Translation:
    language: str
    name: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Word:
    """A tag or a competence and the list of what else has it."""

    name: str
    url: str


@dataclass(frozen=True)
class Attachment:
    title: str
    url: str
    meta: str
    icon: str
    description: str


@dataclass(frozen=True)
class Near:
    """An entry near to this one by content."""

    title: str
    url: str
    language: str
    kind_label: str
    community: str


@dataclass(frozen=True)
class Reading:
    """See `of`. `address` is the page's own, empty while it is not live."""

    address: str
    share_picture: Size | None
    body: SafeString
    contents: Sequence[Heading]
    cover: SafeString
    cover_url: str
    language: str
    translations: Sequence[Translation]
    people: Sequence[Person]
    tags: Sequence[Word]
    competences: Sequence[Word]
    uses: Sequence[Use]
    use_counts: Sequence[dict[str, Any]]
    totals: Totals
    comparisons: Sequence[Comparison]
    attachments: Sequence[Attachment]
    near: Sequence[Near]
    effects: Sequence[dict[str, str]]
    crumbs: Sequence[dict[str, str]]
    section_url: str
    checked_on: dt.datetime | None
    is_stale: bool


class Author(NamedTuple):
    name: str
    public_id: uuid.UUID
    line: str
    photo: int | None


@dataclass
class _Facts:
    """What the page shows of the rows around it."""

    tags: list[Word] = field(default_factory=list)
    competences: list[Word] = field(default_factory=list)
    is_used: bool = False
    authors: list[Author] = field(default_factory=list)
    attachments: list[tuple[int, str]] = field(default_factory=list)


def of(page: EntryPage, viewer: Viewer, rows: Sequence[Row] | None = None) -> Reading:
    """What the viewer, who may see the page, reads on it; `rows` around it, if they are at hand."""
    entry = page.entry
    article = rendering.article(page)
    facts = _facts(page_rows.shown(page) if rows is None else rows)
    wanted = Wanted().add(article.parts)
    wanted.documents.update(document for document, _description in facts.attachments)
    # A picture that the article itself shows does not stand at its head as well.
    cover_id = None if page.cover_id in wanted.images else page.cover_id
    if cover_id:
        wanted.images[cover_id].update(ARTICLE_SPECS)
    for author in facts.authors:
        if author.photo:
            wanted.images[author.photo].add(PHOTO_SPEC)
    nearby = _pages(page, viewer, wanted.pages)
    wanted.pages = set()
    seen = rendering.look_up(wanted, viewer)
    seen.pages = {other.pk: other for other in nearby}
    cover = seen.images.get(cover_id or 0)
    recorded = uses.recorded(entry) if facts.is_used else []
    used = uses.shown(recorded)
    translations = _translations(page, nearby)
    shared = seen.images.get(page.cover_id or 0)
    return Reading(
        address=next((each.url for each in translations if each.is_current), ""),
        share_picture=shared.sizes.get(SHARE_SPEC) if shared else None,
        body=rendering.fill(article.parts, seen),
        contents=article.contents,
        cover=pictures.picture_html(cover, alt=cover.alt_text, lazy=False) if cover else SafeString(""),
        cover_url=cover_url(entry),
        language=page.locale.language_code,
        translations=translations,
        people=[_person(author, seen) for author in facts.authors],
        tags=facts.tags,
        competences=facts.competences,
        uses=used,
        use_counts=uses.counts(used),
        totals=replication_totals.of_rows(recorded),
        comparisons=uses.comparisons(recorded),
        attachments=_attachments(facts, seen),
        near=_near(entry, nearby, _chosen(article.parts), viewer),
        effects=written_figures([block.value for block in page.effects]) + _economic_effect(entry),
        crumbs=_crumbs(page),
        section_url=section_url(entry),
        checked_on=entry.checked_at,
        is_stale=entry.is_stale,
    )


def may_read(entry: Entry, viewer: Viewer) -> bool:
    """Whether the viewer may see an entry at hand: what `visible_to` says, without asking where nobody is named."""
    if entry.access != Access.CLASSIFIED:
        return viewer.meets(access.item_audience(entry.community, entry.access))
    return Entry.objects.visible_to(viewer).filter(pk=entry.pk).exists()


def may_check(entry: Entry, viewer: Viewer) -> bool:
    """Whether the viewer, who may see the entry, answers for its being true: its owner, the leads, curators."""
    answers = entry.owner_id == viewer.user_id or access.manages(viewer, entry.community)
    return viewer.is_employee and entry.pk is not None and answers


def next_review_date() -> dt.date:
    """The day on which an entry that was found true today is looked at again."""
    return clock.today() + dt.timedelta(days=365)


def section_url(entry: Entry) -> str:
    """The section of its kind; where the community does not show that one, its overview."""
    section = sections.SLUGS[entry.kind]
    if section in entry.community.hidden_sections:
        return entry.community.get_absolute_url()
    return reverse("community_entries", args=[entry.community.slug, section])


def _facts(rows: Sequence[Row]) -> _Facts:
    """What the rows that have a place on the page say, in their order."""
    facts = _Facts(is_used=any(row.kind == "unit" for row in rows))
    placed = (row for row in rows if row.place is not None)
    for row in sorted(placed, key=lambda row: (row.place, row.name or "")):
        name, word, note = row.name or "", row.word or "", row.note or ""
        if row.kind == "tag":
            facts.tags.append(Word(name, f"{reverse('catalogue')}?tag={word}"))
        elif row.kind == "competence":
            facts.competences.append(Word(name, f"{reverse('catalogue')}?competence={word}"))
        elif row.kind == "person":
            line = " · ".join(filter(None, (note, row.line)))
            facts.authors.append(Author(name, uuid.UUID(row.key), line, row.number))
        elif row.number is not None:
            facts.attachments.append((row.number, note))
    return facts


def _pages(page: EntryPage, viewer: Viewer, linked: set[int]) -> list[EntryPage]:
    """Translations, pages linked in the body and pages of related entries, with what a link shows."""
    return list(
        page_rows.nearby(page, linked)
        .live()
        .visible_to(viewer)
        .select_related("locale", "entry__community")
        .only(
            *("title", "url_path", "depth", "locale__language_code", "entry__key", "entry__kind"),
            *(f"entry__community__name_{code}" for code in LANGUAGE_NAMES),
        )
        .order_by("pk")
    )


def _translations(page: EntryPage, nearby: list[EntryPage]) -> list[Translation]:
    pages = {other.locale.language_code: other for other in nearby if other.entry_id == page.entry_id}
    return [
        Translation(code, name, page_url(pages[code]), pages[code].pk == page.pk)
        for code, name in LANGUAGE_NAMES.items()
        if code in pages
    ]


def _person(author: Author, seen: Seen) -> Person:
    photo = seen.images.get(author.photo or 0)
    return Person(
        name=author.name,
        url=reverse("person", args=[author.public_id]) if seen.knows_people else "",
        line=author.line,
        photo_url=photo.url(PHOTO_SPEC) if photo else "",
    )


def _economic_effect(entry: Entry) -> list[dict[str, str]]:
    money = effects.economic_effect(entry)
    return [{"after": money, "measure": gettext("economic effect")}] if money else []


def _attachments(facts: _Facts, seen: Seen) -> list[Attachment]:
    shown = []
    for pk, description in facts.attachments:
        document = seen.documents.get(pk)
        if document is not None:
            shown.append(
                Attachment(
                    title=document.title,
                    url=document.url,
                    meta=rendering.document_meta(document),
                    icon=rendering.document_icon(document),
                    description=description or document.description,
                )
            )
    return shown


def _chosen(parts: Parts) -> set[int]:
    """The pages that the author names in a block of related entries."""
    return {mark.key for mark in marks_of(parts) if mark.kind == "entry"}


def _near(entry: Entry, nearby: list[EntryPage], chosen: set[int], viewer: Viewer) -> list[Near]:
    """The nearest entries that the viewer may see; what the author has chosen stands in the text already."""
    named = {page.entry_id for page in nearby if page.pk in chosen}
    pages = [
        preferred((page for page in nearby if page.entry_id == other), viewer)
        for other in entry.near
        if other not in named
    ]
    return [
        Near(
            title=page.title,
            url=page_url(page),
            language=page.locale.language_code,
            kind_label=page.entry.get_kind_display(),
            community=page.entry.community.name,
        )
        for page in [page for page in pages if page is not None][:NEAR]
    ]


def _crumbs(page: EntryPage) -> list[dict[str, str]]:
    entry = page.entry
    return [
        {"label": entry.community.name, "url": entry.community.get_absolute_url()},
        {"label": entry.get_kind_display(), "url": section_url(entry)},
    ]
