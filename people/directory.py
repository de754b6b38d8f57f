"""The people directory: filters out of an address, the people they leave, and the facets beside them."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.http import QueryDict
from django.utils.translation import gettext as _

from people import roles
from people.access import Viewer
from people.choices import UnitKind
from people.models import Competence, FormerCompetence, Unit, User
from people.querysets import UserQuerySet
from people.roles import Role

PAGE_SIZE = 24
LONGEST_QUESTION = 200


@dataclass(frozen=True)
class Filters:
    """What the address asks for; what does not exist is passed over."""

    q: str = ""
    enterprises: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    competences: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    experts_only: bool = False
    sort: str = "name"

    @classmethod
    def of(cls, query: QueryDict) -> "Filters":
        return cls(
            q=" ".join(query.get("q", "").replace("\0", "").split())[:LONGEST_QUESTION],
            enterprises=_values(query, "enterprise"),
            departments=_values(query, "department"),
            competences=_values(query, "competence"),
            languages=tuple(code for code in _values(query, "language") if code in dict(settings.LANGUAGES)),
            experts_only=query.get("role") == "expert",
            sort="newest" if query.get("sort") == "newest" else "name",
        )


def _values(query: QueryDict, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in query.getlist(name) if value and "\0" not in value))[:50]


@dataclass
class Directory:
    """One look into the directory, in a number of queries that does not grow with it."""

    viewer: Viewer
    query: QueryDict
    filters: Filters = field(init=False)

    def __post_init__(self) -> None:
        self.filters = Filters.of(self.query)

    @cached_property
    def competences(self) -> list[Competence]:
        return list(Competence.objects.order_by("path"))

    @property
    def competence(self) -> Competence | None:
        """The one that is chosen, if it is one alone."""
        chosen = [each for each in self.competences if each.slug in self.filters.competences]
        return chosen[0] if len(chosen) == 1 and len(self.filters.competences) == 1 else None

    @cached_property
    def enterprises(self) -> list[Any]:
        """All enterprises, with how many people the other filters leave in each."""
        people = self._matching(but="enterprise").filter(enterprise=OuterRef("pk")).order_by()
        counted = people.values("enterprise").annotate(number=Count("pk", distinct=True)).values("number")
        units = Unit.objects.filter(kind__in=[UnitKind.HOLDING, UnitKind.ENTERPRISE])
        return list(units.annotate(people_count=Subquery(counted)).order_by("name"))

    @cached_property
    def departments(self) -> list[Unit]:
        """Of the enterprise that is chosen; with none or several chosen their names would mean nothing."""
        chosen = [unit for unit in self.enterprises if unit.slug in self.filters.enterprises]
        if len(chosen) != 1:
            return []
        return list(chosen[0].get_descendants().filter(kind=UnitKind.DEPARTMENT).order_by("name"))

    @property
    def people(self) -> UserQuerySet:
        order = {"name": ("name", "pk"), "newest": ("-joined_at", "-pk")}[self.filters.sort]
        experts = Group.objects.filter(name=roles.GROUP_NAMES[Role.EXPERT], user=OuterRef("pk"))
        people = self._matching().annotate(is_expert=Exists(experts))
        return people.for_listing().prefetch_related("competences", "skills").order_by(*order)

    def _matching(self, but: str = "") -> UserQuerySet:
        """People whom all filters leave, `but` one facet's own."""
        filters = self.filters
        people: UserQuerySet = User.objects.visible_to(self.viewer)
        if filters.q:
            people = people.filter(
                Q(pk__in=User.objects.matching(filters.q).values("pk")) | self._able(self._named(filters.q))
            )
        if filters.enterprises and but != "enterprise":
            people = people.filter(enterprise__slug__in=filters.enterprises)
        if filters.departments and but != "enterprise":
            people = people.filter(department__slug__in=filters.departments)
        if filters.competences:
            people = people.filter(self._able(self._below(filters.competences)))
        if filters.languages:
            people = people.reading(*filters.languages)
        if filters.experts_only:
            people = people.in_role(Role.EXPERT)
        return people

    def _able(self, competences: list[int]) -> Q:
        """Who is vetted in one of these, or says so."""
        if not competences:
            return Q(pk__in=[])
        vetted = User.objects.filter(competences__in=competences).values("pk")
        skilled = User.objects.filter(skills__in=competences).values("pk")
        return Q(pk__in=vetted) | Q(pk__in=skilled)

    def _named(self, text: str) -> list[int]:
        """Competences of which one of the five names has every word of the text."""
        words = text.casefold().split()
        return [
            competence.pk
            for competence in self.competences
            if any(all(word in name.casefold() for word in words) for name in competence.names.values())
        ]

    @cached_property
    def moved_to(self) -> str:
        """The same look by the present words of competences, where one was given up; else empty."""
        known = {competence.slug for competence in self.competences}
        unknown = [slug for slug in self.filters.competences if slug not in known]
        if not unknown:
            return ""
        former = FormerCompetence.objects.filter(slug__in=unknown)
        present = dict(former.values_list("slug", "leads_to__slug"))
        if not present:
            return ""
        query = self.query.copy()
        query.setlist(
            "competence", list(dict.fromkeys(present.get(slug, slug) for slug in self.filters.competences))
        )
        return f"?{query.urlencode()}"

    def _below(self, slugs: tuple[str, ...]) -> list[int]:
        tops = [competence.path for competence in self.competences if competence.slug in slugs]
        return [
            competence.pk
            for competence in self.competences
            if any(competence.path.startswith(path) for path in tops)
        ]

    @property
    def facets(self) -> list[dict[str, Any]]:
        filters = self.filters
        return [
            {
                "legend": _("Enterprise"),
                "name": "enterprise",
                "options": [
                    {
                        "value": unit.slug,
                        "label": unit.name,
                        "count": unit.people_count,
                        "lang": unit.language,
                    }
                    for unit in self.enterprises
                    if unit.people_count or unit.slug in filters.enterprises
                ],
                "chosen": filters.enterprises,
            },
            {
                "legend": _("Department"),
                "name": "department",
                "options": [{"value": unit.slug, "label": unit.name} for unit in self.departments],
                "chosen": filters.departments,
            },
            {
                "legend": _("Role"),
                "name": "role",
                "options": [{"value": "expert", "label": _("Experts only")}],
                "chosen": ("expert",) if filters.experts_only else (),
            },
            {
                "legend": _("Competence"),
                "name": "competence",
                "options": [
                    {"value": competence.slug, "label": competence.name}
                    for competence in self.competences
                    if competence.is_root() or competence.slug in filters.competences
                ],
                "chosen": filters.competences,
            },
            {
                "legend": _("Language"),
                "name": "language",
                "options": [
                    {"value": code, "label": name, "lang": code} for code, name in settings.LANGUAGES
                ],
                "chosen": filters.languages,
            },
        ]

    @property
    def groups(self) -> list[dict[str, Any]]:
        """The facets with what is chosen in each marked."""
        facets = self.facets
        for facet in facets:
            for option in facet["options"]:
                option["selected"] = option["value"] in facet["chosen"]
        return facets

    @property
    def chips(self) -> list[dict[str, str]]:
        """What is set, each with the address without it."""
        chips = []
        if self.filters.q:
            chips.append(
                {"label": f"“{self.filters.q}”", "remove_url": self._without("q", self.query.get("q", ""))}
            )
        for facet in self.facets:
            chips += [
                {
                    "label": str(option["label"]),
                    "remove_url": self._without(facet["name"], option["value"]),
                }
                for option in facet["options"]
                if option["value"] in facet["chosen"]
            ]
        return chips

    def _without(self, name: str, value: str) -> str:
        rest = self.query.copy()
        rest.pop("page", None)
        left = [other for other in rest.getlist(name) if other != value]
        rest.setlist(name, left)
        if name == "enterprise":
            rest.pop("department", None)
        return f"?{rest.urlencode()}"
