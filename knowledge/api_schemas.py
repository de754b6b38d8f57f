"""What entries look like to programs."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from django.conf import settings
from ninja import Schema
from pydantic import Field

from knowledge.choices import Difficulty, EffectPeriod, EntryKind
from knowledge.replication_schemas import ReplicationItem
from people.api import CommunityReference, PersonReference, UnitReference
from people.choices import Access

# The checker reads members that are written out alone; these follow the settings.
Language = StrEnum("Language", {code.upper(): code for code, _name in settings.LANGUAGES})  # type: ignore[misc]

# A sign that no text of the database has, and that PostgreSQL refuses to look for.
NO_NUL = r"^[^\x00]*$"

# One row of a list: what the item needs, in one query, without making objects of it.
FIELDS = (
    "pk", "slug", "title", "summary", "url_path", "last_published_at", "reading_minutes", "entry_id",
    "locale__language_code",
    "entry__key", "entry__kind", "entry__access", "entry__difficulty", "entry__published_at", "entry__languages",
    "entry__review_date", "entry__effect_amount", "entry__effect_currency", "entry__effect_period",
    "entry__community__public_id", "entry__community__slug", "entry__community__name_en",
    "entry__enterprise__public_id", "entry__enterprise__slug", "entry__enterprise__name",
)  # fmt: skip


class Effect(Schema):
    amount: str = Field(examples=["48000.00"])
    currency: str = Field(examples=["EUR"])
    period: EffectPeriod | None = Field(examples=["year"])


class EntryItem(Schema):
    id: str = Field(description="Of this translation.", examples=["0198c0de-7a31-7c55-8f00-3b2f5d1c9a10.en"])
    key: str = Field(description="Of all translations.", examples=["0198c0de-7a31-7c55-8f00-3b2f5d1c9a10"])
    kind: EntryKind
    lang: str = Field(examples=["en"])
    slug: str = Field(examples=["laser-alignment-of-pump-sets"])
    title: str = Field(examples=["Laser alignment of pump sets"])
    summary: str = Field(
        examples=["62 sets aligned in seven months; unplanned stops fell from 14 to 5 a quarter."]
    )
    html_url: str = Field(examples=["https://guildhall.example/en/communities/maintenance/laser-alignment/"])
    url: str = Field(
        description="Of the detail.",
        examples=["https://guildhall.example/api/v1/entries/0198c0de-7a31-7c55-8f00-3b2f5d1c9a10/en"],
    )
    access: Access
    community: CommunityReference
    enterprise: UnitReference | None
    competences: list[str] = Field(description="Their slugs.", examples=[["vibration-analysis"]])
    tags: list[str] = Field(examples=[["pumps", "alignment"]])
    difficulty: Difficulty | None
    effect: Effect | None
    languages: list[str] = Field(description="In which the entry is published.", examples=[["en", "ru"]])
    reading_minutes: int = Field(examples=[6])
    published_at: datetime = Field(description="When the entry first went live.")
    updated_at: datetime = Field(description="When this translation was last published.")
    review_date: str | None = Field(
        description="When somebody looks whether it is still true.", examples=["2027-05-01"]
    )


class EntryList(Schema):
    items: list[EntryItem]
    next: str | None = Field(description="Give it as `cursor` for what follows; null at the end.")


class Rendition(Schema):
    url: str
    width: int
    height: int
    format: str = Field(examples=["webp"])


class Cover(Schema):
    id: str
    alt_text: str
    credit: str
    renditions: list[Rendition]


class Block(Schema):
    type: str = Field(examples=["text"])
    id: str
    value: Any = Field(description="By type; rich text is HTML.", examples=["<p>We aligned 62 sets.</p>"])


class Measure(Schema):
    measure: str = Field(examples=["Unplanned stops"])
    unit: str = Field(examples=["a quarter"])
    before: str | None = Field(examples=["14"])
    after: str | None = Field(examples=["5"])


class Attachment(Schema):
    id: str
    title: str = Field(examples=["Alignment record"])
    description: str
    url: str
    size: int | None = Field(description="In bytes.", examples=[18244])
    extension: str = Field(examples=["xlsx"])


class Translation(Schema):
    id: str
    lang: str = Field(examples=["ru"])
    title: str
    html_url: str
    url: str


class NearEntry(Schema):
    id: str
    key: str
    kind: EntryKind
    lang: str = Field(description="Of the translation that the reader reads best.", examples=["en"])
    title: str = Field(examples=["Vibration limits by kind of pump"])
    html_url: str
    url: str


class EntryDetail(EntryItem):
    authors: list[PersonReference]
    owner: PersonReference
    cover: Cover | None
    measures: list[Measure]
    blocks: list[Block] = Field(description="The body as data. What the reader may not see is left out.")
    html: str = Field(description="The same body as HTML.")
    attachments: list[Attachment]
    translations: list[Translation] = Field(description="All, this one included.")
    replications: list[ReplicationItem]
    near: list[NearEntry] = Field(description="Near by content, the nearest first; at most five.")


class EntryFilters(Schema):
    limit: int = Field(20, ge=1, le=100, description="How many at most.")
    cursor: str | None = Field(None, max_length=400, description="`next` of the answer before.")
    kind: list[EntryKind] = Field([], description="Only these kinds; may be given several times.")
    community: str | None = Field(None, max_length=80, pattern=NO_NUL, description="Slug of a community.")
    enterprise: str | None = Field(None, max_length=80, pattern=NO_NUL, description="Slug of an enterprise.")
    competence: str | None = Field(
        None, max_length=80, description="Slug of a competence, with all below it."
    )
    language: Language | None = Field(None, description="Only translations into this language.")
    tag: str | None = Field(
        None,
        max_length=100,
        pattern=NO_NUL,
        description="A tag, by its name or its word in addresses; one that was merged or renamed leads on.",
    )
    difficulty: Difficulty | None = None
    updated_since: datetime | None = Field(
        None, description="Only what was published again since; then the oldest change comes first."
    )
