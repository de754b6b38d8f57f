"""Generated entries: the demonstration's own paragraphs, shuffled."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from django.db import transaction

from cms.demonstration import markdown, source
from cms.demonstration.volume import page_rows, references
from cms.demonstration.volume.numbering import next_number
from cms.demonstration.volume.page_rows import NewPage
from cms.demonstration.volume.people import Person
from cms.demonstration.volume.references import Reference
from core import bulk_rows, clock, outbox
from core.fields import uuid7
from knowledge.choices import Difficulty
from knowledge.models import BestPracticePage, CommunityPage, Entry, EntryAuthor, EntryPage, SuccessStoryPage
from knowledge.search_sources import entry_things
from knowledge.services import entries
from people.choices import Access, UnitKind
from people.models import Community, Competence, Unit

BATCH: Final = 1000
# Bodies repeat after so many in each language: written once, measured once.
BODIES: Final = 120
KINDS: Final[tuple[type[EntryPage], ...]] = (BestPracticePage, SuccessStoryPage)
TWO_YEARS: Final = 2 * 365 * 24 * 3600


@dataclass(frozen=True)
class Text:
    """What pages of one language say, measured and ready to be stored."""

    title: str
    summary: str
    body: str
    reading_minutes: int
    body_digest: str
    references: tuple[Reference, ...]


Library = Mapping[str, list[Text]]


@dataclass(frozen=True)
class _Surroundings:
    """What generated entries stand among."""

    library: Library
    parents: Mapping[tuple[int, str], int]
    communities: list[Community]
    authors: Sequence[Person]
    enterprises: list[Unit]
    competences: list[int]


def library(demonstration: source.Demonstration, *, random: Random) -> Library:
    """The texts by language. Making one takes as long as storing some twenty pages with it."""
    return {language: _texts(demonstration, language, random) for language in source.LANGUAGES}


def generate(
    count: int,
    *,
    texts: Library,
    communities: list[Community],
    authors: Sequence[Person],
    random: Random,
) -> None:
    pages = CommunityPage.objects.filter(community__in=communities).order_by()
    rows = pages.values_list("community_id", "locale__language_code", "pk")
    around = _Surroundings(
        library=texts,
        parents={(community, language): pk for community, language, pk in rows},
        communities=communities,
        authors=authors,
        enterprises=list(Unit.objects.filter(kind=UnitKind.ENTERPRISE)),
        competences=list(Competence.objects.filter(depth=2).values_list("pk", flat=True)),
    )
    first = next_number(Entry.objects.filter(slug__startswith="volume-"), "slug")
    for start in range(first, first + count, BATCH):
        _write(range(start, min(start + BATCH, first + count)), around, random)


@transaction.atomic
def _write(numbers: range, around: _Surroundings, random: Random) -> None:
    rows = [_entry(number, random, around) for number in numbers]
    bulk_rows.insert(rows)
    bulk_rows.append(EntryAuthor(entry=entry, user_id=entry.owner_id) for entry in rows)
    subjects: Any = Entry.competences.through
    bulk_rows.append(
        subjects(entry_id=entry.pk, competence_id=random.choice(around.competences)) for entry in rows
    )
    for model in KINDS:
        page_rows.insert([_page(model, entry, around, random) for entry in rows if entry.kind == model.kind])
    outbox.record_new(thing for entry in rows for thing in entry_things(entry))


def _entry(number: int, random: Random, around: _Surroundings) -> Entry:
    author = random.choice(around.authors)
    published_at = clock.now() - dt.timedelta(seconds=random.randrange(TWO_YEARS))
    has_effect = random.random() < 0.6
    return Entry(
        kind=random.choice(KINDS).kind,
        slug=f"volume-{number:07}",
        community=random.choice(around.communities),
        access=Access.CLOSED if random.random() < 0.05 else Access.OPEN,
        owner_id=author.pk,
        enterprise=random.choice(around.enterprises),
        difficulty=random.choice(Difficulty.values),
        effect_amount=random.randrange(5, 900) * 1000 if has_effect else None,
        effect_currency="EUR" if has_effect else "",
        effect_period="year" if has_effect else "",
        review_date=(published_at + dt.timedelta(days=random.randrange(200, 900))).date(),
        published_at=published_at,
        languages=[author.language],
    )


def _page(model: type[EntryPage], entry: Entry, around: _Surroundings, random: Random) -> NewPage:
    (language,) = entry.languages
    text = random.choice(around.library[language])
    page = model(
        title=f"{text.title} {entry.slug.removeprefix('volume-').lstrip('0')}",
        slug=entry.slug,
        entry=entry,
        summary=text.summary,
        reading_minutes=text.reading_minutes,
        body_digest=text.body_digest,
        translation_key=uuid7(),
        owner_id=entry.owner_id,
        live=True,
        first_published_at=entry.published_at,
        last_published_at=entry.published_at,
    )
    parent = around.parents[entry.community_id, language]
    return NewPage(parent, page, streams={"body": text.body}, references=text.references)


def _texts(demonstration: source.Demonstration, language: str, random: Random) -> list[Text]:
    own = [entry for entry in demonstration.entries if entry.language == language]
    paragraphs = [block["value"] for entry in own for block in _text_blocks(entry)]
    made = []
    for _ in range(BODIES):
        sample = random.sample(paragraphs, min(6, len(paragraphs)))
        title, summary = random.choice(own).title, random.choice(own).summary
        body = json.dumps([{"type": "text", "value": value, "id": str(uuid7())} for value in sample])
        page = BestPracticePage(title=title, summary=summary, body=body)
        entries.measure(page)
        inner = references.within(page)
        made.append(Text(title, summary, body, page.reading_minutes, page.body_digest, inner))
    return made


def _text_blocks(entry: source.Entry) -> Iterator[markdown.Block]:
    links = markdown.Links(
        entry=lambda slug: None, person=lambda person_id: markdown.PersonLink(name=person_id, url="/people/")
    )
    return (block for block in markdown.blocks(entry.body, links) if block["type"] == "text")
