"""By which communities, enterprises, competences and people answers of a search are narrowed."""

from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.declarations import SearchFacet, search_facets
from people.access import Viewer
from people.choices import UnitKind
from people.models import Community, Competence, Unit, User
from people.querysets import any_case, name_in

# Whoever writes less of a name means nobody in particular.
MOST_MEANT = 100


def _named(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows with a name in each language, as pairs."""
    language = (get_language() or "en").split("-")[0]
    known = language if language in dict(settings.LANGUAGES) else "en"
    return rows.order_by().annotate(label=name_in(known)).values_list("slug", "label")


def _called(text: str) -> Q:
    """Rows one of whose names has the text in it, whatever its case."""
    pattern = any_case(text)
    called = Q(slug__iexact=text)
    for code, _name in settings.LANGUAGES:
        called |= Q(**{f"name_{code}__regex": pattern})
    return called


def _slugs(rows: QuerySet[Any]) -> list[str]:
    return list(rows.order_by("pk").values_list("slug", flat=True)[:MOST_MEANT])


def people_meant(text: str, viewer: Viewer) -> list[str]:
    found = User.objects.visible_to(viewer).matching(text).order_by("pk")
    return [str(key) for key in found.values_list("public_id", flat=True)[:MOST_MEANT]]


def _enterprises_meant(text: str, viewer: Viewer) -> list[str]:
    rows = Unit.objects.filter(kind=UnitKind.ENTERPRISE)
    return _slugs(rows.filter(Q(slug__iexact=text) | Q(name__regex=any_case(text))))


FACETS = (
    SearchFacet(
        name="community",
        legend=_("Community"),
        rows=lambda values, viewer: _named(Community.objects.visible_to(viewer).filter(slug__in=values)),
        find=lambda text, viewer: _slugs(Community.objects.visible_to(viewer).filter(_called(text))),
        prefixes=("in", "в", "у", "във", "ב"),
        order=20,
    ),
    SearchFacet(
        name="enterprise",
        legend=_("Enterprise"),
        rows=lambda values, viewer: (
            Unit.objects.filter(slug__in=values).order_by().values_list("slug", "name")
        ),
        find=_enterprises_meant,
        prefixes=("enterprise", "предприятие", "підприємство", "מפעל"),
        order=30,
    ),
    SearchFacet(
        name="competence",
        legend=_("Competence"),
        rows=lambda values, viewer: _named(Competence.objects.filter(slug__in=values)),
        find=lambda text, viewer: _slugs(Competence.objects.filter(_called(text))),
        prefixes=("competence", "компетенция", "компетентність", "компетентност", "מיומנות"),
        order=40,
    ),
    SearchFacet(
        name="author",
        legend=_("Author"),
        find=people_meant,
        prefixes=("author", "автор", "מחבר"),
        listed=False,
    ),
)


def register() -> None:
    for facet in FACETS:
        search_facets.register(facet.name, facet)
