"""All that the page of an entry shows to one reader, in a number of queries that does not grow."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import CharField, Count, F, IntegerField, Q, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from core import clock
from knowledge import effects, pictures, rendering, sections
from knowledge.addresses import page_url
from knowledge.cards import cover_url, preferred
from knowledge.choices import CATALOGUE_KINDS, ReplicationStatus
from knowledge.models import Entry, EntryAttachment, EntryAuthor, EntryPage, EntryTag, Replication
from knowledge.pictures import ARTICLE_SPECS
from knowledge.querysets import EntryPageQuerySet
from knowledge.rendering import Heading, Seen, Wanted
from knowledge.templatetags.article import written_figures
from people import access
from people.access import Viewer
from people.choices import Access
from people.querysets import PHOTO_SPEC

RELATED = 4
CANDIDATES = 12
HOUR = 3600
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
class Use:
    """An enterprise that uses the entry too, or tried."""

    enterprise: str
    status: str
    status_label: str
    note: str


@dataclass(frozen=True)
class Attachment:
    title: str
    url: str
    meta: str
    icon: str
    description: str


@dataclass(frozen=True)
class Related:
    title: str
    url: str
    language: str
    kind_label: str
    community: str


@dataclass(frozen=True)
class Reading:
    """See `of`."""

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
    attachments: Sequence[Attachment]
    related: Sequence[Related]
    effects: Sequence[dict[str, str]]
    crumbs: Sequence[dict[str, str]]
    section_url: str
    checked_on: dt.datetime | None
    is_stale: bool


@dataclass
class _Facts:
    """Rows around an entry, as one statement brings them."""

    tags: list[Word] = field(default_factory=list)
    competences: list[Word] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    authors: list[Any] = field(default_factory=list)
    attachments: list[tuple[int, str]] = field(default_factory=list)


def of(page: EntryPage, viewer: Viewer) -> Reading:
    """What the viewer, who may see the page, reads on it."""
    entry = page.entry
    article = rendering.article(page)
    facts = _facts(page)
    wanted = Wanted().add(article.parts)
    wanted.documents.update(document for document, _description in facts.attachments)
    # A picture that the article itself shows does not stand at its head as well.
    cover_id = None if page.cover_id in wanted.images else page.cover_id
    if cover_id:
        wanted.images[cover_id].update(ARTICLE_SPECS)
    for author in facts.authors:
        if author["photo"]:
            wanted.images[author["photo"]].add(PHOTO_SPEC)
    candidates = _related_candidates(entry)
    nearby = _pages(page, viewer, wanted.pages)
    wanted.pages = set()
    seen = rendering.look_up(wanted, viewer)
    seen.pages = {other.pk: other for other in nearby}
    cover = seen.images.get(cover_id or 0)
    return Reading(
        body=rendering.fill(article.parts, seen),
        contents=article.contents,
        cover=pictures.picture_html(cover, alt=cover.alt_text, lazy=False) if cover else SafeString(""),
        cover_url=cover_url(entry),
        language=page.locale.language_code,
        translations=_translations(page, nearby),
        people=[_person(author, seen) for author in facts.authors],
        tags=facts.tags,
        competences=facts.competences,
        uses=facts.uses,
        use_counts=_use_counts(facts.uses),
        attachments=_attachments(facts, seen),
        related=_related(nearby, candidates, viewer),
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
    return reverse("community_entries", args=[entry.community.slug, sections.SLUGS[entry.kind]])


def _facts(page: EntryPage) -> _Facts:
    """Tags, competences, uses, authors and attachments in one statement: each is a handful of rows of the same few
    columns, and five round trips would cost more than the rows."""
    language = f"name_{get_language() or 'en'}"
    tags = EntryTag.objects.filter(content_object=page.pk)
    competences = Entry.competences.through.objects.filter(entry=page.entry_id)
    uses = Replication.objects.filter(entry=page.entry_id)
    authors = EntryAuthor.objects.filter(entry=page.entry_id)
    attachments = EntryAttachment.objects.filter(page=page.pk)
    name = Coalesce(NullIf(f"competence__{language}", Value("")), "competence__name_en")
    rows = _columns(tags, "tag", "pk", 0, "tag__name", "tag__slug").union(
        _columns(competences, "competence", "competence_id", 0, name, "competence__slug"),
        _columns(uses, "use", "pk", 0, "enterprise__name", "status", "note"),
        _columns(
            *(authors, "author", "user__photo_id", "sort_order", "user__name", "user__public_id"),
            *("user__job", "user__enterprise__name"),
        ),
        _columns(attachments, "attachment", "document_id", "sort_order", "description"),
        all=True,
    )
    facts = _Facts()
    for kind, number, _order, a, b, c, d in sorted(rows, key=lambda row: (row[0], row[2] or 0, row[3] or "")):
        if kind == "tag":
            facts.tags.append(Word(a, f"{reverse('catalogue')}?tag={b}"))
        elif kind == "competence":
            facts.competences.append(Word(a, f"{reverse('catalogue')}?competence={b}"))
        elif kind == "use":
            facts.uses.append(Use(a, b, str(ReplicationStatus(b).label), c))
        elif kind == "author":
            line = " · ".join(filter(None, (c, d)))
            facts.authors.append({"name": a, "public_id": uuid.UUID(b), "line": line, "photo": number})
        else:
            facts.attachments.append((number, a))
    return facts


def _columns(rows: Any, kind: str, number: str, order: Any, *texts: Any) -> Any:
    """Rows in the shape that all arms of the union share: kind, number, order, four texts."""
    given: list[Any] = [Cast(F(text) if isinstance(text, str) else text, CharField()) for text in texts]
    given += [Value("", output_field=CharField())] * (4 - len(given))
    place = F(order) if isinstance(order, str) else Value(order, output_field=IntegerField())
    return (
        rows.annotate(
            fact=Value(kind, output_field=CharField()), number=F(number), place=place,
            **dict(zip("abcd", given, strict=True)),
        )
        .order_by()
        .values_list("fact", "number", "place", *"abcd")
    )  # fmt: skip


def _related_candidates(entry: Entry) -> list[int]:
    """Entries that share most competences with this one, else its community: the same for every reader, for an hour."""
    if entry.pk is None:  # of a page that is previewed before it was ever saved
        return []
    key = f"related:{entry.pk}"
    found = cache.get(key)
    if found is None:
        shared = Count("competences", filter=Q(competences__in=entry.competences.values("pk")), distinct=True)
        others = Entry.objects.published().exclude(pk=entry.pk).of_kinds(*{*CATALOGUE_KINDS, entry.kind})
        near = Q(community=entry.community_id) | Q(competences__in=entry.competences.values("pk"))
        found = list(
            others.filter(near)
            .annotate(shared=shared)
            .order_by("-shared", "-published_at", "-pk")
            .values_list("pk", flat=True)[:CANDIDATES]
        )
        cache.set(key, found, HOUR)
    return found


def around(page: EntryPage, linked: set[int]) -> EntryPageQuerySet:
    """Translations, pages linked in the body, and pages of related entries, whoever may see them and live or not."""
    candidates = _related_candidates(page.entry)
    return EntryPage.objects.filter(Q(entry=page.entry_id) | Q(entry__in=candidates) | Q(pk__in=linked))


def _pages(page: EntryPage, viewer: Viewer, linked: set[int]) -> list[EntryPage]:
    """Of those the ones that the viewer may see, with what a link shows."""
    return list(
        around(page, linked)
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


def _person(author: dict[str, Any], seen: Seen) -> Person:
    photo = seen.images.get(author["photo"] or 0)
    return Person(
        name=author["name"],
        url=reverse("person", args=[author["public_id"]]) if seen.knows_people else "",
        line=author["line"],
        photo_url=photo.url(PHOTO_SPEC) if photo else "",
    )


def _use_counts(uses: list[Use]) -> list[dict[str, Any]]:
    counts = Counter(use.status for use in uses)
    return [
        {"value": counts[status], "label": status.label, "status": status.value}
        for status in (
            *(ReplicationStatus.ADOPTED, ReplicationStatus.ADAPTED),
            *(ReplicationStatus.TRIED, ReplicationStatus.REJECTED),
        )
        if counts[status]
    ]


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


def _related(nearby: list[EntryPage], candidates: list[int], viewer: Viewer) -> list[Related]:
    chosen = []
    for candidate in candidates:
        page = preferred((other for other in nearby if other.entry_id == candidate), viewer)
        if page is not None:
            chosen.append(page)
    return [
        Related(
            title=page.title,
            url=page_url(page),
            language=page.locale.language_code,
            kind_label=page.entry.get_kind_display(),
            community=page.entry.community.name,
        )
        for page in chosen[:RELATED]
    ]


def _crumbs(page: EntryPage) -> list[dict[str, str]]:
    entry = page.entry
    return [
        {"label": entry.community.name, "url": entry.community.get_absolute_url()},
        {"label": entry.get_kind_display(), "url": section_url(entry)},
    ]
