"""Which entries are recommended to whom for what they look for."""

from collections.abc import Sequence

from django.db.models import Prefetch
from django.urls import reverse

from core.declarations import Hit, Recommended, Recommender, recommenders
from core.fields import folded
from knowledge import cards, tasks
from knowledge.models import EntryPage, PromotedPhrase, Promotion
from knowledge.search_sources import entry_hits
from people.access import Viewer

# More would push the answers off a phone.
MOST = 3


def find(question: str, viewer: Viewer, languages: Sequence[str]) -> list[Recommended]:
    """In the language in which the viewer reads best; three queries, one where nothing is recommended."""
    asked = folded(question)
    if not asked:
        return []
    if not PromotedPhrase.objects.filter(folded=asked).exists():
        return []
    pages = EntryPage.objects.live().for_hits()
    found = (
        Promotion.objects.current()
        .visible_to(viewer)
        .filter(phrases__folded=asked)
        .prefetch_related(Prefetch("entry__pages", pages, to_attr="live_pages"))
        .order_by("-created_at", "-pk")[:MOST]
    )
    answers = []
    for promotion in found:
        page = cards.preferred(promotion.entry.live_pages, viewer)
        if page is not None:
            hit: Hit = entry_hits([page])[0]
            answers.append(Recommended(promotion.pk, hit, reverse("recommended", args=[promotion.public_id])))
    return answers


def count_shown(found: Sequence[Recommended]) -> None:
    tasks.count_shown.enqueue([each.key for each in found])


def register() -> None:
    recommenders.register("entries", Recommender(find, count_shown))
