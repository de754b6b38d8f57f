"""Figures of a community, of what the reader may see."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from core import clock
from knowledge.choices import EntryKind, ReplicationStatus
from knowledge.models import Entry, EntryPage, Replication
from people import access
from people.access import Viewer
from people.models import Community, Membership, User

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
    languages = (
        EntryPage.objects.live()
        .filter(entry__in=entries)
        .order_by()
        .values_list("locale__language_code")
        .annotate(number=Count("pk"))
    )
    spoken = dict(languages)
    uses = dict(
        Replication.objects.filter(entry__in=entries)
        .order_by()
        .values_list("status")
        .annotate(number=Count("pk"))
    )
    return CommunityStatistics(
        members=community.member_count,
        entries=sum(by_kind.values()),
        uses=uses.get(ReplicationStatus.ADOPTED, 0) + uses.get(ReplicationStatus.ADAPTED, 0),
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
    )


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


def who_answers_for(entry: Entry) -> list[User]:
    """Whom to turn to about an entry: its owner; where they have left or may not see it any more, the leads."""
    if (
        entry.owner.is_active
        and Entry.objects.visible_to(access.viewer_of(entry.owner)).filter(pk=entry.pk).exists()
    ):
        return [entry.owner]
    leads = Membership.objects.leads().filter(community=entry.community_id, user__is_active=True)
    return [lead.user for lead in leads.select_related("user").order_by("pk")]
