"""Which entries are recommended to whom for what they look for."""

from collections import defaultdict
from collections.abc import Sequence

from django.urls import reverse

from core.declarations import Recommended, Recommender, recommenders
from core.fields import folded
from knowledge import cards, tasks
from knowledge.models import EntryPage, Promotion
from people.access import Viewer
from search import seen

# More would push the answers off a phone.
MOST = 3


def find(question: str, viewer: Viewer, languages: Sequence[str]) -> list[Recommended]:
    """In the language in which the viewer reads best; three queries, one where nothing is recommended."""
    asked = folded(question)
    if not asked:
        return []
    promotions = list(
        Promotion.objects.current().filter(phrases__folded=asked).order_by("-created_at", "-pk")
    )
    if not promotions:
        return []
    pages = _preferred_pages([promotion.entry_id for promotion in promotions], viewer)
    hits = seen.hits("entry", list(pages.values()), viewer)
    found = [
        Recommended(
            promotion.pk, hits[pages[promotion.entry_id]], reverse("recommended", args=[promotion.public_id])
        )
        for promotion in promotions
        if pages.get(promotion.entry_id) in hits
    ]
    return found[:MOST]


def _preferred_pages(entries: Sequence[int], viewer: Viewer) -> dict[int, int]:
    """By entry, the page in the language that the viewer reads best; both by their primary keys."""
    by_entry: dict[int, list[EntryPage]] = defaultdict(list)
    pages = EntryPage.objects.live().filter(entry__in=entries).select_related("locale")
    for page in pages.only("entry", "locale__language_code"):
        by_entry[page.entry_id].append(page)
    preferred = {entry: cards.preferred(found, viewer) for entry, found in by_entry.items()}
    return {entry: page.pk for entry, page in preferred.items() if page is not None}


def count_shown(found: Sequence[Recommended]) -> None:
    tasks.count_shown.enqueue([each.key for each in found])


def register() -> None:
    recommenders.register("entries", Recommender(find, count_shown))
