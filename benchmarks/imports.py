"""P15: pages made in bulk beside pages added one by one."""

from collections.abc import Callable
from functools import partial
from itertools import count
from random import Random

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from benchmarks import stock_pages
from benchmarks.measure import ratio, side_by_side
from benchmarks.models import StockPage
from benchmarks.report import Row
from cms.demonstration import source
from cms.demonstration.volume import entries
from knowledge.models import CommunityPage, EntryPage
from people.models import Community, User

P15 = 10
IN_BULK = 1000
ONE_BY_ONE = 20


def measure(*, rounds: int) -> list[Row]:
    cases = {"bulk": _rolled_back(_bulk()), "stock": _rolled_back(_stock())}
    costs = side_by_side(cases, rounds=rounds, turns=1)
    scale = IN_BULK / ONE_BY_ONE
    faster, spread = ratio(costs["stock"], costs["bulk"])
    low, high = (float(each) * scale for each in spread.split("–"))
    bulk, stock = 1000 * IN_BULK / costs["bulk"].median, 1000 * ONE_BY_ONE / costs["stock"].median
    return [
        Row(
            "P15",
            f"entries with their pages in bulk over stock `add_child` ({bulk:.0f} : {stock:.0f} a CPU second)",
            f"≥ {P15} ×",
            f"{faster * scale:.0f} ×",
            f"{low:.0f}–{high:.0f}",
            faster * scale >= P15,
        )
    ]


def _rolled_back(work: Callable[[], None]) -> Callable[[], None]:
    """What was written is taken back, so that every turn finds the same tables."""

    def turn() -> None:
        with transaction.atomic():
            work()
            transaction.set_rollback(True)

    return turn


def _bulk() -> Callable[[], None]:
    """Rows of entries, authors, competences, pages, their history and references, and the outbox.

    The bodies are at hand on both sides: an import has its texts.
    """
    random = Random(1)
    texts = entries.library(source.read(), random=random)
    communities = list(Community.objects.filter(slug__startswith="circle-").order_by("pk"))
    authors = list(User.objects.order_by("pk")[:IN_BULK])
    return partial(
        entries.generate,
        IN_BULK,
        texts=texts,
        communities=communities,
        authors=authors,
        random=random,
    )


def _stock() -> Callable[[], None]:
    """Nothing of ours: pages with a generated body, as Wagtail adds them."""
    model = EntryPage.objects.filter(entry__slug__startswith="volume-").select_related("locale").first()
    parent = CommunityPage.objects.order_by("pk").first()
    if model is None or parent is None:
        raise RuntimeError("there is no generated volume")
    numbers = count()
    # Made before the first turn, which would take it back while Wagtail still remembers it.
    ContentType.objects.get_for_model(StockPage)

    def work() -> None:
        fresh = CommunityPage.objects.get(pk=parent.pk)
        for _ in range(ONE_BY_ONE):
            fresh.add_child(instance=stock_pages.copy(model, f"added-{next(numbers)}"))

    return work
