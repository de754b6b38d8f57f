"""What knowledge/ shows on a person's card."""

from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from core.declarations import PersonPanel, person_panels
from knowledge.models import Entry
from people.models import User
from people.requests import Request

SHOWN = 6


def publications(request: Request, person: User) -> dict[str, Any] | None:
    """The newest published entries of the person that the reader may see, and how many there are in all."""
    entries = Entry.objects.visible_to(request.viewer).published().filter(authors__user=person)
    newest = list(entries.for_listing().order_by("-published_at", "-pk")[: SHOWN + 1])
    if not newest:
        return None
    number = len(newest) if len(newest) <= SHOWN else entries.count()
    languages = [get_language() or "en", *request.viewer.languages]
    return {
        "title": _("Entries"),
        "total": ngettext("%(number)d entry", "%(number)d entries", number) % {"number": number},
        "rows": [
            {"entry": entry, "page": _best(entry.live_pages, languages)}
            for entry in newest[:SHOWN]
            if entry.live_pages
        ],
    }


def _best(pages: list[Any], languages: list[str]) -> Any:
    """The page in the first of these languages that there is, else any."""
    order = {language: place for place, language in reversed(list(enumerate(languages)))}
    return min(pages, key=lambda page: order.get(page.locale.language_code, len(order)))


person_panels.register(
    "publications",
    PersonPanel(
        name="publications",
        template="knowledge/panels/publications.html",
        context=publications,  # type: ignore[arg-type]
        order=10,
    ),
)
