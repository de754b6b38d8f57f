"""P6: statements counted, for short and long pages of a list and for small and large tables; of the site's pages and
the API for an employee, of the admin's lists and reports for a curator."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from benchmarks.measure import Requests
from benchmarks.report import Row
from knowledge.reports import REPORTS
from people.models import Community, Membership, User

# Of a page, and of a list of the API; two more tell who is asking.
PAGE = 8 + 2
API_LIST = 3 + 2
SIZES = (5, 20, 100)
NUMBERED = ("?page=1", "?page=2", "?page=9999")
CURATOR = "curator@aurora.example"
Counts = dict[str, dict[str, int]]


@dataclass(frozen=True)
class List:
    """A list with the addresses that show less and more of it, and the most statements that it may cost.

    None for the admin: there Wagtail's frame asks for itself, and is only not to ask more of larger tables.
    """

    name: str
    addresses: tuple[str, ...]
    most: int | None


def all_lists(reader: User) -> list[List]:
    rows = Community.objects.active().filter(
        pk__in=Membership.objects.active().filter(user=reader).values("community")
    )
    community = f"/communities/{rows.order_by('pk')[0].slug}/"
    pages = {
        "home": ("/",),
        "communities": _each("/communities/", NUMBERED),
        "a community": (community,),
        "best practices of a community": _each(f"{community}entries/best-practices/", NUMBERED),
        "wiki of a community": _each(f"{community}entries/wiki/", NUMBERED),
        "statistics of a community": (f"{community}statistics/",),
        "members of a community": _each(f"{community}members/", NUMBERED),
        "catalogue": _each("/catalogue/", NUMBERED),
        "catalogue, filtered": _each("/catalogue/", ("?kind=best_practice", "?difficulty=basic&language=en")),
        "people": _each("/people/", NUMBERED),
        "search": _each("/search/", ("?q=pump", "?q=a", "?q=pump&kind=entry", "?q=nothingatall")),
        "replications": _each("/replications/", NUMBERED),
        "reading list": ("/reading/",),
        "suggestions": _each("/search/suggest/", ("?q=pu", "?q=a")),
    }
    limits = [f"?limit={size}" for size in SIZES]
    api = {
        "API: entries": _each("/api/v1/entries", limits),
        "API: communities": _each("/api/v1/communities", limits),
        "API: replications": _each("/api/v1/replications", limits),
        "API: competences": ("/api/v1/competences",),
        "API: search": _each("/api/v1/search", [f"{limit}&q=pump" for limit in limits]),
        "Wagtail's API: pages": _each("/api/v2/pages/", limits),
    }
    return [
        *(List(name, addresses, PAGE) for name, addresses in pages.items()),
        *(List(name, addresses, API_LIST) for name, addresses in api.items()),
    ]


def of_the_admin() -> list[List]:
    lists = {"start": "wagtailadmin_home", "entries": "entry:index", "bulk changes": "bulk_change:index"}
    lists |= {"tags": "tag:index", "documents": "wagtaildocs:index", "pictures": "wagtailimages:index"}
    addresses = {f"admin: {name}": _each(reverse(view), NUMBERED) for name, view in lists.items()}
    addresses |= {
        f"report: {report.name.replace('_', ' ')}": _each(
            reverse(f"catalogue_reports:{report.name}"), NUMBERED
        )
        for report in REPORTS
    }
    return [List(name, each, None) for name, each in addresses.items()]


def counts(reader: User) -> Counts:
    """Statements of each address of each list, the second time that it is asked for."""
    curator = User.objects.get(email=CURATOR)
    return _counted(Requests(reader), all_lists(reader)) | _counted(Requests(curator), of_the_admin())


def _counted(requests: Requests, lists: Iterable[List]) -> Counts:
    return {
        each.name: {address: requests.statements(address) for address in each.addresses} for each in lists
    }


def rows(reader: User, small: Counts, large: Counts) -> list[Row]:
    """A row a list: the most statements of any of its addresses, in the small and in the large tables."""
    every = [*all_lists(reader), *of_the_admin()]
    return [_row(each, small[each.name].values(), large[each.name].values()) for each in every]


def _row(each: List, small: Iterable[int], large: Iterable[int]) -> Row:
    every = [*small, *large]
    # An empty answer may cost less; more of it may never cost more.
    grows = max(large) > max(small)
    return Row(
        "P6",
        f"statements, {each.name}",
        "no growth" if each.most is None else f"≤ {each.most}, no growth",
        f"{max(small)} small, {max(large)} large",
        f"{min(every)}–{max(every)}",
        not grows and (each.most is None or max(every) <= each.most),
    )


def _each(address: str, queries: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{address}{query}" for query in queries)
