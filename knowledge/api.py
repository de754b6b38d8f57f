"""Entries for programs. One item is one translation; translations of an entry share its `key`."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.models import Case, F, IntegerField, Value, When
from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from ninja import Query, Router

from core import pagination
from core.json_answers import absolute, answer
from core.problems import Problem
from knowledge import pictures, rendering, rendering_json, replication_api
from knowledge.addresses import root_paths
from knowledge.api_schemas import FIELDS, EntryDetail, EntryFilters, EntryList, Language
from knowledge.cards import reading_order
from knowledge.models import Entry, EntryAttachment, EntryAuthor, EntryPage, EntryTag, Replication
from knowledge.pictures import ARTICLE_SPECS
from knowledge.reading import NEAR
from people.access import Viewer
from people.api_auth import reads
from people.models import Competence, Document
from people.querysets import competence_addressed
from people.requests import Request

router = Router(tags=["entries"])


@router.get("/entries", response=EntryList, auth=reads("content:read"), summary="Entries")
def entries(request: Request, filters: Query[EntryFilters]) -> HttpResponseBase:
    """Best practices, success stories, wiki pages and blog posts that one may see.

    The entry that was made last comes first, its translations together.
    """
    rows = _filtered(_listing(request.viewer), filters)
    # By the key of the entry, which an index holds: a page costs the same however many entries there are.
    order = ("last_published_at", "pk") if filters.updated_since else ("-entry_id", "-pk")
    try:
        found = pagination.keyset(rows, order=order, cursor=filters.cursor, limit=filters.limit)
    except pagination.InvalidCursor as error:
        raise Problem(422, "The cursor was not made by this list.") from error
    return answer(request, {"items": _items(found.items), "next": found.next})


@router.get(
    "/entries/{uuid:key}/{lang}", response=EntryDetail, auth=reads("content:read"), summary="One translation"
)
def entry_in_language(request: Request, key: Any, lang: Language) -> HttpResponseBase:
    """An entry in one language; 404 where it does not exist in it, or not for the reader."""
    return _detail(request, _listing(request.viewer).filter(entry__key=key, locale__language_code=lang))


@router.get("/entries/{uuid:key}", response=EntryDetail, auth=reads("content:read"), summary="One entry")
def entry(request: Request, key: Any) -> HttpResponseBase:
    """An entry in the first of the reader's languages that it exists in, else in any."""
    viewer = request.viewer
    languages = dict.fromkeys([get_language() or "en", *viewer.languages])
    whens = [
        When(locale__language_code=language, then=Value(place)) for place, language in enumerate(languages)
    ]
    place = Case(*whens, default=Value(len(whens)), output_field=IntegerField())
    return _detail(request, _listing(viewer).filter(entry__key=key).order_by(place, "pk"))


def _listing(viewer: Viewer) -> Any:
    """Rows of FIELDS and the community's name that a viewer may see."""
    language = (get_language() or "en").split("-")[0]
    # Whoever has broken glass sees more only until a moment, which a kept question would not notice.
    return (_listed if viewer.glass else _kept_listing)(viewer, language)


def _listed(viewer: Viewer, language: str) -> Any:
    # In the language asked for; the English stand-in is chosen when the item is made.
    name = F(f"entry__community__name_{language}")
    return _visible(viewer).values_list(*FIELDS, name, named=True)


# Building the question costs more than asking it, and it is the same for the same viewer: memberships and the like are
# looked up within it, each time it is asked.
_kept_listing = lru_cache(maxsize=128)(_listed)


def _visible(viewer: Viewer) -> Any:
    return EntryPage.objects.live().visible_to(viewer).exclude(entry__published_at=None)


def _filtered(rows: Any, filters: EntryFilters) -> Any:
    if filters.kind:
        rows = rows.filter(entry__kind__in=filters.kind)
    if filters.community:
        rows = rows.filter(entry__community__slug=filters.community)
    if filters.enterprise:
        rows = rows.filter(entry__enterprise__slug=filters.enterprise)
    if filters.competence:
        path = Competence.objects.filter(competence_addressed(filters.competence)).values("path")[:1]
        below = Entry.competences.through.objects.filter(competence__path__startswith=path)
        rows = rows.filter(entry_id__in=below.values("entry_id"))
    if filters.language:
        rows = rows.filter(locale__language_code=filters.language)
    if filters.tag:
        rows = rows.filter(pk__in=EntryTag.objects.called(filters.tag).values("content_object_id"))
    if filters.difficulty:
        rows = rows.filter(entry__difficulty=filters.difficulty)
    if filters.updated_since:
        rows = rows.filter(last_published_at__gte=filters.updated_since)
    return rows


def _items(rows: list[Any]) -> list[dict[str, Any]]:
    """Items of rows of FIELDS and the community's name; two queries more."""
    competences: dict[int, list[str]] = defaultdict(list)
    through = Entry.competences.through.objects.filter(entry_id__in={row.entry_id for row in rows})
    for entry_id, slug in through.order_by("pk").values_list("entry_id", "competence__slug"):
        competences[entry_id].append(slug)
    tags: dict[int, list[str]] = defaultdict(list)
    tagged = EntryTag.objects.filter(content_object_id__in=[row.pk for row in rows])
    for page_id, name in tagged.order_by("pk").values_list("content_object_id", "tag__name"):
        tags[page_id].append(name)
    roots = root_paths()
    list_url = absolute(reverse("api-1:entries"))
    return [_item(row, competences[row.entry_id], tags[row.pk], roots, list_url) for row in rows]


def _item(
    row: Any, competences: list[str], tags: list[str], roots: dict[str, str], list_url: str
) -> dict[str, Any]:
    language = row.locale__language_code
    enterprise = None
    if row.entry__enterprise__slug:
        enterprise = {
            "id": row.entry__enterprise__public_id,
            "slug": row.entry__enterprise__slug,
            "name": row.entry__enterprise__name,
        }
    effect = None
    if row.entry__effect_amount is not None:
        effect = {
            "amount": row.entry__effect_amount,
            "currency": row.entry__effect_currency,
            "period": row.entry__effect_period or None,
        }
    return {
        "id": f"{row.entry__key}.{language}",
        "key": row.entry__key,
        "kind": row.entry__kind,
        "lang": language,
        "slug": row.slug,
        "title": row.title,
        "summary": row.summary,
        "html_url": absolute(f"/{language}/{row.url_path[len(roots[language]) :]}"),
        "url": f"{list_url}/{row.entry__key}/{language}",
        "access": row.entry__access,
        "community": {
            "id": row.entry__community__public_id,
            "slug": row.entry__community__slug,
            "name": row[-1] or row.entry__community__name_en,
        },
        "enterprise": enterprise,
        "competences": competences,
        "tags": tags,
        "difficulty": row.entry__difficulty or None,
        "effect": effect,
        "languages": row.entry__languages,
        "reading_minutes": row.reading_minutes,
        "published_at": row.entry__published_at,
        "updated_at": row.last_published_at or row.entry__published_at,
        "review_date": row.entry__review_date,
    }


def _detail(request: Request, rows: Any) -> HttpResponseBase:
    viewer: Viewer = request.viewer
    row = rows.first()
    if row is None:
        raise Http404
    page = EntryPage.objects.select_related("locale", "entry__owner", "cover").get(pk=row.pk)
    item = _items([row])[0]
    authors = EntryAuthor.objects.filter(entry=page.entry).select_related("user").order_by("sort_order")
    used = Replication.objects.current().filter(entry=page.entry)
    replications = used.select_related("enterprise", "entry__enterprise")
    return answer(
        request,
        {
            **item,
            "authors": [_person(author.user) for author in authors],
            "owner": _person(page.entry.owner),
            "cover": _cover(page, viewer),
            "measures": [_measure(block.value) for block in page.effects],
            "blocks": rendering_json.body_json(page, viewer),
            "html": str(rendering.body_html(page, viewer)),
            "attachments": _attachments(page, viewer),
            "translations": _translations(page.entry, viewer, item["url"]),
            "replications": [replication_api.item(row) for row in replications.order_by("recorded_at", "pk")],
            "near": _near(page.entry, viewer),
        },
    )


def _cover(page: EntryPage, viewer: Viewer) -> dict[str, Any] | None:
    if page.cover_id is None:
        return None
    picture = pictures.visible({page.cover_id: set(ARTICLE_SPECS)}, viewer).get(page.cover_id)
    if picture is None:
        return None
    return {
        "id": picture.public_id,
        "alt_text": picture.alt_text,
        "credit": picture.credit,
        "renditions": [
            {"url": absolute(size.url), "width": size.width, "height": size.height, "format": size.format}
            for size in picture.sizes.values()
        ],
    }


def _attachments(page: EntryPage, viewer: Viewer) -> list[dict[str, Any]]:
    visible = Document.objects.visible_to(viewer).values("pk")
    rows: Iterable[Any] = (
        EntryAttachment.objects.filter(page=page, document__in=visible)
        .select_related("document")
        .order_by("sort_order")
    )
    return [
        {
            "id": row.document.public_id,
            "title": row.document.title,
            "description": row.description or row.document.description,
            "url": absolute(row.document.url),
            "size": row.document.file_size,
            "extension": row.document.file_extension,
        }
        for row in rows
    ]


def _translations(entry: Entry, viewer: Viewer, url: str) -> list[dict[str, Any]]:
    rows = _visible(viewer).filter(entry=entry).values_list("locale__language_code", "title", "url_path")
    roots = root_paths()
    stem = url.rpartition("/")[0]
    return [
        {
            "id": f"{entry.key}.{language}",
            "lang": language,
            "title": title,
            "html_url": absolute(f"/{language}/{path[len(roots[language]) :]}"),
            "url": f"{stem}/{language}",
        }
        for language, title, path in rows.order_by("locale__language_code")
    ]


def _near(entry: Entry, viewer: Viewer) -> list[dict[str, Any]]:
    """What is near to the entry, each in the language that the reader reads best."""
    order = {language: place for place, language in enumerate(reading_order(viewer))}
    fields = ("entry_id", "entry__key", "entry__kind", "locale__language_code", "title", "url_path")
    rows = _visible(viewer).filter(entry__in=entry.near).order_by("pk").values_list(*fields)
    best: dict[int, Any] = {}
    for row in sorted(rows, key=lambda row: order.get(row[3], len(order))):
        best.setdefault(row[0], row)
    roots = root_paths()
    return [
        {
            "id": f"{key}.{language}",
            "key": key,
            "kind": kind,
            "lang": language,
            "title": title,
            "html_url": absolute(f"/{language}/{path[len(roots[language]) :]}"),
            "url": absolute(reverse("api-1:entry_in_language", args=[key, language])),
        }
        for _pk, key, kind, language, title, path in [best[pk] for pk in entry.near if pk in best][:NEAR]
    ]


def _measure(value: Any) -> dict[str, Any]:
    return {
        "measure": value["measure"],
        "unit": value["unit"] or "",
        "before": None if value["before"] is None else str(value["before"]),
        "after": None if value["after"] is None else str(value["after"]),
    }


def _person(user: Any) -> dict[str, Any]:
    return {"id": user.public_id, "name": user.name}
