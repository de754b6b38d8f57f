"""By which languages and years answers of a search are narrowed."""

import re

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.declarations import SearchFacet, search_facets

LANGUAGES = dict(settings.LANGUAGES)
YEAR = re.compile(r"[12]\d{3}", re.ASCII)

FACETS = (
    SearchFacet(
        name="language",
        legend=_("Language"),
        find=lambda text, viewer: [
            code for code, name in LANGUAGES.items() if text.lower() in (code, str(name).lower())
        ],
        label=lambda value: str(LANGUAGES.get(value, value)),
        prefixes=("language", "язык", "мова", "език", "שפה"),
        order=50,
    ),
    SearchFacet(
        name="year",
        legend=_("Year"),
        find=lambda text, viewer: [text] if YEAR.fullmatch(text) else [],
        prefixes=("year", "год", "рік", "година", "שנה"),
        order=60,
    ),
)


def register() -> None:
    for facet in FACETS:
        search_facets.register(facet.name, facet)
