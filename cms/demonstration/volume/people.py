"""Generated people: in the directory, in a place of the organisation, and unable to sign in."""

from __future__ import annotations

from random import Random
from typing import Any, Final

from django.contrib.auth.hashers import make_password
from django.db import transaction

from cms.demonstration.volume.numbering import next_number
from core import outbox
from people import roles
from people.choices import UnitKind
from people.models import Competence, Unit, User
from people.roles import Role
from people.search_sources import person_things

BATCH: Final = 1000
MAIL_DOMAIN: Final = "volume.aurora.example"
NAMES: Final = {
    "en": (("Ann", "Ben", "Chloe", "Dan", "Eve", "Frank"), ("Archer", "Baker", "Carter", "Dyer", "Fletcher")),
    "ru": (("Анна", "Борис", "Вера", "Глеб", "Дарья"), ("Кузнец", "Мельник", "Гончар", "Рыбак", "Столяр")),
    "uk": (("Олена", "Остап", "Марта", "Юрій", "Софія"), ("Коваль", "Бондар", "Кравець", "Ткач", "Швець")),
    "bg": (("Елица", "Петър", "Ралица", "Стоян", "Яна"), ("Ковачев", "Грънчаров", "Колев", "Дърводелски")),
    "he": (("נועה", "אורי", "תמר", "איתן", "מאיה"), ("נפח", "כהן", "חייט", "נגר", "דייג")),
}


@transaction.atomic
def generate(count: int, *, random: Random) -> list[User]:
    generated = User.objects.filter(email__endswith=f"@{MAIL_DOMAIN}")
    first = next_number(generated, "email")
    departments = [
        (department, department.get_parent()) for department in Unit.objects.filter(kind=UnitKind.DEPARTMENT)
    ]
    users = [_person(number, random, departments) for number in range(first, first + count)]
    User.objects.bulk_create(users, batch_size=BATCH)
    employees = roles.group(Role.EMPLOYEE)
    places: Any = User.groups.through
    places.objects.bulk_create(
        (places(user_id=user.pk, group_id=employees.pk) for user in users), batch_size=BATCH
    )
    _give_skills(users, random)
    for start in range(0, count, BATCH):
        outbox.record(*(thing for user in users[start : start + BATCH] for thing in person_things(user)))
    return users


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


def _give_skills(users: list[User], random: Random) -> None:
    competences = list(Competence.objects.filter(depth=2).values_list("pk", flat=True))
    skills: Any = User.skills.through
    skills.objects.bulk_create(
        (
            skills(user_id=user.pk, competence_id=competence)
            for user in users
            for competence in random.sample(competences, min(2, len(competences)))
        ),
        batch_size=BATCH,
    )
