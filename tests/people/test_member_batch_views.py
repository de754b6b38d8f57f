"""Leads act on many members from the list, or name them by a list of their own; rules show what they would change."""

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people.choices import MembershipState
from people.models import MemberBatch, Membership, MembershipRule, User
from people.roles import Role
from people.services import member_batches, memberships
from tests.world import World, person

SignIn = Callable[[User | None], Client]
MEMBERS = "/communities/boardroom/members/"


def state(user: User) -> str:
    found = Membership.objects.filter(user=user, community__slug="boardroom").first()
    return found.state if found else ""


class TestBegin:
    def test_two_requests_at_once(self, world: World, sign_in: SignIn) -> None:
        for user in (world.employee, world.colleague):
            memberships.join(user=user, community=world.closed)
        answer = sign_in(world.lead).post(
            f"{MEMBERS}steps/",
            {"action": "approve", "user": [str(world.employee.public_id), str(world.colleague.public_id)]},
            follow=True,
        )
        assert "Done for 2 people." in answer.content.decode()
        assert state(world.employee) == state(world.colleague) == MembershipState.ACTIVE

    def test_removing_is_shown_once_more_first(self, world: World, sign_in: SignIn) -> None:
        client = sign_in(world.lead)
        asked = {"action": "remove", "user": str(world.member.public_id)}
        html = client.post(f"{MEMBERS}steps/", asked).content.decode()
        assert "Max Member" in html
        assert state(world.member) == MembershipState.ACTIVE
        client.post(f"{MEMBERS}steps/", {**asked, "confirmed": "yes", "reason": "The project ended"})
        assert state(world.member) == MembershipState.ENDED

    def test_everybody_whom_the_filter_finds_and_nobody_else(self, world: World, sign_in: SignIn) -> None:
        for name in ("Anna Able", "Anton Able"):
            user = person(f"{name.split()[0]}@example.org", Role.EMPLOYEE, name=name)
            memberships.admit(user=user, community=world.closed, by=None)
        asked = {"action": "remove", "everyone": "yes", "q": "able", "confirmed": "yes"}
        sign_in(world.lead).post(f"{MEMBERS}steps/", asked)
        left = Membership.objects.active().filter(community=world.closed)
        assert {row.user.name for row in left} == {"Lena Lead", "Max Member"}

    def test_nonsense_and_people_of_elsewhere_do_nothing(self, world: World, sign_in: SignIn) -> None:
        client = sign_in(world.lead)
        for data in (
            {},
            {"action": "remove"},
            {"action": "nonsense", "everyone": "yes"},
            {"action": "add", "everyone": "yes"},
            {"action": "remove", "user": ["x", "\0", str(world.employee.public_id)], "confirmed": "yes"},
        ):
            answer = client.post(f"{MEMBERS}steps/", data)
            assert (answer.status_code, answer.url) == (302, MEMBERS)
        assert not MemberBatch.objects.exists()


class TestAdd:
    def test_rows_are_answered(self, world: World, sign_in: SignIn) -> None:
        file = SimpleUploadedFile("people.csv", "Name;Mail\nCora;colleague@example.org\n".encode("cp1251"))
        answer = sign_in(world.lead).post(
            f"{MEMBERS}add/", {"people": "Emil Employee\n<b>x</b>", "file": file}, follow=True
        )
        html = answer.content.decode()
        assert state(world.employee) == state(world.colleague) == MembershipState.ACTIVE
        assert "&lt;b&gt;x&lt;/b&gt;" in html
        assert "Nobody of that name is known" in html

    def test_nothing_is_lost_when_it_is_refused(self, world: World, sign_in: SignIn) -> None:
        file = SimpleUploadedFile("people.csv", b"PK\x00\x01")
        html = (
            sign_in(world.lead)
            .post(f"{MEMBERS}add/", {"people": "Emil Employee", "file": file})
            .content.decode()
        )
        assert "This is not a CSV file" in html
        assert "Emil Employee</textarea>" in html
        assert state(world.employee) == ""


class TestAnswers:
    def test_cost_the_same_for_few_and_many(self, world: World, sign_in: SignIn) -> None:
        client = sign_in(world.lead)

        def cost(number: int) -> int:
            given = [
                person(f"n{number}-{at}@example.org", Role.EMPLOYEE, enterprise=world.enterprise).email
                for at in range(number)
            ]
            batch = member_batches.add_listed(
                community=world.closed, by=User.objects.get(pk=world.lead.pk), given=given
            )
            client.get(batch.get_absolute_url())
            with CaptureQueriesContext(connection) as queries:
                client.get(batch.get_absolute_url())
            return len(queries)

        assert cost(2) == cost(9) <= 8


class TestRules:
    def test_a_rule_is_seen_before_it_is_made(self, world: World, sign_in: SignIn) -> None:
        client = sign_in(world.lead)
        asked = {"unit": world.enterprise.pk, "with_units_below": "on"}
        html = client.post("/communities/boardroom/rules/", {**asked, "step": "preview"}).content.decode()
        assert "1 person comes" in html
        assert "Emil Employee" in html
        assert not MembershipRule.objects.exists()
        client.post("/communities/boardroom/rules/", {**asked, "step": "make"})
        rule = MembershipRule.objects.get()
        page = client.get(f"/communities/boardroom/rules/{rule.public_id}/remove/")
        assert page.status_code == 200
        client.post(f"/communities/boardroom/rules/{rule.public_id}/remove/")
        assert not MembershipRule.objects.exists()

    def test_a_unit_must_be_chosen(self, world: World, sign_in: SignIn) -> None:
        html = sign_in(world.lead).post("/communities/boardroom/rules/", {"step": "make"}).content.decode()
        assert "error-summary" in html

    def test_costs_the_same_for_few_and_many(self, world: World, sign_in: SignIn) -> None:
        client = sign_in(world.lead)

        def cost() -> int:
            client.get("/communities/boardroom/rules/")
            with CaptureQueriesContext(connection) as queries:
                client.get("/communities/boardroom/rules/")
            return len(queries)

        few = cost()
        for at in range(9):
            world.enterprise.add_child(slug=f"d{at}", kind="department", name=f"D {at}")
            world.enterprise.refresh_from_db()
        assert cost() == few <= 9
