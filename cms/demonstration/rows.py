"""What the demonstration's files say, as frozen rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Calendar:
    """When a time zone's people work. `holidays` are by day: `MM-DD` every year, `YYYY-MM-DD` once."""

    zone: str
    name: str
    weekdays: tuple[int, ...]
    starts: dt.time
    ends: dt.time
    holidays: Mapping[str, str]

    def holidays_of(self, year: int) -> Iterator[tuple[dt.date, str]]:
        for day, name in self.holidays.items():
            if len(day) == len("MM-DD"):
                yield dt.date.fromisoformat(f"{year}-{day}"), name
            elif day.startswith(f"{year}-"):
                yield dt.date.fromisoformat(day), name


@dataclass(frozen=True, slots=True)
class Site:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Enterprise:
    id: str
    name: str
    short: str
    kind: str
    language: str
    time_zone: str
    departments: tuple[str, ...]
    sites: tuple[Site, ...]
    about: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    name: str
    email: str
    language: str
    enterprise: str
    department: str
    role: str
    job: str
    time_zone: str
    languages: tuple[str, ...]
    skills: tuple[str, ...]
    competences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Competence:
    id: str
    names: Mapping[str, str]
    community: str | None = None
    children: tuple[Competence, ...] = ()

    def walk(self) -> Iterator[Competence]:
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Community:
    id: str
    access: str
    names: Mapping[str, str]
    cover: str
    accent: str
    descriptions: Mapping[str, str]
    rules: Mapping[str, tuple[str, ...]]
    leads: tuple[str, ...]
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    measure: str
    unit: str
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class EconomicEffect:
    amount: Decimal
    currency: str
    period: str


@dataclass(frozen=True, slots=True)
class Replication:
    enterprise: str
    status: str
    note: str


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry in one language; the languages of an entry share the slug."""

    slug: str
    language: str
    translation_of: str | None
    kind: str
    community: str
    competences: tuple[str, ...]
    enterprise: str
    authors: tuple[str, ...]
    title: str
    summary: str
    difficulty: str
    tags: tuple[str, ...]
    effects: tuple[Effect, ...]
    economic_effect: EconomicEffect | None
    replications: tuple[Replication, ...]
    access: str
    review_date: dt.date | None
    published_date: dt.date
    attachments: tuple[Attachment, ...]
    body: str
    place: str

    @property
    def is_original(self) -> bool:
        return self.translation_of is None


@dataclass(frozen=True, slots=True)
class PollOption:
    text: str
    votes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Poll:
    is_multiple: bool
    closes_at: dt.datetime
    options: tuple[PollOption, ...]


@dataclass(frozen=True, slots=True)
class Message:
    id: str
    author: str
    at: dt.datetime
    reply_to: str | None
    text: str
    reactions: Mapping[str, tuple[str, ...]]
    file: Attachment | None
    poll: Poll | None


@dataclass(frozen=True, slots=True)
class Topic:
    id: str
    community: str
    language: str
    title: str
    description: str
    competences: tuple[str, ...]
    author: str
    created_at: dt.datetime
    outcome: str | None
    pinned: tuple[str, ...]
    messages: tuple[Message, ...]


@dataclass(frozen=True)
class Demonstration:
    calendars: tuple[Calendar, ...]
    enterprises: tuple[Enterprise, ...]
    people: tuple[Person, ...]
    demo_accounts: Mapping[str, str]
    communities: tuple[Community, ...]
    competences: tuple[Competence, ...]
    entries: tuple[Entry, ...]
    topics: tuple[Topic, ...] = ()

    @cached_property
    def people_by_id(self) -> dict[str, Person]:
        return {person.id: person for person in self.people}

    @cached_property
    def communities_by_id(self) -> dict[str, Community]:
        return {community.id: community for community in self.communities}

    @cached_property
    def translations(self) -> dict[str, tuple[Entry, ...]]:
        """Entries by slug, the original first."""
        groups: dict[str, list[Entry]] = {}
        for entry in self.entries:
            groups.setdefault(entry.slug, []).append(entry)
        return {
            slug: tuple(sorted(group, key=lambda entry: (not entry.is_original, entry.language)))
            for slug, group in groups.items()
        }

    @cached_property
    def newest_date(self) -> dt.date:
        return max(entry.published_date for entry in self.entries)

    def weeks_until(self, day: dt.date) -> int:
        """How many whole weeks the content is moved so that its newest entry ends up in the week before `day`.

        Whole weeks, because a shift report of a Monday should stay one of a Monday.
        """
        return (day - self.newest_date).days // 7
