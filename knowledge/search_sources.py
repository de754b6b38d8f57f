"""What of knowledge/ can be found, and what a change of it means to the outbox."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.declarations import FoundFile, Hit, SearchSource, search_sources
from core.models.names import name_fields, name_of
from core.outbox import Thing
from knowledge import addresses, found_by, search_facets
from knowledge.choices import EntryKind
from knowledge.models import Entry, EntryAttachment, EntryAuthor, EntryPage, EntryShare, EntryTag
from people import access
from people.choices import Access
from people.models import Document
from search.documents import texts

# What a page of results looks into for pieces to show.
MOST_FILES = 20
CHARACTERS_OF_A_FILE = 50_000


def entry_things(entry: Entry) -> list[Thing]:
    return [Thing("entry", str(entry.key), entry.audience)]


def entry_things_of(entries: QuerySet[Entry]) -> list[Thing]:
    """The same of many, in three queries however many they are."""
    named = {"entry__in": entries.filter(access=Access.CLASSIFIED)}
    users: dict[int, set[int]] = defaultdict(set)
    units: dict[int, set[int]] = defaultdict(set)
    for entry, user in EntryAuthor.objects.filter(**named).values_list("entry_id", "user_id"):
        users[entry].add(user)
    for entry, user, unit in EntryShare.objects.filter(**named).values_list("entry_id", "user_id", "unit_id"):
        users[entry].update({user} - {None})
        units[entry].update({unit} - {None})
    fields = "key", "access", "owner", "published_at", "community__access", "community__state"
    return [
        Thing(
            "entry",
            str(entry.key),
            access.item_audience(
                entry.community,
                entry.access,
                users=sorted(users[entry.pk] | {entry.owner_id}),
                units=sorted(units[entry.pk]),
            )
            if entry.published_at
            else [],
        )
        for entry in entries.select_related("community").only(*fields)
    ]


HIT_FIELDS = (
    *("entry__kind", "entry__key", "locale__language_code", "slug", "title", "url_path", "summary"),
    *name_fields("entry__community__"),
)


def entry_hits(rows: Sequence[Sequence[Any]]) -> list[Hit]:
    """Of the values of `HIT_FIELDS`."""
    roots = addresses.root_paths()
    return [
        Hit(
            kind=kind,
            label=EntryKind(kind).label,
            key=str(key),
            id=f"{key}.{language}",
            slug=slug,
            title=title,
            url=addresses.url_below(roots, language, path) or reverse("entry", args=[key]),
            summary=summary,
            language=language,
            context=name_of(community),
        )
        for kind, key, language, slug, title, path, summary, *community in rows
    ]


def entry_audiences(pages: list[EntryPage]) -> list[list[str]]:
    """Of each page as its entry's, and nobody's while it is a draft."""
    entries = Entry.objects.filter(pk__in={page.entry_id for page in pages})
    audiences = {thing.key: thing.audience for thing in entry_things_of(entries)}
    keys = dict(entries.values_list("pk", "key"))
    return [audiences[str(keys[page.entry_id])] if page.live else [] for page in pages]


def entry_files(ids: list[str], viewer: access.Viewer) -> dict[str, list[FoundFile]]:
    """By the ids of hits; one query where there are none, else three."""
    keys = [each.rpartition(".")[0] for each in ids]
    attached = EntryAttachment.objects.filter(page__entry__key__in=keys)
    pairs = attached.order_by("page", "sort_order", "pk").values_list(
        "document_id", "page__entry__key", "page__locale__language_code"
    )
    hits = [(document, f"{key}.{language}") for document, key, language in pairs]
    hits = [each for each in hits if each[1] in ids]
    if not hits:
        return {}
    documents = Document.objects.visible_to(viewer).in_bulk([document for document, _hit in hits])
    # Cut after it was asked which may be opened: others must not take their places.
    hits = [each for each in hits if each[0] in documents][:MOST_FILES]
    documents = {pk: documents[pk] for pk, _hit in hits}
    known = texts.beginnings(dict.fromkeys(documents, CHARACTERS_OF_A_FILE))
    found: dict[str, list[FoundFile]] = {}
    for pk, hit in hits:
        document = documents[pk]
        found.setdefault(hit, []).append(FoundFile(document.title, document.url, known.get(pk, "")))
    return found


def prepare(pages: list[EntryPage]) -> None:
    """Whatever else they are found by; `prefetch_related` does not reach the manager that pages keep their tags in."""
    found_by.bring(pages)
    tagged: dict[int, list[EntryTag]] = {page.pk: [] for page in pages}
    for row in EntryTag.objects.filter(content_object__in=tagged).select_related("tag").order_by("pk"):
        tagged[row.content_object_id].append(row)
    for page in pages:
        page._cluster_related_objects = {"tagged_items": tagged[page.pk]}


search_facets.register()
search_sources.register(
    "entry",
    SearchSource(
        kind="entry",
        label=_("Entries"),
        icon="books",
        model=EntryPage,
        visible=lambda viewer: EntryPage.objects.live().visible_to(viewer),
        # Drafts too: the admin finds them, and what is not live is visible to no reader.
        indexable=EntryPage.objects.all,
        rows_of=lambda keys: EntryPage.objects.filter(entry__key__in=keys),
        key="entry__key",
        hit_fields=HIT_FIELDS,
        hits=entry_hits,
        order=10,
        group="entry_id",
        language="locale__language_code",
        parts={kind: Q(entry__kind=kind) for kind in EntryKind.values},
        part_labels=dict(EntryKind.choices),
        prepare=prepare,
        audiences=entry_audiences,
        facets={
            "author": "entry__authors__user__public_id",
            "community": "entry__community__slug",
            "enterprise": "entry__enterprise__slug",
            "competence": "entry__competences__slug",
            "language": "locale__language_code",
            "year": "entry__published_at__year",
        },
        newest="entry__published_at",
        popularity="entry__popularity",
        files=entry_files,
    ),
)
