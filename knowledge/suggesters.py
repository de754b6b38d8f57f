"""Competences while somebody types: each leads to the catalogue about it."""

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.declarations import Named, Suggester, suggesters
from knowledge import facets
from people.access import Viewer
from people.models import Competence
from people.querysets import any_case


def _competences(words: list[str], viewer: Viewer, most: int) -> list[Named]:
    """Those in one of whose names words begin as all of these."""
    rows = Competence.objects.all()
    for word in words:
        begun = rf"(^|[ (/-]){any_case(word)}"
        called = Q()
        for code, _name in settings.LANGUAGES:
            called |= Q(**{f"name_{code}__regex": begun})
        rows = rows.filter(called)
    found = rows.order_by("depth", "path").annotate(label=facets.named()).values_list("slug", "label")[:most]
    return [Named(label, f"{reverse('catalogue')}?competence={slug}") for slug, label in found]


def register() -> None:
    suggesters.register("competence", Suggester("competence", _("Competence"), "bulb", _competences))
