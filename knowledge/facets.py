"""By what the catalogue can be narrowed, and what each choice means."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from knowledge.choices import Difficulty, EntryKind
from knowledge.models import Entry, EntryPage, EntryTag

LANGUAGES = dict(settings.LANGUAGES)
WORDS: Mapping[str, Mapping[str, Any]] = {
    "kind": dict(EntryKind.choices),
    "difficulty": dict(Difficulty.choices),
    "language": LANGUAGES,
}


@dataclass(frozen=True)
class Known:
    """A chosen value that exists: what it is called, and by which number rows refer to it."""

    value: str
    label: str
    number: int = 0
    path: str = ""
    lang: str = ""


@dataclass(frozen=True)
class Facet:
    """A question by which the catalogue narrows."""

    name: str
    legend: Any
    condition: Callable[[Sequence[Known]], Q]


def _of_language(chosen: Sequence[Known]) -> Q:
    codes = [known.value for known in chosen]
    return Q(pk__in=EntryPage.objects.live().filter(locale__language_code__in=codes).values("entry_id"))


def _of_competence(chosen: Sequence[Known]) -> Q:
    """In a competence or in one below it."""
    below = Q(*(Q(competence__path__startswith=known.path) for known in chosen), _connector=Q.OR)
    return Q(pk__in=Entry.competences.through.objects.filter(below).values("entry_id"))


def _of_year(chosen: Sequence[Known]) -> Q:
    spans = []
    for known in chosen:
        first = dt.datetime(known.number, 1, 1, tzinfo=dt.UTC)
        spans.append(
            Q(published_at__gte=first, published_at__lt=dt.datetime(known.number + 1, 1, 1, tzinfo=dt.UTC))
        )
    return Q(*spans, _connector=Q.OR)


def _numbers(chosen: Sequence[Known]) -> list[int]:
    return [known.number for known in chosen]


def _values(chosen: Sequence[Known]) -> list[str]:
    return [known.value for known in chosen]


FACETS = (
    Facet("kind", _("Kind"), lambda chosen: Q(kind__in=_values(chosen))),
    Facet("community", _("Community"), lambda chosen: Q(community__in=_numbers(chosen))),
    Facet("enterprise", _("Enterprise"), lambda chosen: Q(enterprise__in=_numbers(chosen))),
    Facet("competence", _("Competence"), _of_competence),
    Facet("difficulty", _("Difficulty"), lambda chosen: Q(difficulty__in=_values(chosen))),
    Facet("language", _("Language"), _of_language),
    Facet("year", _("Year"), _of_year),
)


def _of_tag(chosen: Sequence[Known]) -> Q:
    tagged = EntryTag.objects.filter(tag__in=_numbers(chosen), content_object__live=True)
    return Q(pk__in=tagged.values("content_object__entry_id"))


TAG = Facet("tag", _("Tag"), _of_tag)


def named(row: str = "") -> Any:
    """The name in the reader's language, the English one where it lacks; `row` is the path to what bears it."""
    return Coalesce(NullIf(row + name_column(), Value("")), f"{row}name_en")


def name_column() -> str:
    language = (get_language() or "en").split("-")[0]
    return f"name_{language if language in LANGUAGES else 'en'}"


def label(facet: str, value: str, label: str) -> str:
    return str(WORDS[facet].get(value, value)) if facet in WORDS else label or value
