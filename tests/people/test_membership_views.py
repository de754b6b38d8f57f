from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people.choices import MembershipState
from people.models import Membership, User
from people.roles import Role
from people.services import communities, memberships
from tests.world import World, person

SignIn = Callable[[User | None], Client]


def state(user: User, slug: str) -> str:
    found = Membership.objects.filter(user=user, community__slug=slug).first()
    return found.state if found else ""


def step(slug: str, user: User, name: str) -> str:
    return f"/communities/{slug}/members/{user.public_id}/{name}/"


class TestCommunityMembers:
    def test_doors_by_role(self, world: World, sign_in: SignIn) -> None:
        expected = {
            "workshop": {"employee": 200, "member": 200, "lead": 200, "curator": 200},
            "boardroom": {"employee": 404, "expert": 404, "member": 200, "curator": 200, "moderator": 200},
            "vault": {"employee": 404, "curator": 404, "moderator": 404, "member": 200, "lead": 200},
        }
        for slug, statuses in expected.items():
            path = f"/communities/{slug}/members/"
            assert {who: sign_in(world.people[who]).get(path).status_code for who in statuses} == statuses, (
                slug
            )

    def test_leads_see_who_asked_and_others_do_not(self, world: World, sign_in: SignIn) -> None:
        memberships.join(user=world.employee, community=world.closed, message="I know budgets")
        path = "/communities/boardroom/members/"
        assert "I know budgets" in sign_in(world.lead).get(path).content.decode()
        page = sign_in(world.member).get(path).content.decode()
        assert "I know budgets" not in page
        assert "Emil Employee" not in page

    def test_is_filtered_by_name_role_and_enterprise(self, world: World, sign_in: SignIn) -> None:
        client = sign_in(world.member)

        def shown(**query: str) -> list[str]:
            page = client.get("/communities/workshop/members/", query).context["page"]
            return [row.user.name for row in page]

        assert shown() == ["Lena Lead", "Max Member"]
        assert shown(q="mAX") == ["Max Member"]
        assert shown(role="lead") == ["Lena Lead"]
        assert shown(enterprise="pumps") == ["Lena Lead"]
        assert shown(enterprise="nowhere") == []
        assert shown(role="nonsense", q="\0", page="x") == ["Lena Lead", "Max Member"]

    def test_costs_the_same_for_two_and_twelve(self, world: World, sign_in: SignIn) -> None:
        client = sign_in(world.lead)

        def cost() -> int:
            client.get("/communities/boardroom/members/")
            with CaptureQueriesContext(connection) as queries:
                client.get("/communities/boardroom/members/")
            return len(queries)

        memberships.join(user=world.employee, community=world.closed)
        few = cost()
        for number in range(10):
            joined, asking = (
                person(f"{name}{number}@example.org", Role.EMPLOYEE, enterprise=world.enterprise)
                for name in "ja"
            )
            memberships.admit(user=joined, community=world.closed, by=None)
            memberships.join(user=asking, community=world.closed)
        assert cost() == few <= 8


class TestJoinCommunity:
    def test_joins_asks_and_takes_back(self, world: World, sign_in: SignIn) -> None:
        client = sign_in(world.employee)
        client.post("/communities/workshop/join/")
        assert state(world.employee, "workshop") == MembershipState.ACTIVE
        client.post("/communities/boardroom/join/", {"message": "x" * 5000})
        assert len(Membership.objects.get(user=world.employee, community=world.closed).message) == 1000
        assert b"Take the request back" in client.get("/communities/boardroom/").content
        client.post("/communities/boardroom/leave/")
        assert state(world.employee, "boardroom") == MembershipState.ENDED

    def test_nobody_finds_out_about_a_classified_one(self, world: World, sign_in: SignIn) -> None:
        for who in ("employee", "curator", "moderator"):
            client = sign_in(world.people[who])
            assert client.post("/communities/vault/join/").status_code == 404
            assert client.post("/communities/vault/leave/").status_code == 404

    def test_a_get_does_nothing(self, world: World, sign_in: SignIn) -> None:
        assert sign_in(world.employee).get("/communities/workshop/join/").status_code == 405
        assert state(world.employee, "workshop") == ""

    def test_the_last_lead_is_told_to_hand_over(self, world: World, sign_in: SignIn) -> None:
        response = sign_in(world.lead).post("/communities/workshop/leave/", follow=True)
        assert b"hand the lead over first" in response.content
        assert state(world.lead, "workshop") == MembershipState.ACTIVE


class TestDecisions:
    def test_each_step_by_a_lead(self, world: World, sign_in: SignIn) -> None:
        client = sign_in(world.lead)
        memberships.join(user=world.employee, community=world.closed)
        client.post(step("boardroom", world.employee, "approve"))
        assert state(world.employee, "boardroom") == MembershipState.ACTIVE
        client.post(step("boardroom", world.employee, "make-lead"))
        assert Membership.objects.leads().filter(user=world.employee).exists()
        client.post(step("boardroom", world.employee, "step-down"))
        client.post(step("boardroom", world.employee, "remove"), {"reason": "Moved"})
        assert state(world.employee, "boardroom") == MembershipState.ENDED
        memberships.join(user=world.employee, community=world.closed)
        client.post(step("boardroom", world.employee, "decline"), {"reason": "Full"})
        assert state(world.employee, "boardroom") == MembershipState.ENDED
        client.post(step("boardroom", world.member, "hand-over"))
        assert [lead.user for lead in Membership.objects.leads().filter(community=world.closed)] == [
            world.member
        ]
        assert client.post(step("boardroom", world.member, "remove")).status_code == 403

    @pytest.mark.slow
    def test_others_change_nothing(self, world: World, sign_in: SignIn) -> None:
        memberships.join(user=world.employee, community=world.closed)
        before = list(Membership.objects.order_by("pk").values_list("pk", "state", "role"))
        for name in ("approve", "decline", "remove", "make-lead", "step-down", "hand-over"):
            for slug, statuses in {
                "boardroom": {"employee": 403, "member": 403, "expert": 403},
                "vault": {"employee": 404, "member": 403, "curator": 404, "moderator": 404},
            }.items():
                for who, status in statuses.items():
                    path = step(slug, world.member, name)
                    assert sign_in(world.people[who]).post(path).status_code == status, (path, who)
        assert list(Membership.objects.order_by("pk").values_list("pk", "state", "role")) == before

    def test_the_slower_of_two_leads_is_told(self, world: World, sign_in: SignIn) -> None:
        request = memberships.join(user=world.employee, community=world.closed)
        memberships.decline(membership=request, by=world.curator)
        response = sign_in(world.lead).post(step("boardroom", world.employee, "approve"), follow=True)
        assert b"somebody was quicker" in response.content

    def test_only_members_become_leads(self, world: World, sign_in: SignIn) -> None:
        memberships.join(user=world.employee, community=world.closed)
        client = sign_in(world.lead)
        assert client.post(step("boardroom", world.employee, "make-lead")).status_code == 404
        assert client.post(step("boardroom", world.colleague, "hand-over")).status_code == 404


class TestWhileReading:
    def test_a_member_who_is_removed_loses_the_next_page(self, world: World, sign_in: SignIn) -> None:
        client = sign_in(world.member)
        assert client.get("/communities/vault/members/").status_code == 200
        membership = Membership.objects.get(user=world.member, community=world.classified)
        memberships.remove(membership=membership, by=world.lead)
        for path in ("/communities/vault/", "/communities/vault/members/"):
            assert client.get(path).status_code == 404
        assert b"Vault" not in client.get("/communities/").content

    def test_a_community_that_closes_leaves_its_readers_the_teaser(
        self, world: World, sign_in: SignIn
    ) -> None:
        client = sign_in(world.employee)
        assert client.get("/communities/workshop/members/").status_code == 200
        communities.change_access(community=world.open, by=world.lead, to="closed")
        assert client.get("/communities/workshop/").status_code == 200
        assert client.get("/communities/workshop/members/").status_code == 404
        communities.change_access(community=world.open, by=world.lead, to="classified")
        assert client.get("/communities/workshop/").status_code == 404
