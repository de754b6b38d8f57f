"""P1 to P3: what the page of an entry costs beside a bare view, a stock Wagtail page, and an empty view."""

from collections.abc import Sequence

from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks import stock_pages
from benchmarks.measure import Cost, Requests, Work, ratio, side_by_side
from benchmarks.report import Row
from core import outbox
from knowledge.addresses import page_url
from knowledge.models import EntryPage
from knowledge.search_sources import entry_things
from people import access
from people.models import User

PAGES = 12
P1 = 1.3
P2 = 3.5
P3 = 1.5
MOST_QUERIES = 8
FOR_WHO_ASKS = 2
# Something that none of the pages shows.
ELSEWHERE = outbox.Thing("entry", "00000000-0000-7000-8000-000000000000", [])


def sample(reader: User) -> list[EntryPage]:
    """Pages of the demonstration that the reader may see, in the language of the site's home page."""
    pages = EntryPage.objects.live().visible_to(access.viewer_of(reader))
    written = pages.filter(locale__language_code="en").exclude(entry__slug__startswith="volume-")
    return list(written.select_related("locale", "entry").order_by("pk")[:PAGES])


def measure(reader: User, *, rounds: int) -> list[Row]:
    pages = sample(reader)
    requests = Requests(reader)
    addresses = {
        "site": [page_url(page) for page in pages],
        "bare": [f"/bench/bare/{page.pk}/" for page in pages],
        "stock": [f"/bench/stock/{path}" for path in stock_pages.add(pages)],
    }
    for each in addresses.values():
        requests.repeat_all(each)
    cases = {name: requests.repeat(*each) for name, each in addresses.items()}
    cases["again"] = requests.ask_again(*addresses["site"])
    cases["empty"] = requests.repeat("/bench/empty/")
    costs = side_by_side(cases, rounds=rounds)
    over_empty, empty_spread = ratio(costs["again"], costs["empty"])
    changing = {"stock": cases["stock"], "changed": _after_changes(cases["site"]), "change": _change}
    changed = side_by_side(changing, rounds=rounds)
    after = _less(changed["changed"], changed["change"])
    over_bare, bare_spread = ratio(costs["site"], costs["bare"])
    under_stock, stock_spread = ratio(costs["stock"], costs["site"])
    after_change, change_spread = ratio(changed["stock"], after)
    return [
        Row(
            "P1",
            f"page of an entry, signed in, over a bare view ({_both(costs['site'], costs['bare'])})",
            f"≤ {P1} ×",
            f"{over_bare:.2f} ×",
            bare_spread,
            over_bare <= P1,
        ),
        Row(
            "P2",
            f"the same content as a stock Wagtail page over it ({_both(costs['stock'], costs['site'])})",
            f"≥ {P2} ×",
            f"{under_stock:.1f} ×",
            stock_spread,
            under_stock >= P2,
        ),
        Row(
            "P2",
            f"the same, each request just after a change somewhere ({_both(changed['stock'], after)})",
            f"≥ {P2} ×",
            f"{after_change:.1f} ×",
            change_spread,
            after_change >= P2,
        ),
        Row(
            "P3",
            f"asked whether it is still as it was, over an empty view ({_both(costs['again'], costs['empty'])})",
            f"≤ {P3} ×",
            f"{over_empty:.2f} ×",
            empty_spread,
            over_empty <= P3,
        ),
        *_statements(requests, addresses, pages),
    ]


def _after_changes(work: Work) -> Work:
    """Each request finds that the outbox has grown, and has to look whether that concerns its page."""

    def turn() -> None:
        _change()
        work()

    return turn


def _change() -> None:
    outbox.record(ELSEWHERE)


def _less(cost: Cost, part: Cost) -> Cost:
    """What is left without the part, which somebody else's request has paid."""
    return Cost(tuple(whole - less for whole, less in zip(cost.rounds, part.rounds, strict=True)))


def _statements(requests: Requests, addresses: dict[str, list[str]], pages: Sequence[EntryPage]) -> list[Row]:
    shown = [thing for page in pages for thing in entry_things(page.entry)]
    asked = MOST_QUERIES + FOR_WHO_ASKS
    warm = _counts(requests, addresses["site"])
    changed = _counts(requests, addresses["site"], before=lambda: outbox.record(ELSEWHERE))
    own = _counts(requests, addresses["site"], before=lambda: outbox.record(*shown))
    cold = _counts(requests, addresses["site"], before=cache.clear)
    stock = _counts(requests, addresses["stock"])
    what = "statements of the page of an entry"
    return [
        Row("P6", f"{what}, warm", f"≤ {asked}", f"{max(warm)}", _spread(warm), max(warm) <= asked),
        Row(
            *("P6", f"{what}, just after a change somewhere", f"≤ {asked}", f"{max(changed)}"),
            *(_spread(changed), max(changed) <= asked),
        ),
        Row(
            *("P6", f"{what}, just after a change of the entry", f"≤ {asked}", f"{max(own)}"),
            *(_spread(own), max(own) <= asked),
        ),
        Row(
            # Once after the cache was emptied, when Wagtail's own look-ups and the reader's keys are asked for too.
            *("P6", f"{what}, nothing in the cache", "", f"{max(cold)}"),
            *(_spread(cold), None),
        ),
        Row("P6", "statements of the stock page, warm", "", f"{max(stock)}", _spread(stock), None),
    ]


def _counts(requests: Requests, addresses: Sequence[str], *, before: Work = lambda: None) -> list[int]:
    counts = []
    for address in addresses:
        requests.get(address)
        before()
        with CaptureQueriesContext(connection) as queries:
            requests.get(address)
        counts.append(len(queries))
    return counts


def _both(first: Cost, second: Cost) -> str:
    return f"{first.median:.2f} ms : {second.median:.2f} ms"


def _spread(counts: Sequence[int]) -> str:
    return f"{min(counts)}–{max(counts)}"
