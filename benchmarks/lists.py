"""P6: statements counted, for short and long pages of a list and for small and large tables."""

from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.measure import Requests
from benchmarks.report import Row
from people.models import Community, Membership, User

# Of a page, and of a list of the API; two more tell who is asking.
PAGE = 8 + 2
API_LIST = 3 + 2
SIZES = (5, 20, 100)
Counts = dict[str, dict[str, int]]


@dataclass(frozen=True)
class List:
    """A list with the addresses that show less and more of it."""

    name: str
    addresses: tuple[str, ...]
    most: int


def all_lists(reader: User) -> list[List]:
    rows = Community.objects.active().filter(
        pk__in=Membership.objects.active().filter(user=reader).values("community")
    )
    community = f"/communities/{rows.order_by('pk')[0].slug}/"
    numbered = ("?page=1", "?page=2", "?page=9999")
    pages = {
        "home": ("/",),
        "communities": _each("/communities/", numbered),
        "a community": (community,),
        "best practices of a community": _each(f"{community}entries/best-practices/", numbered),
        "wiki of a community": _each(f"{community}entries/wiki/", numbered),
        "statistics of a community": (f"{community}statistics/",),
        "members of a community": _each(f"{community}members/", numbered),
        "catalogue": _each("/catalogue/", numbered),
        "catalogue, filtered": _each("/catalogue/", ("?kind=best_practice", "?difficulty=basic&language=en")),
        "people": _each("/people/", numbered),
        "search": _each("/search/", ("?q=pump", "?q=a", "?q=pump&kind=entry", "?q=nothingatall")),
        "suggestions": _each("/search/suggest/", ("?q=pu", "?q=a")),
    }
    limits = [f"?limit={size}" for size in SIZES]
    api = {
        "API: entries": _each("/api/v1/entries", limits),
        "API: communities": _each("/api/v1/communities", limits),
        "API: competences": ("/api/v1/competences",),
        "API: search": _each("/api/v1/search", [f"{limit}&q=pump" for limit in limits]),
        "Wagtail's API: pages": _each("/api/v2/pages/", limits),
    }
    return [
        *(List(name, addresses, PAGE) for name, addresses in pages.items()),
        *(List(name, addresses, API_LIST) for name, addresses in api.items()),
    ]


def counts(reader: User) -> Counts:
    """Statements of each address of each list, the second time that it is asked for."""
    requests = Requests(reader)
    return {
        each.name: {address: requests.statements(address) for address in each.addresses}
        for each in all_lists(reader)
    }


def rows(reader: User, small: Counts, large: Counts) -> list[Row]:
    """A row a list: the most statements of any of its addresses, in the small and in the large tables."""
    return [_row(each, small[each.name].values(), large[each.name].values()) for each in all_lists(reader)]


def _row(each: List, small: Iterable[int], large: Iterable[int]) -> Row:
    every = [*small, *large]
    # An empty answer may cost less; more of it may never cost more.
    grows = max(large) > max(small)
    return Row(
        "P6",
        f"statements, {each.name}",
        f"≤ {each.most}, no growth",
        f"{max(small)} small, {max(large)} large",
        f"{min(every)}–{max(every)}",
        max(every) <= each.most and not grows,
    )


def _each(address: str, queries: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{address}{query}" for query in queries)
