"""Figures over a period, compared with the one before; ranges that are none say so."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from core import clock
from knowledge.models import Reading
from knowledge.periods import Period, PeriodForm, Unit
from knowledge.selectors import statistics_of
from people.models import MembershipChange
from people.services import memberships
from tests import world as worlds
from tests.world import World

pytestmark = pytest.mark.django_db
URL = "/communities/boardroom/statistics/"


class TestPeriods:
    def test_the_parts_cover_every_day_once(self) -> None:
        for days, unit in ((30, Unit.DAY), (91, Unit.WEEK), (365, Unit.MONTH)):
            period = Period(dt.date(2026, 1, 17), dt.date(2026, 1, 17) + dt.timedelta(days=days - 1))
            assert period.unit == unit
            each = [period.first + dt.timedelta(days=at) for at in range(days)]
            assert list(dict.fromkeys(map(period.step_of, each))) == period.steps
            assert period.before.last == period.first - dt.timedelta(days=1)
            assert (period.before.last - period.before.first).days == days - 1

    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ("period=own", "since"),
            ("period=own&since=2026-05-02&until=2026-05-01", "until"),
            ("period=own&since=2026-05-02&until=2999-05-01", "until"),
            ("period=own&since=2010-05-02&until=2026-05-01", "since"),
            ("period=own&since=yesterday", "since"),
            ("period=own&since=%00&until=9999999-01-01", "until"),
            ("period=decade", "period"),
        ],
    )
    def test_a_range_that_is_none_is_said_at_its_field(self, query: str, field: str) -> None:
        form = PeriodForm(QueryDict(query))
        assert field in form.errors
        assert form.chosen == PeriodForm(QueryDict("")).chosen


class TestFigures:
    def test_this_period_beside_the_one_before(self, world: World) -> None:
        today = clock.today()
        period = Period(today - dt.timedelta(days=29), today)
        MembershipChange.objects.filter(community=world.closed).delete()
        noon = clock.now()
        for days, state, was, asked in (
            (2, "active", "", None),
            (3, "active", "requested", 5),
            (4, "ended", "active", None),
            (40, "active", "", None),
            (41, "ended", "requested", 47),
        ):
            MembershipChange.objects.create(
                community=world.closed,
                user=world.employee,
                state=state,
                was=was,
                at=noon - dt.timedelta(days=days),
                asked_at=noon - dt.timedelta(days=asked) if asked else None,
            )
        world.closed.refresh_from_db()
        figures = statistics_of(world.closed, world.viewer("lead"), period)
        assert (figures.came.value, figures.came.before) == (2, 1)
        assert (figures.went.value, figures.went.before) == (1, 0)
        assert (figures.answered.value, figures.answered.before) == (1, 1)
        assert (figures.answer_hours, figures.answer_hours_before) == (48, 144)
        members = [bar.value for bar in figures.members_over_time.bars]
        assert (members[-1], members[-3], members[-4], members[0]) == (2, 2, 1, 1)

    def test_requests_and_their_answers_are_remembered(self, world: World) -> None:
        request = memberships.join(user=world.employee, community=world.closed)
        memberships.approve(membership=request, by=world.lead)
        memberships.leave(user=world.employee, community=world.closed)
        rows = MembershipChange.objects.filter(community=world.closed, user=world.employee).order_by("pk")
        assert [(row.state, row.was, row.asked_at is not None) for row in rows] == [
            ("active", "requested", True),
            ("ended", "active", False),
        ]

    def test_readers_of_what_the_viewer_may_not_see_are_not_counted(self, world: World) -> None:
        for slug in ("workshop-open", "workshop-classified"):
            Reading.objects.create(
                user=world.member, entry=world.entries[slug], language="en", read_at=clock.now()
            )
        period = PeriodForm(QueryDict("")).chosen
        assert statistics_of(world.open, world.viewer("employee"), period).read.value == 1
        assert statistics_of(world.open, world.viewer("lead"), period).read.value == 2


class TestPage:
    def test_an_invalid_range_says_what_is_wrong_and_shows_figures(self, world: World, sign_in: Any) -> None:
        answer = sign_in(world.lead).get(f"{URL}?period=own&since=2026-05-02&until=2026-05-01")
        html = answer.content.decode()
        assert "The period ends before it begins." in html
        assert 'value="2026-05-02"' in html
        assert "members who came" in html
        nonsense = sign_in(world.lead).get(f"{URL}?period=own&since=%22%3Ex&until=2026-13-01")
        assert 'value="2026-13-01"' not in nonsense.content.decode()

    def test_a_chart_of_nothing_says_so_instead_of_being_drawn(self, world: World, sign_in: Any) -> None:
        MembershipChange.objects.all().delete()
        html = sign_in(world.lead).get(f"{URL}?period=30-days").content.decode()
        went = html.partition("<h2>Members who went</h2>")[2].partition("</section>")[0]
        assert "Nothing in this period." in went
        assert "<svg" not in went
        published = html.partition("<h2>Entries published</h2>")[2].partition("</section>")[0]
        assert "<svg" in published

    def test_shares_are_tables_with_their_figures_as_text(self, world: World, sign_in: Any) -> None:
        html = sign_in(world.lead).get(URL).content.decode()
        tables = {
            re.findall(r"<caption[^>]*>(.*?)</caption>", table)[0]: table
            for table in re.findall(r'<table class="share-chart">(.*?)</table>', html, re.S)
        }
        headings = {name: re.findall(r">([^<>]+)</span></th>", table) for name, table in tables.items()}
        assert headings == {
            "Entries by kind": ["Kind", "Entries"],
            "Pages by language": ["Language", "Pages"],
        }
        rows = {
            name: re.findall(r'<th scope="row"><bdi[^>]*>(.*?)</bdi></th><td><bdi>(.*?)</bdi>', table)
            for name, table in tables.items()
        }
        assert rows == {"Entries by kind": [("Best practice", "3")], "Pages by language": [("English", "3")]}
        assert '<th scope="row"><bdi lang="en">' in tables["Pages by language"]

    def test_the_export_holds_a_row_for_each_part(self, world: World, sign_in: Any) -> None:
        answer = sign_in(world.lead).get(f"{URL}export/?period=30-days")
        lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
        assert lines[0].startswith("From,Members,Members who came")
        assert len(lines) == 31
        assert lines[-1].startswith(f"{clock.today()},2,2,0,")
        refused = sign_in(world.lead).get(f"{URL}export/?period=own&since=x")
        assert refused.url == f"{URL}?period=own&since=x"

    @pytest.mark.slow
    def test_costs_the_same_for_few_and_many_days(self, world: World, sign_in: Any) -> None:
        client = sign_in(world.lead)
        counts = []
        for number, span in ((1, "30-days"), (5, "12-months")):
            for at in range(number):
                worlds.entry(f"more-{number}-{at}", world.closed, world.lead)
                memberships.admit(
                    user=worlds.person(f"n{number}-{at}@example.org"), community=world.closed, by=None
                )
            client.get(f"{URL}?period={span}")
            with CaptureQueriesContext(connection) as queries:
                client.get(f"{URL}?period={span}")
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 8
