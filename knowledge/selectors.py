"""Figures of a community over a period, of what the reader may see."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from django.conf import settings
from django.db.models import CharField, Count, DateField, DurationField, ExpressionWrapper, F, Q, Sum, Value
from django.db.models.functions import Cast, Coalesce, TruncDate

from core import clock
from knowledge import exchanges, replication_totals
from knowledge.choices import IN_USE, EntryKind, ReplicationStatus
from knowledge.exchanges import Exchange, Flow
from knowledge.models import Entry, EntryPage, Reading, Replication
from knowledge.periods import Period, Unit
from knowledge.replication_totals import Totals
from people import access
from people.access import Viewer
from people.choices import MembershipState
from people.models import Community, Membership, MembershipChange, User

COLUMN = 20
MOST_MARKS = 7


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
class Column:
    """A bar where it stands in a chart; `is_marked` where the axis names it."""

    bar: Bar
    x: int
    is_marked: bool


@dataclass(frozen=True)
class Chart:
    """Bars over time, one for each part of a period: twenty units wide each, and a few of them named."""

    unit: Unit
    bars: Sequence[Bar]

    @property
    def is_empty(self) -> bool:
        return not any(bar.value for bar in self.bars)

    @property
    def width(self) -> int:
        return len(self.bars) * COLUMN

    @property
    def columns(self) -> list[Column]:
        last, every = len(self.bars) - 1, ceil(len(self.bars) / MOST_MARKS)
        return [Column(bar, at * COLUMN + 3, (last - at) % every == 0) for at, bar in enumerate(self.bars)]


@dataclass
class Counts:
    """What happened by days."""

    came: Counter[dt.date] = field(default_factory=Counter)
    went: Counter[dt.date] = field(default_factory=Counter)
    published: Counter[dt.date] = field(default_factory=Counter)
    read: Counter[dt.date] = field(default_factory=Counter)
    used: Counter[dt.date] = field(default_factory=Counter)
    answered: Counter[dt.date] = field(default_factory=Counter)
    waited: dict[dt.date, dt.timedelta] = field(default_factory=dict)

    @property
    def happenings(self) -> dict[str, Counter[dt.date]]:
        """What is shown by parts of the period, by its name in the export."""
        return {
            "came": self.came,
            "went": self.went,
            "published": self.published,
            "read": self.read,
            "used": self.used,
            "answered": self.answered,
        }


@dataclass
class Life:
    """What is said of entries today, and what of them is in use elsewhere."""

    by_language: Counter[str] = field(default_factory=Counter)
    by_status: Counter[str] = field(default_factory=Counter)
    flows: list[Flow] = field(default_factory=list)


@dataclass(frozen=True)
class Compared:
    """A figure of the period, and of the one before."""

    value: int
    before: int

    @property
    def change(self) -> int:
        return self.value - self.before


@dataclass(frozen=True)
class CommunityStatistics:
    """See `statistics_of`. `answer_hours` is how long a request waited for its answer, on average; None without any."""

    period: Period
    members: int
    entries: int
    stale: int
    came: Compared
    went: Compared
    published: Compared
    read: Compared
    used: Compared
    answered: Compared
    answer_hours: int | None
    answer_hours_before: int | None
    members_over_time: Chart
    came_over_time: Chart
    went_over_time: Chart
    published_over_time: Chart
    read_over_time: Chart
    entries_by_kind: Sequence[Bar]
    entries_by_language: Sequence[Bar]
    uses_by_status: Sequence[Bar]
    exchanges: Sequence[Exchange]
    totals: Totals
    counts: Counts

    def rows(self) -> Iterator[dict[str, Any]]:
        """What an export holds: a row for each part of the period."""
        by_step = {name: _by_step(self.period, days) for name, days in self.counts.happenings.items()}
        members = {bar.label: bar.value for bar in self.members_over_time.bars}
        for step in self.period.steps:
            figures = {name: found[step] for name, found in by_step.items()}
            yield {"from": step, "members": members[step], **figures}


def statistics_of(community: Community, viewer: Viewer, period: Period) -> CommunityStatistics:
    """Comings and goings, publishing, reading and uses elsewhere, compared with the period before; four queries."""
    counts = Counts()
    entries = Entry.objects.visible_to(viewer).published().filter(community=community)
    used = Replication.objects.current().filter(entry__in=entries)
    _count_members(counts, community, period)
    by_kind, stale = _count_entries(counts, entries)
    life = _count_life(counts, entries, used, period)

    def compared(days: Counter[dt.date]) -> Compared:
        return Compared(_total(days, period), _total(days, period.before))

    def over_time(days: Counter[dt.date]) -> Chart:
        found = _by_step(period, days)
        return Chart(period.unit, _scaled(Bar(step, found[step]) for step in period.steps))

    return CommunityStatistics(
        period=period,
        members=community.member_count,
        entries=sum(by_kind.values()),
        stale=stale,
        came=compared(counts.came),
        went=compared(counts.went),
        published=compared(counts.published),
        read=compared(counts.read),
        used=compared(counts.used),
        answered=compared(counts.answered),
        answer_hours=_hours(counts, period),
        answer_hours_before=_hours(counts, period.before),
        members_over_time=Chart(period.unit, _members(community, counts, period)),
        came_over_time=over_time(counts.came),
        went_over_time=over_time(counts.went),
        published_over_time=over_time(counts.published),
        read_over_time=over_time(counts.read),
        entries_by_kind=_scaled(
            Bar(kind.label, by_kind[kind.value]) for kind in EntryKind if by_kind[kind.value]
        ),
        entries_by_language=_scaled(
            Bar(name, life.by_language[code], lang=code)
            for code, name in settings.LANGUAGES
            if life.by_language[code]
        ),
        uses_by_status=_scaled(
            Bar(status.label, life.by_status[status.value])
            for status in ReplicationStatus
            if life.by_status[status.value]
        ),
        exchanges=exchanges.of(life.flows),
        totals=replication_totals.of(used),
        counts=counts,
    )


def _count_members(counts: Counts, community: Community, period: Period) -> None:
    """From the period before until today: how many there were at a time follows from how many came and went since."""
    waited = ExpressionWrapper(F("at") - F("asked_at"), output_field=DurationField())
    rows = (
        MembershipChange.objects.filter(community=community, at__gte=_moment(period.before.first))
        .order_by()
        .annotate(day=TruncDate("at", tzinfo=dt.UTC))
        .values_list("day", "state", "was")
        .annotate(number=Count("pk"), answered=Count("asked_at"), waited=Sum(waited))
    )
    for day, state, was, number, answered, total in rows:
        if state == MembershipState.ACTIVE:
            counts.came[day] += number
        elif was == MembershipState.ACTIVE:
            counts.went[day] += number
        if answered:
            counts.answered[day] += answered
            counts.waited[day] = counts.waited.get(day, dt.timedelta()) + (total or dt.timedelta())


def _count_entries(counts: Counts, entries: Any) -> tuple[Counter[str], int]:
    rows = (
        entries.order_by()
        .annotate(day=TruncDate("published_at", tzinfo=dt.UTC))
        .values_list("kind", "day")
        .annotate(number=Count("pk"), stale=Count("pk", filter=Q(review_date__lt=clock.today())))
    )
    by_kind: Counter[str] = Counter()
    due = 0
    for kind, day, number, stale in rows:
        by_kind[kind] += number
        counts.published[day] += number
        due += stale
    return by_kind, due


def _count_life(counts: Counts, entries: Any, used: Any, period: Period) -> Life:
    """Readers, uses elsewhere and languages of the entries, by one statement of three parts."""
    between = ("giver", "giver_slug", "taker", "taker_slug")
    nobody = {name: Value("", CharField()) for name in between}

    def part(rows: Any, sort: str, word: Any, day: Any, **names: Any) -> Any:
        return (
            rows.order_by()
            .annotate(sort=Value(sort, CharField()), word=Cast(word, CharField()), day=day, **nobody | names)
            .values_list("sort", "word", "day", *between)
            .annotate(number=Count("pk"))
        )

    seen = entries.values("pk")
    reads = Reading.objects.filter(entry__in=seen, read_at__gte=_moment(period.before.first))
    found = part(reads, "read", Value(""), TruncDate("read_at", tzinfo=dt.UTC)).union(
        part(
            used,
            "use",
            F("status"),
            TruncDate("recorded_at", tzinfo=dt.UTC),
            giver=Coalesce("entry__enterprise__name", Value("")),
            giver_slug=Coalesce("entry__enterprise__slug", Value("")),
            taker=F("enterprise__name"),
            taker_slug=F("enterprise__slug"),
        ),
        part(
            EntryPage.objects.live().filter(entry__in=seen),
            "language",
            F("locale__language_code"),
            Cast(Value(None), DateField()),
        ),
        all=True,
    )
    life = Life()
    for sort, word, day, giver, giver_slug, taker, taker_slug, number in found:
        if sort == "read":
            counts.read[day] += number
        elif sort == "language":
            life.by_language[word] += number
        else:
            life.by_status[word] += number
            if word in IN_USE:
                counts.used[day] += number
                life.flows.append(Flow(giver, giver_slug, taker, taker_slug, number))
    return life


def _members(community: Community, counts: Counts, period: Period) -> list[Bar]:
    """How many there were at the end of each part: today's, less who came since, and those who went since."""
    number = community.member_count
    changes = sorted({*counts.came, *counts.went}, reverse=True)
    steps = period.steps
    ends = [*(step - dt.timedelta(days=1) for step in steps[1:]), period.last]
    bars = []
    for step, end in reversed(list(zip(steps, ends, strict=True))):
        while changes and changes[0] > end:
            day = changes.pop(0)
            number += counts.went[day] - counts.came[day]
        bars.append(Bar(step, max(0, number)))
    return _scaled(reversed(bars))


def _by_step(period: Period, days: Counter[dt.date]) -> Counter[dt.date]:
    found: Counter[dt.date] = Counter()
    for day, number in days.items():
        if period.has(day):
            found[period.step_of(day)] += number
    return found


def _total(days: Counter[dt.date], period: Period) -> int:
    return sum(number for day, number in days.items() if period.has(day))


def _hours(counts: Counts, period: Period) -> int | None:
    answered = _total(counts.answered, period)
    waited = sum((time for day, time in counts.waited.items() if period.has(day)), dt.timedelta())
    return round(waited / answered / dt.timedelta(hours=1)) if answered else None


def _moment(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)


def _scaled(found: Iterable[Bar]) -> list[Bar]:
    bars = list(found)
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
