"""Was this useful? Asked with and without script, and what each is shown of it."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core import clock
from knowledge.models import Entry, UsefulnessAnswer
from knowledge.services import usefulness
from people.models import User
from people.roles import Role
from tests import world as worlds

pytestmark = pytest.mark.django_db
PAGE = "/en/communities/workshop/workshop-open/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def entry(world: worlds.World) -> Entry:
    User.objects.update(welcomed_at=clock.now())
    return world.entries["workshop-open"]


@pytest.fixture
def employee(world: worlds.World, sign_in: Any, entry: Entry) -> Client:
    return sign_in(world.employee)


def asked(entry: Entry) -> str:
    return f"/entries/{entry.key}/useful/"


class TestQuestion:
    def test_stands_in_the_page_the_same_for_all(
        self, world: worlds.World, employee: Client, entry: Entry
    ) -> None:
        usefulness.answer(entry=entry, user=world.employee, is_useful=True)
        html = employee.get(PAGE).content.decode()
        assert "Was this useful?" in html
        assert f'hx-get="{asked(entry)}"' in html
        assert 'aria-pressed="true"' not in html.partition('id="usefulness"')[2]

    def test_without_script(self, employee: Client, entry: Entry) -> None:
        answer = employee.post(asked(entry), {"useful": "no"}, follow=True)
        html = answer.content.decode()
        assert "Thank you for your answer." in html
        assert "What is missing?" in html
        assert "<html" in html
        employee.post(asked(entry), {"useful": "no", "missing": "The torque"})
        assert UsefulnessAnswer.objects.get().missing == "The torque"

    def test_with_script_the_panel_alone(self, employee: Client, entry: Entry) -> None:
        answer = employee.post(asked(entry), {"useful": "yes"}, headers=HTMX)
        html = answer.content.decode()
        assert "<html" not in html
        assert 'id="useful-yes" name="useful" value="none" aria-pressed="true"' in html
        assert "Thank you" in answer.headers["HX-Trigger"]
        assert (
            'value="yes" aria-pressed="false"'
            in employee.post(asked(entry), {"useful": "none"}, headers=HTMX).content.decode()
        )

    @pytest.mark.parametrize("useful", ["", "perhaps", "yes\x00", "y" * 5000])
    def test_nonsense_changes_nothing(self, employee: Client, entry: Entry, useful: str) -> None:
        assert employee.post(asked(entry), {"useful": useful}).status_code == 200
        assert not UsefulnessAnswer.objects.exists()

    def test_too_long_is_said_and_nothing_lost(self, employee: Client, entry: Entry) -> None:
        text = "<i>torque</i> " * 200
        html = employee.post(asked(entry), {"useful": "no", "missing": text}).content.decode()
        assert "at most 2000 characters" in html
        assert "&lt;i&gt;torque&lt;/i&gt; &lt;i&gt;" in html
        assert "<i>torque" not in html

    def test_too_often(self, employee: Client, entry: Entry, settings: Any) -> None:
        settings.RATE_LIMITS = {**settings.RATE_LIMITS, "usefulness": "1/hour"}
        employee.post(asked(entry), {"useful": "no"})
        answer = employee.post(asked(entry), {"useful": "no", "missing": "The torque"}, headers=HTMX)
        assert answer.status_code == 429
        assert "The torque</textarea>" in answer.content.decode()

    def test_the_owner_is_shown_figures_and_not_asked(
        self, world: worlds.World, sign_in: Any, entry: Entry
    ) -> None:
        usefulness.answer(entry=entry, user=world.employee, is_useful=True)
        html = sign_in(world.lead).get(asked(entry)).content.decode()
        assert "1 person found it useful" in html
        assert "useful-yes" not in html
        assert sign_in(world.lead).post(asked(entry), {"useful": "yes"}).status_code == 403

    def test_nobody_else_is_shown_figures(self, world: worlds.World, sign_in: Any, entry: Entry) -> None:
        usefulness.answer(entry=entry, user=world.employee, is_useful=True)
        for user in (world.employee, world.member, world.expert):
            for address in (asked(entry), PAGE):
                assert "found it useful" not in sign_in(user).get(address).content.decode()

    def test_costs_few_queries(self, employee: Client, entry: Entry) -> None:
        employee.get(asked(entry))
        with CaptureQueriesContext(connection) as queries:
            employee.get(asked(entry))
        assert len(queries) <= 5


class TestFeedback:
    def test_what_is_missing_newest_first_and_by_whom(
        self, world: worlds.World, sign_in: Any, entry: Entry
    ) -> None:
        usefulness.answer(
            entry=entry, user=world.employee, is_useful=False, missing="<script>torque</script>"
        )
        usefulness.answer(entry=entry, user=world.member, is_useful=False, missing="A photo")
        html = sign_in(world.lead).get(f"/entries/{entry.key}/feedback/").content.decode()
        assert html.index("A photo") < html.index("&lt;script&gt;torque")
        assert "Emil Employee" in html

    def test_costs_the_same_however_much(self, world: worlds.World, sign_in: Any, entry: Entry) -> None:
        client = sign_in(world.lead)
        counts = []
        for number in (2, 14):
            for at in range(number):
                user = worlds.person(f"r{number}-{at}@example.org", Role.EMPLOYEE)
                usefulness.answer(entry=entry, user=user, is_useful=False, missing="More")
            client.get(f"/entries/{entry.key}/feedback/")
            with CaptureQueriesContext(connection) as queries:
                client.get(f"/entries/{entry.key}/feedback/")
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 8
