"""The rows around an entry's page, of all kinds in one statement.

Each kind is a handful of rows: one question after the other would take longer on the way than in the database.
"""

from typing import Any, NamedTuple

from django.db.models import CharField, F, Field, IntegerField, Q, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.translation import get_language

from knowledge import rendering
from knowledge.models import (
    CommunityPage,
    Entry,
    EntryAttachment,
    EntryAuthor,
    EntryPage,
    EntryTag,
    Replication,
)
from knowledge.querysets import EntryPageQuerySet
from people.access import Viewer
from people.choices import Access
from people.models import Document, Image, User


class Row(NamedTuple):
    """A thing that the page shows or names; what things of its kind do not have is None.

    `kind` and `key` are what the outbox knows it by, but for the hyphens of a key. `community`, `community_key` and
    `access` say where it stands and how open it is there, `around` how open its community is, `unit` and `path` which
    unit and folder it is in. The others are what the page shows of a tag, competence, author or attachment: `place`
    among its kind, `number` of its photo or file, and texts. What is only named has no place.
    """

    kind: str
    key: str | None
    community: int | None
    community_key: str | None
    access: str | None
    around: str | None
    unit: int | None
    path: str | None
    place: int | None
    number: int | None
    name: str | None
    word: str | None
    note: str | None
    line: str | None


NUMBERS = frozenset({"community", "unit", "place", "number"})


def shown(page: EntryPage) -> list[Row]:
    """Tags, competences, authors and attachments, and the enterprises that use the entry."""
    return _asked(_shown(page))


def shown_and_named(page: EntryPage) -> list[Row]:
    """These and everything else that the page shows or names, whoever may see it."""
    wanted = rendering.Wanted().add(rendering.article(page).parts)
    authors = EntryAuthor.objects.filter(entry=page.entry_id)
    people = User.objects.filter(pk__in={*wanted.people, page.entry.owner_id} - {None})
    images = Image.objects.filter(pk__in={*wanted.images, page.cover_id} - {None})
    documents = Document.objects.filter(pk__in=wanted.documents)
    communities = CommunityPage.objects.filter(pk__in=wanted.communities)
    return _asked(
        [
            *_shown(page),
            _rows("person", people, key="public_id", unit="enterprise_id"),
            _rows("image", people, key="photo__public_id", path="photo__collection__path"),
            _rows("image", authors, key="user__photo__public_id", path="user__photo__collection__path"),
            _rows("image", images, key="public_id", path="collection__path"),
            _rows("document", documents, key="public_id", path="collection__path"),
            _rows(
                *("community", communities),
                key="community__public_id",
                community="community_id",
                community_key="community__public_id",
                around="community__access",
            ),
            _rows(
                *("entry", nearby(page, wanted.pages)),
                key="entry__key",
                community="entry__community_id",
                community_key="entry__community__public_id",
                access="entry__access",
                around="entry__community__access",
            ),
        ]
    )


def nearby(page: EntryPage, linked: set[int]) -> EntryPageQuerySet:
    """Translations, pages linked in the body, and pages of near entries, whoever may see them and live or not."""
    return EntryPage.objects.filter(Q(entry=page.entry_id) | Q(entry__in=page.entry.near) | Q(pk__in=linked))


def names_classified(page: EntryPage, viewer: Viewer) -> bool:
    """Whether the viewer sees something classified named on the page."""
    wanted = rendering.Wanted().add(rendering.article(page).parts)
    seen = nearby(page, wanted.pages).live().visible_to(viewer)
    secret = Q(entry__access=Access.CLASSIFIED) | Q(entry__community__access=Access.CLASSIFIED)
    named = CommunityPage.objects.filter(
        pk__in=wanted.communities, community__access=Access.CLASSIFIED, community__in=viewer.memberships
    )
    return seen.filter(secret).exists() or named.exists()


def _shown(page: EntryPage) -> list[Any]:
    tags = EntryTag.objects.filter(content_object=page.pk)
    competences = Entry.competences.through.objects.filter(entry=page.entry_id)
    uses = Replication.objects.filter(entry=page.entry_id)
    authors = EntryAuthor.objects.filter(entry=page.entry_id)
    attachments = EntryAttachment.objects.filter(page=page.pk)
    translated = NullIf(f"competence__name_{get_language() or 'en'}", Value(""))
    return [
        _rows("tag", tags, key="tag_id", place=Value(0), name="tag__name", word="tag__slug"),
        _rows(
            *("competence", competences),
            key="competence_id",
            place=Value(0),
            name=Coalesce(translated, "competence__name_en"),
            word="competence__slug",
        ),
        # Only named here: what the page says of them is in `knowledge.uses`.
        _rows("unit", uses, key="enterprise_id"),
        _rows(
            *("person", authors),
            key="user__public_id",
            unit="user__enterprise_id",
            place=Coalesce("sort_order", 0),
            number="user__photo_id",
            name="user__name",
            note="user__job",
            line="user__enterprise__name",
        ),
        _rows(
            *("document", attachments),
            key="document__public_id",
            path="document__collection__path",
            place=Coalesce("sort_order", 0),
            number="document_id",
            note="description",
        ),
    ]


def _rows(kind: str, rows: Any, **columns: Any) -> Any:
    """Rows of one kind in the shape that all share."""
    given: dict[str, Any] = {"row_kind": Value(kind, CharField())}
    for name in Row._fields[1:]:
        column = columns.get(name, Value(None))
        field: Field[Any, Any] = IntegerField() if name in NUMBERS else CharField()
        given[f"row_{name}"] = Cast(F(column) if isinstance(column, str) else column, field)
    return rows.order_by().annotate(**given).values_list(*given)


def _asked(kinds: list[Any]) -> list[Row]:
    first, *others = kinds
    return [Row(*row) for row in first.union(*others, all=True)]
