"""Generated entries: the demonstration's own paragraphs, shuffled."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from django.db import transaction

from cms.demonstration import markdown, source
from cms.demonstration.volume import page_rows
from cms.demonstration.volume.numbering import next_number
from core import clock, outbox
from core.fields import uuid7
from knowledge.choices import Difficulty
from knowledge.models import BestPracticePage, CommunityPage, Entry, EntryAuthor, EntryPage, SuccessStoryPage
from knowledge.search_sources import entry_things
from knowledge.services import entries
from people.choices import Access, UnitKind
from people.models import Community, Competence, Unit, User

BATCH: Final = 1000
# Bodies repeat after so many in each language: written once, measured once.
BODIES: Final = 120
KINDS: Final[tuple[type[EntryPage], ...]] = (BestPracticePage, SuccessStoryPage)
TWO_YEARS: Final = 2 * 365 * 24 * 3600


@dataclass(frozen=True)
class Text:
    title: str
    summary: str
    body: str
    reading_minutes: int
    body_digest: str


def generate(
    demonstration: source.Demonstration,
    count: int,
    *,
    communities: list[Community],
    authors: list[User],
    random: Random,
) -> None:
    texts = {language: _texts(demonstration, language, random) for language in source.LANGUAGES}
    parents = {
        (page.community_id, page.locale.language_code): page
        for page in CommunityPage.objects.filter(community__in=communities).select_related("locale")
    }
    enterprises = list(Unit.objects.filter(kind=UnitKind.ENTERPRISE))
    competences = list(Competence.objects.filter(depth=2).values_list("pk", flat=True))
    first = next_number(Entry.objects.filter(slug__startswith="volume-"), "slug")
    for start in range(first, first + count, BATCH):
        numbers = range(start, min(start + BATCH, first + count))
        rows = [_entry(number, random, communities, authors, enterprises) for number in numbers]
        _write(rows, texts, parents, competences, random)


@transaction.atomic
def _write(
    rows: list[Entry],
    texts: dict[str, list[Text]],
    parents: dict[tuple[int, str], CommunityPage],
    competences: list[int],
    random: Random,
) -> None:
    Entry.objects.bulk_create(rows)
    EntryAuthor.objects.bulk_create(EntryAuthor(entry=entry, user_id=entry.owner_id) for entry in rows)
    subjects: Any = Entry.competences.through
    subjects.objects.bulk_create(
        subjects(entry_id=entry.pk, competence_id=random.choice(competences)) for entry in rows
    )
    for model in KINDS:
        children: list[tuple[Any, Any]] = []
        for entry in rows:
            if entry.kind == model.kind:
                (language,) = entry.languages
                parent = parents[entry.community_id, language]
                children.append((parent, _page(model, entry, parent, random.choice(texts[language]))))
        page_rows.insert(children)
    outbox.record(*(thing for entry in rows for thing in entry_things(entry)))


def _entry(
    number: int, random: Random, communities: list[Community], authors: list[User], enterprises: list[Unit]
) -> Entry:
    author = random.choice(authors)
    published_at = clock.now() - dt.timedelta(seconds=random.randrange(TWO_YEARS))
    has_effect = random.random() < 0.6
    return Entry(
        kind=random.choice(KINDS).kind,
        slug=f"volume-{number:07}",
        community=random.choice(communities),
        access=Access.CLOSED if random.random() < 0.05 else Access.OPEN,
        owner=author,
        enterprise=random.choice(enterprises),
        difficulty=random.choice(Difficulty.values),
        effect_amount=random.randrange(5, 900) * 1000 if has_effect else None,
        effect_currency="EUR" if has_effect else "",
        effect_period="year" if has_effect else "",
        review_date=(published_at + dt.timedelta(days=random.randrange(200, 900))).date(),
        published_at=published_at,
        languages=[author.language],
    )


def _page(model: type[EntryPage], entry: Entry, parent: CommunityPage, text: Text) -> EntryPage:
    return model(
        title=f"{text.title} {entry.slug.removeprefix('volume-').lstrip('0')}",
        slug=entry.slug,
        entry=entry,
        summary=text.summary,
        body=text.body,
        reading_minutes=text.reading_minutes,
        body_digest=text.body_digest,
        locale=parent.locale,
        translation_key=uuid7(),
        owner_id=entry.owner_id,
        live=True,
        first_published_at=entry.published_at,
        last_published_at=entry.published_at,
    )


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
        made.append(Text(title, summary, body, page.reading_minutes, page.body_digest))
    return made


def _text_blocks(entry: source.Entry) -> Iterator[markdown.Block]:
    links = markdown.Links(
        entry=lambda slug: None, person=lambda person_id: markdown.PersonLink(name=person_id, url="/people/")
    )
    return (block for block in markdown.blocks(entry.body, links) if block["type"] == "text")
