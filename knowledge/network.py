"""Who took what from whom: the ledger as far as its reader may see the entries, filtered, drawn and summed up."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import pagination
from core.facet_groups import FacetGroup, Option
from knowledge import replication_record, replication_totals
from knowledge.choices import IN_USE, Confirmation, ReplicationStatus
from knowledge.models import Replication
from knowledge.querysets import ReplicationQuerySet
from knowledge.replication_totals import Totals
from people.access import Viewer
from people.models import Community, Unit

PAGE_SIZE = 30
MOST_CHOICES = 50
# More lines than these nobody can tell apart, in a drawing or beside it.
DRAWN = 60
NAMED = 100
NOWHERE = gettext_lazy("No enterprise named")


@dataclass(frozen=True)
class Asked:
    """What the address asks for; what does not exist is passed over."""

    community: Sequence[str] = ()
    enterprise: Sequence[str] = ()
    status: Sequence[str] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    confirmed_only: bool = False

    @classmethod
    def of(cls, query: QueryDict) -> "Asked":
        return cls(
            community=_values(query, "community"),
            enterprise=_values(query, "enterprise"),
            status=tuple(value for value in _values(query, "status") if value in ReplicationStatus.values),
            since=_date(query.get("since", "")),
            until=_date(query.get("until", "")),
            confirmed_only=query.get("confirmed") == "yes",
        )

    @property
    def conditions(self) -> list[Q]:
        found = []
        if self.community:
            found.append(Q(entry__community__slug__in=self.community))
        if self.enterprise:
            found.append(
                Q(enterprise__slug__in=self.enterprise) | Q(entry__enterprise__slug__in=self.enterprise)
            )
        if self.status:
            found.append(Q(status__in=self.status))
        if self.since:
            found.append(Q(as_of_date__gte=self.since))
        if self.until:
            found.append(Q(as_of_date__lte=self.until))
        if self.confirmed_only:
            found.append(Q(confirmation=Confirmation.CONFIRMED))
        return found


@dataclass(frozen=True)
class Link:
    """How much one enterprise took from another: `number` records, `in_use` of them in use, `confirmed` with figures
    that are confirmed."""

    giver: str
    giver_slug: str
    taker: str
    taker_slug: str
    number: int
    in_use: int
    confirmed: int


@dataclass
class Network:
    """One look at the ledger, in a number of queries that does not grow with it."""

    viewer: Viewer
    query: QueryDict
    asked: Asked = field(init=False)

    def __post_init__(self) -> None:
        self.asked = Asked.of(self.query)

    @property
    def replications(self) -> ReplicationQuerySet:
        """The records that answer."""
        return self._everything.filter(*self.asked.conditions)

    @cached_property
    def links(self) -> list[Link]:
        """Who took from whom, most first: as many as there are pairs of enterprises."""
        return links_of(self.replications)

    @property
    def named_links(self) -> list[Link]:
        return self.links[:NAMED]

    @property
    def total(self) -> int:
        return sum(link.number for link in self.links)

    @cached_property
    def totals(self) -> Totals:
        return replication_totals.of(self.replications)

    @cached_property
    def page(self) -> Page:
        rows = self.replications.for_rows(self.viewer).order_by("-as_of_date", "-pk")
        return pagination.numbered(rows, self.query.get("page"), PAGE_SIZE, count=self.total)

    @cached_property
    def records(self) -> list[replication_record.Row]:
        return replication_record.rows(self.page.object_list)

    @property
    def drawing(self) -> dict[str, Any]:
        """For the chart: pairs of names with how much went between them."""
        return {
            "links": [[link.giver, link.taker, link.number] for link in self.links[:DRAWN]],
            "gives": _("gives"),
            "takes": _("takes"),
        }

    @cached_property
    def facets(self) -> list[FacetGroup]:
        asked = self.asked
        statuses = [
            Option(value, str(label), selected=value in asked.status)
            for value, label in ReplicationStatus.choices
        ]
        groups = [
            FacetGroup("status", _("Status"), statuses),
            FacetGroup("community", _("Community"), self._options(self._communities, asked.community)),
            FacetGroup("enterprise", _("Enterprise"), self._options(self._enterprises, asked.enterprise)),
        ]
        return [group for group in groups if len(group.options) > 1 or any(o.selected for o in group.options)]

    @property
    def chips(self) -> list[dict[str, str]]:
        """The filters that are on, each with the address without it."""
        asked = self.asked
        on = [
            (group.name, option.value, option.label)
            for group in self.facets
            for option in group.options
            if option.selected
        ]
        for name, label, date in (("since", _("From"), asked.since), ("until", _("To"), asked.until)):
            if date:
                on.append((name, "", f"{label} {date_format(date)}"))
        if asked.confirmed_only:
            on.append(("confirmed", "", _("Confirmed only")))
        return [
            {"label": label, "remove_url": self._address_without(name, value)} for name, value, label in on
        ]

    @property
    def export_query(self) -> str:
        query = self.query.copy()
        query.pop("page", None)
        return query.urlencode()

    @cached_property
    def _everything(self) -> ReplicationQuerySet:
        return Replication.objects.visible_to(self.viewer).current()

    @cached_property
    def _communities(self) -> list[tuple[str, str]]:
        held = Community.objects.filter(pk__in=self._everything.values("entry__community"))
        return sorted((row.slug, row.name) for row in held)

    @cached_property
    def _enterprises(self) -> list[tuple[str, str]]:
        takers = Q(pk__in=self._everything.values("enterprise"))
        givers = Q(pk__in=self._everything.values("entry__enterprise"))
        return list(Unit.objects.filter(takers | givers).order_by("name").values_list("slug", "name"))

    @staticmethod
    def _options(choices: list[tuple[str, str]], chosen: Sequence[str]) -> list[Option]:
        options = [Option(value, label, selected=value in chosen) for value, label in choices]
        return sorted(options, key=lambda option: (not option.selected, option.label.lower()))

    def _address_without(self, name: str, value: str) -> str:
        query = self.query.copy()
        query.pop("page", None)
        query.setlist(name, [other for other in query.getlist(name) if value and other != value])
        return f"?{query.urlencode()}"


def links_of(replications: ReplicationQuerySet) -> list[Link]:
    """Pairs of enterprises with how much one took from the other, most first; one statement."""
    giver = "entry__enterprise"
    rows = (
        replications.order_by()
        .values_list(f"{giver}__name", f"{giver}__slug", "enterprise__name", "enterprise__slug")
        .annotate(
            number=Count("pk"),
            in_use=Count("pk", filter=Q(status__in=IN_USE)),
            confirmed=Count("pk", filter=Q(confirmation=Confirmation.CONFIRMED)),
        )
        .order_by("-number", f"{giver}__name", "enterprise__name")
    )
    return [Link(name or str(NOWHERE), slug or "", *others) for name, slug, *others in rows]


def _values(query: QueryDict, name: str) -> tuple[str, ...]:
    values = (value for value in query.getlist(name) if value and "\0" not in value)
    return tuple(dict.fromkeys(values))[:MOST_CHOICES]


def _date(text: str) -> dt.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
