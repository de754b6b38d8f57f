"""Who and what has competences, so that one who cares for the tree sees what a step concerns and chooses from it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from core.declarations import Registry
from people.access import Viewer
from people.models import Competence, User


@dataclass(frozen=True)
class Holders:
    """One relation to competences: `through` its rows, whose `field` is the holder; `visible` those one may see."""

    kind: str
    label: Any
    through: Any
    field: str
    visible: Callable[[Viewer], QuerySet[Any]]
    # Adds `title` to holders, and their order by it.
    titled: Callable[[QuerySet[Any]], QuerySet[Any]]

    def having(self, competence: Competence, viewer: Viewer) -> QuerySet[Any]:
        """Holders of exactly this competence that the viewer may see."""
        rows = self.through.objects.filter(competence=competence.pk).values(f"{self.field}_id")
        return self.visible(viewer).filter(pk__in=rows)


holders: Registry[Holders] = Registry()


def counts(competence: Competence, viewer: Viewer) -> list[tuple[Any, int]]:
    """How many of each kind have it, among those that the viewer may see."""
    return [(each.label, each.having(competence, viewer).count()) for each in holders]


def _people(viewer: Viewer) -> QuerySet[User]:
    return User.objects.visible_to(viewer)


def _by_name(people: QuerySet[Any]) -> QuerySet[Any]:
    return people.annotate(title=F("name")).only("pk", "name").order_by("name", "pk")


def register() -> None:
    holders.register(
        "experts",
        Holders(
            "experts", _("Experts who are vetted in it"), User.competences.through, "user", _people, _by_name
        ),
    )
    holders.register(
        "skilled",
        Holders(
            "skilled", _("People who name it as a skill"), User.skills.through, "user", _people, _by_name
        ),
    )
