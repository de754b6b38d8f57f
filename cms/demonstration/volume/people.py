"""Generated people: in the directory, in a place of the organisation, and unable to sign in."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any, Final, NamedTuple

from django.contrib.auth.hashers import make_password
from django.db import transaction

from cms.demonstration.volume.numbering import next_number
from core import bulk_rows, outbox
from people import roles
from people.choices import UnitKind
from people.models import Competence, Unit, User
from people.roles import Role
from people.search_sources import person_things

BATCH: Final = 1000
SKILLS_A_PERSON: Final = 2
MAIL_DOMAIN: Final = "volume.aurora.example"
NAMES: Final = {
    "en": (("Ann", "Ben", "Chloe", "Dan", "Eve", "Frank"), ("Archer", "Baker", "Carter", "Dyer", "Fletcher")),
    "ru": (("Анна", "Борис", "Вера", "Глеб", "Дарья"), ("Кузнец", "Мельник", "Гончар", "Рыбак", "Столяр")),
    "uk": (("Олена", "Остап", "Марта", "Юрій", "Софія"), ("Коваль", "Бондар", "Кравець", "Ткач", "Швець")),
    "bg": (("Елица", "Петър", "Ралица", "Стоян", "Яна"), ("Ковачев", "Грънчаров", "Колев", "Дърводелски")),
    "he": (("נועה", "אורי", "תמר", "איתן", "מאיה"), ("נפח", "כהן", "חייט", "נגר", "דייג")),
}


@dataclass(frozen=True)
class _Places:
    """Where generated people work, what they can do, and the group that they are in."""

    departments: list[tuple[Unit, Unit]]
    competences: list[int]
    employees: int


class Person(NamedTuple):
    """What others need to know of a generated person: sixty thousand whole ones would fill the memory."""

    pk: int
    language: str


def generate(count: int, *, random: Random) -> list[Person]:
    first = next_number(User.objects.filter(email__endswith=f"@{MAIL_DOMAIN}"), "email")
    places = _Places(
        departments=[(row, row.get_parent()) for row in Unit.objects.filter(kind=UnitKind.DEPARTMENT)],
        competences=list(Competence.objects.filter(depth=2).values_list("pk", flat=True)),
        employees=roles.group(Role.EMPLOYEE).pk,
    )
    people: list[Person] = []
    for start in range(first, first + count, BATCH):
        people += _write(range(start, min(start + BATCH, first + count)), places, random)
    return people


@transaction.atomic
def _write(numbers: range, places: _Places, random: Random) -> list[Person]:
    users = [_person(number, random, places.departments) for number in numbers]
    bulk_rows.insert(users)
    groups: Any = User.groups.through
    bulk_rows.append(groups(user_id=user.pk, group_id=places.employees) for user in users)
    skills: Any = User.skills.through
    wanted = min(SKILLS_A_PERSON, len(places.competences))
    bulk_rows.append(
        skills(user_id=user.pk, competence_id=competence)
        for user in users
        for competence in random.sample(places.competences, wanted)
    )
    outbox.record_new(thing for user in users for thing in person_things(user))
    return [Person(user.pk, user.language) for user in users]


def _person(number: int, random: Random, departments: list[tuple[Unit, Unit]]) -> User:
    department, enterprise = random.choice(departments)
    language = enterprise.language if enterprise.language in NAMES else "en"
    given, family = NAMES[language]
    return User(
        email=f"person-{number:07}@{MAIL_DOMAIN}",
        name=f"{random.choice(given)} {random.choice(family)} {number}",
        job=department.name,
        enterprise=enterprise,
        department=department,
        language=language,
        reading_languages=[language],
        time_zone=enterprise.time_zone,
        password=make_password(None),
    )
