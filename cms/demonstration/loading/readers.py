"""What readers say of the entries: whether they helped, what is missing, what should be corrected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from zlib import crc32

from cms.demonstration.loading.entries import Company
from knowledge.models import Correction, Entry, UsefulnessAnswer
from knowledge.services import corrections, usefulness
from people import access
from people.models import User

# So many of those who may read an entry are asked whether it helped.
ASKED: Final = 4


@dataclass(frozen=True)
class Said:
    """By one of the people whom visitors of the demonstration can be, about the entry of another of them."""

    entry: str
    role: str
    words: str
    quoted: str = ""


MISSING: Final = (
    Said(
        "casing-line-changeover-38-minutes",
        "employee",
        "Which drawings are the base plates made from? Our machine is one size larger.",
    ),
    Said(
        "laser-alignment-of-pump-sets",
        "curator",
        "A word on vertical pumps: the table begins with horizontal ones.",
    ),
)
CORRECTIONS: Final = (
    Said(
        "casing-line-changeover-38-minutes",
        "expert",
        "22 × 104 minutes × 46 weeks is 1,754 spindle hours; please say that set-up waste is not counted either.",
        "22 changeovers a week × 104 minutes × 46 weeks ≈ 1,750 spindle hours at 95 euros",
    ),
    Said(
        "laser-alignment-of-pump-sets",
        "employee",
        "On our sets 60° is not enough when the bearings have clearance: better 90°, as the maker of the laser says.",
        "Measure over at least 60° of rotation, three times.",
    ),
    Said(
        "group-lockout-with-one-box",
        "lead",
        "At our site contractors' locks are green. Please write “a colour of its own” instead of yellow.",
        "now operators' locks are red, electricians' blue and contractors' yellow",
    ),
)


def load(company: Company) -> None:
    """Once: where somebody has said something already, nothing is added."""
    slugs = company.demonstration.translations
    if UsefulnessAnswer.objects.filter(entry__slug__in=slugs).exists() or Correction.objects.exists():
        return
    found = {entry.slug: entry for entry in Entry.objects.published().filter(slug__in=slugs)}
    accounts = {role: company.people[key] for role, key in company.demonstration.demo_accounts.items()}
    readers = sorted(company.people.values(), key=lambda person: person.email)
    for entry in found.values():
        _judge(entry, readers)
    for said in MISSING:
        if said.entry in found:
            usefulness.answer(
                entry=found[said.entry], user=accounts[said.role], is_useful=False, missing=said.words
            )
    for said in CORRECTIONS:
        if said.entry in found:
            corrections.suggest(
                entry=found[said.entry],
                language="en",
                by=accounts[said.role],
                quoted=said.quoted,
                proposed=said.words,
            )


def _judge(entry: Entry, readers: list[User]) -> None:
    """Some of those who may read it, always the same ones; most of them were helped."""
    start = crc32(entry.slug.encode())
    step = 7
    for number in range(ASKED):
        reader = readers[(start + number * step) % len(readers)]
        if reader.pk != entry.owner_id and access.viewer_of(reader).meets(entry.audience):
            usefulness.answer(entry=entry, user=reader, is_useful=(start + number) % 5 != 0)
