"""What of people/ is followed and talked about: people, communities and competences."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.subjects import Card, Subject, subjects
from people import access
from people.access import Viewer
from people.models import Community, Competence, User


def _community_cards(rows: list[Community], languages: tuple[str, ...]) -> list[Card]:
    return [Card(title=row.name, url=row.get_absolute_url()) for row in rows]


def _person_cards(rows: list[User], languages: tuple[str, ...]) -> list[Card]:
    return [Card(title=row.name, url=row.get_absolute_url(), context=row.job) for row in rows]


def _competence_cards(rows: list[Competence], languages: tuple[str, ...]) -> list[Card]:
    return [Card(title=row.name, url=f"{reverse('people')}?competence={row.slug}") for row in rows]


def _competences(viewer: Viewer) -> QuerySet[Any]:
    """They are everybody's who is signed in."""
    return Competence.objects.all() if viewer.is_employee else Competence.objects.none()


def _takes_part(viewer: Viewer, community: Community) -> bool:
    return access.is_inside(viewer, community)


def register() -> None:
    subjects.register(
        "community",
        Subject(
            kind="community",
            label=_("Community"),
            icon="users-group",
            model=Community,
            visible=Community.objects.visible_to,
            cards=_community_cards,
            may_write=_takes_part,
            moderates=access.manages,
        ),
    )
    subjects.register(
        "person",
        Subject(
            kind="person",
            label=_("Person"),
            icon="user",
            model=User,
            visible=User.objects.visible_to,
            cards=_person_cards,
        ),
    )
    subjects.register(
        "competence",
        Subject(
            kind="competence",
            label=_("Competence"),
            icon="certificate",
            model=Competence,
            visible=_competences,
            cards=_competence_cards,
        ),
    )
