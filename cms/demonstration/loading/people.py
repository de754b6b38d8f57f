"""The company's people and what they can do. Only the demonstration's accounts can sign in."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db import transaction

from cms.demonstration import source
from cms.demonstration.loading.organisation import Organisation
from cms.demonstration.loading.shift import Shift
from people import roles
from people.models import Competence, User
from people.services import people
from people.services import roles as role_services

PASSWORD: Final = "guildhall-demo"  # noqa: S105 - printed at the start; the command refuses to load elsewhere
MAIL_DOMAIN: Final = "aurora.example"
JOINED: Final = dt.date(2025, 3, 3)


@transaction.atomic
def load_competences(demonstration: source.Demonstration) -> dict[str, Competence]:
    known = {competence.slug: competence for competence in Competence.objects.all()}
    for top in demonstration.competences:
        parent = known.get(top.id) or Competence.add_root(slug=top.id, **_names(top))
        known[top.id] = parent
        for child in top.children:
            if child.id not in known:
                parent.refresh_from_db()
                known[child.id] = parent.add_child(slug=child.id, **_names(child))
    return known


def load(
    demonstration: source.Demonstration,
    *,
    organisation: Organisation,
    competences: dict[str, Competence],
    shift: Shift,
) -> dict[str, User]:
    """The people by their id in the content."""
    addresses = {person: f"{role}@{MAIL_DOMAIN}" for role, person in demonstration.demo_accounts.items()}
    emails = {person.id: addresses.get(person.id, person.email) for person in demonstration.people}
    known = {user.email: user for user in User.objects.filter(email__in=emails.values())}
    loaded: dict[str, User] = {}
    for person in demonstration.people:
        email = emails[person.id]
        loaded[person.id] = known.get(email) or _register(
            person,
            email=email,
            password=PASSWORD if person.id in addresses else None,
            organisation=organisation,
            competences=competences,
            shift=shift,
        )
    return loaded


@transaction.atomic
def _register(
    person: source.Person,
    *,
    email: str,
    password: str | None,
    organisation: Organisation,
    competences: dict[str, Competence],
    shift: Shift,
) -> User:
    joined_at = shift.moment(JOINED, zone=person.time_zone, hour=9)
    user = people.register(
        email=email,
        name=person.name,
        by=None,
        job=person.job,
        enterprise=organisation.enterprises[person.enterprise],
        department=organisation.departments[person.enterprise, person.department],
        language=person.language,
        reading_languages=list(person.languages),
        time_zone=person.time_zone,
        other_skills=[skill for skill in person.skills if skill not in competences],
        # They have been here for long: the welcome page is for newcomers.
        welcomed_at=joined_at,
    )
    if person.role != roles.Role.EMPLOYEE:
        role_services.give(user=user, role=person.role, by=None)
    user.skills.set([competences[skill] for skill in person.skills if skill in competences])
    user.competences.set([competences[competence] for competence in person.competences])
    if password:
        user.set_password(password)
        user.save(update_fields=["password"])
    User.objects.filter(pk=user.pk).update(joined_at=joined_at)
    return user


def _names(competence: source.Competence) -> dict[str, str]:
    return {f"name_{language}": name for language, name in competence.names.items()}
