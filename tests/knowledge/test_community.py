"""A community from inside: overview, sections, figures; and what stands outside."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.template.defaultfilters import date
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import clock
from knowledge.addresses import root_paths
from knowledge.models import BlogPage, CommunityPage, Entry, Replication, WikiPage
from knowledge.periods import PeriodForm
from knowledge.sections import CONTENT
from knowledge.selectors import statistics_of
from people.choices import Access, CommunityState
from people.models import Community
from people.services import memberships
from tests import world as worlds
from tests.knowledge import ledger

pytestmark = pytest.mark.django_db
YEAR = PeriodForm(QueryDict("")).chosen


class TestOverview:
    @pytest.mark.slow
    def test_who_comes_in(self, world: worlds.World, sign_in: Any) -> None:
        for name, user in world.people.items():
            client = sign_in(user)
            for community in (world.open, world.closed, world.classified):
                knows = Community.objects.visible_to(world.viewer(name)).filter(pk=community.pk).exists()
                inside = Community.objects.open_to(world.viewer(name)).filter(pk=community.pk).exists()
                response = client.get(f"/communities/{community.slug}/")
                assert response.status_code == (200 if knows else 404 if user else 302), (name, community)
                if knows:
                    assert ("Newest entries" in response.content.decode()) == inside
                for section in CONTENT:
                    url = reverse("community_entries", args=[community.slug, section])
                    assert client.get(url).status_code == (200 if inside else 404 if user else 302)
                url = reverse("community_statistics", args=[community.slug])
                assert client.get(url).status_code == (200 if inside else 404 if user else 302)

    def test_an_outsider_sees_nothing_of_what_is_inside(self, world: worlds.World, sign_in: Any) -> None:
        html = sign_in(world.employee).get("/communities/boardroom/").content.decode()
        assert "Ask to join" in html
        assert "Title of" not in html

    def test_welcome_in_the_readers_language(self, world: worlds.World, sign_in: Any) -> None:
        for language, text in (("en", "Welcome"), ("ru", "Добро пожаловать")):
            page = CommunityPage.objects.get(community=world.open, locale__language_code=language)
            page.welcome = [("text", f"<p>{text}</p>")]
            page.save_revision().publish()
        world.employee.language = "ru"
        world.employee.save()
        html = sign_in(world.employee).get("/communities/workshop/").content.decode()
        assert "Добро пожаловать" in html
        assert '<div class="prose" lang="ru" dir="ltr">' in html
        assert "<p>Welcome</p>" not in html

    def test_a_card_does_not_repeat_where_it_stands(self, world: worlds.World, sign_in: Any) -> None:
        html = sign_in(world.employee).get("/communities/workshop/").content.decode()
        card = html[html.index("Title of workshop-open") :].partition("</article>")[0]
        assert world.open.name not in card

    def test_a_proposal_leads_to_itself(self, world: worlds.World, sign_in: Any) -> None:
        proposal = Community.objects.create(
            slug="new", name_en="New", state=CommunityState.PROPOSED, proposed_by=world.expert
        )
        assert sign_in(world.expert).get(proposal.get_absolute_url()).status_code == 302
        assert sign_in(world.employee).get(proposal.get_absolute_url()).status_code == 404

    @pytest.mark.slow
    def test_cost_does_not_grow(self, world: worlds.World, sign_in: Any) -> None:
        client = sign_in(world.member)
        counts = []
        for number in (1, 8):
            for at in range(number):
                worlds.entry(f"more-{number}-{at}", world.open, world.lead)
                person = worlds.person(f"lead-{number}-{at}@example.org")
                memberships.make_lead(user=person, community=world.open, by=None)
            client.get("/communities/workshop/")
            with CaptureQueriesContext(connection) as queries:
                client.get("/communities/workshop/")
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 8, [query["sql"][:150] for query in queries.captured_queries]


class TestSections:
    def test_each_kind_by_itself(self, world: worlds.World, sign_in: Any) -> None:
        worlds.entry("handbook", world.open, world.lead, kind=WikiPage)
        worlds.entry("diary", world.open, world.lead, kind=BlogPage)
        client = sign_in(world.employee)
        for section, shown in (("wiki", "handbook"), ("blog", "diary"), ("best-practices", "workshop-open")):
            html = client.get(f"/communities/workshop/entries/{section}/").content.decode()
            for slug in ("handbook", "diary", "workshop-open"):
                assert (f"Title of {slug}" in html) == (slug == shown)
            assert "boardroom" not in html

    def test_empty_says_what_would_be_there(self, world: worlds.World, sign_in: Any) -> None:
        html = sign_in(world.employee).get("/communities/workshop/entries/wiki/").content.decode()
        assert "The wiki has no pages yet" in html
        # What may be there instead, and no button for filters that there are none of.
        assert "Look into the catalogue" in html
        assert "drawer-open" not in html

    def test_a_row_does_not_repeat_where_it_stands(self, world: worlds.World, sign_in: Any) -> None:
        client = sign_in(world.employee)
        column = '<th scope="col">Community</th>'
        assert column in client.get("/catalogue/?view=table").content.decode()
        html = client.get("/communities/workshop/entries/best-practices/?view=table").content.decode()
        assert "Title of workshop-open" in html
        assert column not in html

    def test_a_section_that_does_not_exist(self, world: worlds.World, sign_in: Any) -> None:
        assert sign_in(world.employee).get("/communities/workshop/entries/poems/").status_code == 404


class TestStatistics:
    def test_figures(self, world: worlds.World) -> None:
        entry = world.entries["workshop-open"]
        worlds.entry("po-russki", world.open, world.lead, language="ru", translation_of=entry)
        worlds.entry("handbook", world.open, world.lead, kind=WikiPage)
        Entry.objects.filter(pk=entry.pk).update(review_date=clock.today() - dt.timedelta(days=3))
        Replication.objects.create(entry=entry, enterprise=world.enterprise, status="adopted")
        figures = statistics_of(world.open, world.viewer("employee"), YEAR)
        assert (figures.entries, figures.used.value, figures.stale) == (2, 1, 1)
        assert {str(bar.label): bar.value for bar in figures.entries_by_kind} == {
            "Best practice": 1,
            "Wiki page": 1,
        }
        assert {bar.lang: bar.value for bar in figures.entries_by_language} == {"en": 2, "ru": 1}

    def test_what_was_given_and_received_as_far_as_one_sees(self, world: worlds.World, sign_in: Any) -> None:
        Entry.objects.filter(community=world.open).update(enterprise=world.enterprise)
        for slug, taker in (
            ("workshop-open", "steel"),
            ("workshop-open", "glass"),
            ("workshop-closed", "steel"),
            ("boardroom-open", "steel"),
        ):
            Replication.objects.create(
                entry=world.entries[slug], enterprise=ledger.enterprise(taker), status="adopted"
            )

        def table(who: Any) -> list[tuple[str, ...]]:
            html = sign_in(who).get(reverse("community_statistics", args=["workshop"])).content.decode()
            rows = html.partition("flow-table")[2].partition("</table>")[0]
            cell = r'<th scope="row"><a [^>]*><bdi>(.*?)</bdi></a></th><td class="num">(\d+)</td>'
            return re.findall(cell + r'<td class="num">(\d+)</td>', rows)

        assert table(world.employee) == [("Pumps", "2", "0"), ("Glass", "0", "1"), ("Steel", "0", "1")]
        assert table(world.member) == [("Pumps", "3", "0"), ("Steel", "0", "2"), ("Glass", "0", "1")]

    def test_only_what_the_reader_may_see_is_counted(self, world: worlds.World) -> None:
        assert statistics_of(world.open, world.viewer("employee"), YEAR).entries == 1
        assert statistics_of(world.open, world.viewer("member"), YEAR).entries == 2
        assert statistics_of(world.open, world.viewer("lead"), YEAR).entries == 3

    def test_a_chart_names_its_months_in_order(self, world: worlds.World, sign_in: Any) -> None:
        html = sign_in(world.member).get(reverse("community_statistics", args=["workshop"])).content.decode()
        axis = html[html.index('class="month-axis"') :].partition("</div>")[0]
        assert axis.endswith(f"<span>{date(clock.today(), 'M')}</span>")
        assert axis.count("<span>") == 12

    def test_cost(self, world: worlds.World, sign_in: Any) -> None:
        client = sign_in(world.member)
        url = reverse("community_statistics", args=["workshop"])
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        assert len(queries) <= 8


class TestHomePanels:
    def test_what_concerns_the_reader(self, world: worlds.World, sign_in: Any) -> None:
        from people.models import Competence, User

        User.objects.update(welcomed_at=clock.now())
        competence = Competence.add_root(slug="pumps", name_en="Pumps")
        world.member.skills.add(competence)
        fitting = world.entries["workshop-open"]
        fitting.competences.set([competence])
        fitting.save()
        own = worlds.entry("own", world.open, world.member)
        Entry.objects.filter(pk=own.pk).update(review_date=clock.today() - dt.timedelta(days=1))
        html = sign_in(world.member).get("/").content.decode()
        for shown in ("New for your competences", "New in your communities", "Your entries", "still true"):
            assert shown in html
        assert "Title of workshop-open" in html
        assert "Title of vault-open" in html
        outsider = sign_in(world.employee).get("/").content.decode()
        for trace in ("vault", "boardroom-", "still true", "New in your communities"):
            assert trace not in outsider

    def test_two_queries_for_all(self, world: worlds.World, rf: Any) -> None:
        from knowledge import home_panels
        from people.models import User

        for access in Access.values:
            worlds.entry(f"mine-{access}", world.open, world.member, access=access)
        request = rf.get("/")
        request.user = User.objects.get(pk=world.member.pk)
        # What every page needs is known by now.
        home_panels.viewer_of(request.user)
        root_paths()
        with CaptureQueriesContext(connection) as queries:
            found = home_panels.news(request)
            home_panels.news(request)
        assert len(queries) == 2
        assert {card.title for card in found.own} == {f"Title of mine-{access}" for access in Access.values}
