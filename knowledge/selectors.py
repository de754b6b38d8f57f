"""Figures of a community, of what the reader may see."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import CharField, Count, F, Q, Value
from django.db.models.functions import Coalesce, TruncMonth

from core import clock
from knowledge import replication_totals
from knowledge.choices import IN_USE, EntryKind, ReplicationStatus
from knowledge.models import Entry, EntryPage, Replication
from knowledge.replication_totals import Totals
from people.access import Viewer
from people.models import Community, Membership

MONTHS = 12


@dataclass(frozen=True)
class Bar:
    """A figure and its share of the largest, in hundredths."""

    label: Any
    value: int
    share: int = 0
    lang: str = ""

    @property
    def top(self) -> int:
        """Where it begins in a chart that is a hundred and two units high."""
        return 102 - self.share


@dataclass(frozen=True)
class Exchange:
    """How much an enterprise gave to others, and took from them."""

    name: str
    slug: str
    given: int
    received: int


@dataclass(frozen=True)
class CommunityStatistics:
    """See `statistics_of`."""

    members: int
    entries: int
    uses: int
    stale: int
    members_by_month: Sequence[Bar]
    entries_by_month: Sequence[Bar]
    entries_by_kind: Sequence[Bar]
    entries_by_language: Sequence[Bar]
    uses_by_status: Sequence[Bar]
    exchanges: Sequence[Exchange]
    totals: Totals


def statistics_of(community: Community, viewer: Viewer) -> CommunityStatistics:
    """Members and entries over the last twelve months, kinds, languages, uses elsewhere; four queries."""
    months = _last_months(clock.today())
    entries = Entry.objects.visible_to(viewer).published().filter(community=community)
    rows = list(
        entries.order_by()
        .annotate(month=TruncMonth("published_at", tzinfo=dt.UTC))
        .values("kind", "month")
        .annotate(number=Count("pk"), stale=Count("pk", filter=Q(review_date__lt=clock.today())))
    )
    by_kind: Counter[str] = Counter()
    by_month: Counter[dt.date] = Counter()
    for row in rows:
        by_kind[row["kind"]] += row["number"]
        by_month[row["month"].date()] += row["number"]
    used = Replication.objects.current().filter(entry__in=entries)
    spoken, flows = _spoken_and_flows(EntryPage.objects.live().filter(entry__in=entries), used)
    uses: Counter[str] = Counter()
    for flow in flows:
        uses[flow["said"]] += flow["number"]
    return CommunityStatistics(
        members=community.member_count,
        entries=sum(by_kind.values()),
        uses=sum(uses[status] for status in IN_USE),
        stale=sum(row["stale"] for row in rows),
        members_by_month=_members(community, months),
        entries_by_month=_scaled([Bar(month, by_month[month]) for month in months]),
        entries_by_kind=_scaled(
            [Bar(kind.label, by_kind[kind.value]) for kind in EntryKind if by_kind[kind.value]]
        ),
        entries_by_language=_scaled(
            [Bar(name, spoken[code], lang=code) for code, name in settings.LANGUAGES if code in spoken]
        ),
        uses_by_status=_scaled(
            [Bar(status.label, uses[status.value]) for status in ReplicationStatus if status.value in uses]
        ),
        exchanges=_exchanges(flows),
        totals=replication_totals.of(used),
    )


def _spoken_and_flows(pages: Any, replications: Any) -> tuple[dict[str, int], list[dict[str, Any]]]:
    """How many pages there are by language, and records by who gives, who takes and status; one statement."""
    names = ("giver", "giver_slug", "taker", "taker_slug", "said")
    text = CharField()
    nothing = {name: Value("", text) for name in names[:-1]}
    given = {
        "giver": Coalesce("entry__enterprise__name", Value("")),
        "giver_slug": Coalesce("entry__enterprise__slug", Value("")),
        "taker": F("enterprise__name"),
        "taker_slug": F("enterprise__slug"),
        "said": F("status"),
    }
    counted = [
        rows.order_by()
        .annotate(what=Value(what, text), **columns)
        .values("what", *names)
        .annotate(number=Count("pk"))
        .values_list("what", *names, "number")
        for what, rows, columns in (
            ("language", pages, {**nothing, "said": F("locale__language_code")}),
            ("flow", replications, given),
        )
    ]
    spoken: dict[str, int] = {}
    flows = []
    for what, *columns, number in counted[0].union(counted[1], all=True):
        if what == "language":
            spoken[columns[-1]] = number
        else:
            flows.append({**dict(zip(names, columns, strict=True)), "number": number})
    return spoken, flows


def _exchanges(flows: list[dict[str, Any]]) -> list[Exchange]:
    """What is in use, by enterprise; those that gave most come first."""
    given: Counter[tuple[str, str]] = Counter()
    received: Counter[tuple[str, str]] = Counter()
    for flow in flows:
        if flow["said"] in IN_USE:
            received[flow["taker"], flow["taker_slug"]] += flow["number"]
            if flow["giver_slug"]:
                given[flow["giver"], flow["giver_slug"]] += flow["number"]
    rows = [Exchange(*unit, given[unit], received[unit]) for unit in {*given, *received}]
    return sorted(rows, key=lambda row: (-row.given, -row.received, row.name))


def _members(community: Community, months: list[dt.date]) -> list[Bar]:
    """How many of today's members were there at the end of each month."""
    joined: Counter[dt.date] = Counter()
    rows = (
        Membership.objects.active()
        .filter(community=community, user__is_active=True)
        .order_by()
        .annotate(month=TruncMonth("since", tzinfo=dt.UTC))
        .values_list("month")
        .annotate(number=Count("pk"))
    )
    for month, number in rows:
        joined[month.date()] += number
    bars = [
        Bar(month, sum(number for joined_in, number in joined.items() if joined_in <= month))
        for month in months
    ]
    return _scaled(bars)


def _last_months(today: dt.date) -> list[dt.date]:
    first = today.replace(day=1)
    months = [first]
    while len(months) < MONTHS:
        first = (first - dt.timedelta(days=1)).replace(day=1)
        months.append(first)
    return months[::-1]


def _scaled(bars: list[Bar]) -> list[Bar]:
    largest = max((bar.value for bar in bars), default=0) or 1
    return [Bar(bar.label, bar.value, round(bar.value * 100 / largest), bar.lang) for bar in bars]
