from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection

from core.models import AuditEntry
from knowledge.models import Entry
from people import access
from people.choices import MembershipRole, MembershipState
from people.models import Community, Membership, User
from people.roles import Role
from people.services import memberships
from people.services.memberships import LastLead, MembershipRefused, NotOpenForMembers
from tests import world as worlds
from tests.social.news import send_mails
from tests.world import World

Capture = Callable[..., Any]


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


def standing(user: User, community: Community) -> str:
    membership = Membership.objects.filter(user=user, community=community).first()
    return membership.state if membership else ""


class TestJoin:
    def test_an_open_community_at_once(self, world: World) -> None:
        memberships.join(user=world.employee, community=world.open)
        assert world.open.pk in access.viewer_of(again(world.employee)).memberships
        world.open.refresh_from_db()
        assert world.open.member_count == 3

    def test_a_closed_one_by_asking(self, world: World) -> None:
        membership = memberships.join(user=world.employee, community=world.closed, message="I weld")
        assert (membership.state, membership.message) == (MembershipState.REQUESTED, "I weld")
        assert not Entry.objects.visible_to(access.viewer_of(again(world.employee))).filter(
            community=world.closed
        )

    def test_twice_changes_nothing(self, world: World) -> None:
        first = memberships.join(user=world.employee, community=world.closed, message="I weld")
        second = memberships.join(user=world.employee, community=world.closed, message="Again")
        assert (first.pk, second.message) == (second.pk, "I weld")
        assert memberships.join(user=world.lead, community=world.open).role == MembershipRole.LEAD

    @pytest.mark.parametrize("who", ["employee", "curator", "moderator"])
    def test_a_classified_one_does_not_exist(self, world: World, who: str) -> None:
        with pytest.raises(PermissionDenied):
            memberships.join(user=world.people[who], community=world.classified)
        assert standing(world.people[who], world.classified) == ""


class TestAdmit:
    def test_nobody_who_has_left_the_company(self, world: World) -> None:
        world.employee.is_active = False
        with pytest.raises(NotOpenForMembers):
            memberships.admit(user=world.employee, community=world.open, by=None)


class TestApprove:
    def test_lets_in_and_tells(self, world: World, django_capture_on_commit_callbacks: Capture) -> None:
        request = memberships.join(user=world.employee, community=world.closed)
        with django_capture_on_commit_callbacks(execute=True):
            memberships.approve(membership=request, by=world.lead)
        assert Entry.objects.visible_to(access.viewer_of(again(world.employee))).filter(
            community=world.closed
        )
        (letter,) = send_mails(minutes=3)
        assert letter.to == ["employee@example.org"]
        assert "Boardroom" in letter.subject

    def test_by_two_leads_at_once_is_done_once(
        self, world: World, django_capture_on_commit_callbacks: Capture
    ) -> None:
        request = memberships.join(user=world.employee, community=world.closed)
        as_seen_by_the_other = Membership.objects.get(pk=request.pk)
        with django_capture_on_commit_callbacks(execute=True):
            memberships.approve(membership=request, by=world.lead)
            memberships.approve(membership=as_seen_by_the_other, by=world.curator)
        assert len(send_mails(minutes=3)) == 1
        assert (
            AuditEntry.objects.filter(
                action="membership.admitted", details__user=str(world.employee.public_id)
            ).count()
            == 1
        )

    def test_lets_nobody_in_whom_another_lead_declined(self, world: World) -> None:
        request = memberships.join(user=world.employee, community=world.closed)
        as_seen_by_the_other = Membership.objects.get(pk=request.pk)
        memberships.decline(membership=request, by=world.lead)
        with pytest.raises(MembershipRefused):
            memberships.approve(membership=as_seen_by_the_other, by=world.curator)
        assert standing(world.employee, world.closed) == MembershipState.ENDED

    @pytest.mark.parametrize("who", ["employee", "member", "expert"])
    def test_others_may_not(self, world: World, who: str) -> None:
        request = memberships.join(user=world.employee, community=world.closed)
        with pytest.raises(PermissionDenied):
            memberships.approve(membership=request, by=world.people[who])
        assert standing(world.employee, world.closed) == MembershipState.REQUESTED


class TestDecline:
    def test_says_why_and_leaves_the_way_open(
        self, world: World, django_capture_on_commit_callbacks: Capture
    ) -> None:
        request = memberships.join(user=world.employee, community=world.closed)
        with django_capture_on_commit_callbacks(execute=True):
            memberships.decline(membership=request, by=world.lead, reason="Ask in spring")
        (letter,) = send_mails(minutes=3)
        assert "Ask in spring" in letter.body
        assert (
            memberships.join(user=world.employee, community=world.closed).state == MembershipState.REQUESTED
        )

    def test_undoes_no_approval_of_another_lead(self, world: World) -> None:
        request = memberships.join(user=world.employee, community=world.closed)
        as_seen_by_the_other = Membership.objects.get(pk=request.pk)
        memberships.approve(membership=request, by=world.lead)
        with pytest.raises(MembershipRefused):
            memberships.decline(membership=as_seen_by_the_other, by=world.curator)
        assert standing(world.employee, world.closed) == MembershipState.ACTIVE


class TestLeave:
    def test_ends_what_the_person_may_read(self, world: World) -> None:
        memberships.leave(user=world.member, community=world.closed)
        memberships.leave(user=world.member, community=world.closed)
        viewer = access.viewer_of(again(world.member))
        assert not Entry.objects.visible_to(viewer).filter(community=world.closed).exists()

    def test_takes_a_request_back(self, world: World) -> None:
        memberships.join(user=world.employee, community=world.closed)
        memberships.leave(user=world.employee, community=world.closed)
        assert not Membership.objects.waiting().filter(user=world.employee).exists()

    def test_the_last_lead_stays(self, world: World) -> None:
        with pytest.raises(LastLead):
            memberships.leave(user=world.lead, community=world.open)

    def test_a_lead_who_left_the_company_does_not_count(self, world: World) -> None:
        memberships.make_lead(user=world.member, community=world.open, by=None)
        User.objects.filter(pk=world.member.pk).update(is_active=False)
        with pytest.raises(LastLead):
            memberships.leave(user=world.lead, community=world.open)


class TestRemove:
    def test_is_on_record_with_its_reason(self, world: World) -> None:
        membership = Membership.objects.get(user=world.member, community=world.open)
        memberships.remove(membership=membership, by=world.curator, reason="Left the project")
        assert standing(world.member, world.open) == MembershipState.ENDED
        assert AuditEntry.objects.get(action="membership.removed").reason == "Left the project"

    def test_spares_the_last_lead(self, world: World) -> None:
        membership = Membership.objects.get(user=world.lead, community=world.open)
        with pytest.raises(LastLead):
            memberships.remove(membership=membership, by=world.curator)


class TestLeads:
    def test_a_new_lead_may_manage_and_is_told(
        self, world: World, django_capture_on_commit_callbacks: Capture
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            memberships.make_lead(user=world.member, community=world.open, by=world.lead)
        memberships.require_management(again(world.member), world.open)
        assert [letter.to for letter in mail.outbox] == [["member@example.org"]]

    def test_stepping_down_needs_another_lead(self, world: World) -> None:
        own = Membership.objects.get(user=world.lead, community=world.open)
        with pytest.raises(LastLead):
            memberships.step_down(membership=own, by=world.lead)
        memberships.make_lead(user=world.member, community=world.open, by=world.lead)
        memberships.step_down(membership=own, by=world.lead)
        with pytest.raises(PermissionDenied):
            memberships.require_management(again(world.lead), world.open)

    def test_handing_over_is_one_step(self, world: World) -> None:
        memberships.hand_over(community=world.open, to=world.member, by=world.lead)
        leads = Membership.objects.leads().filter(community=world.open)
        assert [lead.user for lead in leads] == [world.member]

    def test_of_a_classified_community_edit_it_in_the_admin_while_they_lead(self, world: World) -> None:
        group = Group.objects.get(name=f"Leads of {world.classified.public_id}")
        memberships.make_lead(user=world.member, community=world.classified, by=world.lead)
        assert set(group.user_set.all()) == {world.lead, world.member}
        memberships.hand_over(community=world.classified, to=world.member, by=world.lead)
        assert set(group.user_set.all()) == {world.member}
        assert not access.viewer_of(again(world.lead)).leads & {world.classified.pk}


@pytest.mark.django_db(transaction=True)
def test_two_leads_deciding_in_the_same_moment_leave_one_decision() -> None:
    """Each has a connection of their own; the community's row is what they wait at."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time; the tests above tell what the second finds")
    lead, other = (worlds.person(f"{name}@example.org", Role.EMPLOYEE) for name in ("lead", "other"))
    asking = worlds.person("asking@example.org", Role.EMPLOYEE)
    community = Community.objects.create(slug="forge", name_en="Forge", access="closed", state="active")
    for user in (lead, other):
        memberships.make_lead(user=user, community=community, by=None)
    request = memberships.join(user=asking, community=community)
    start, refused = Barrier(2), []

    def decide(step: Callable[..., object], by: User) -> None:
        try:
            start.wait()
            step(membership=Membership.objects.get(pk=request.pk), by=by)
        except MembershipRefused:
            refused.append(step)
        finally:
            connection.close()

    threads = [
        Thread(target=decide, args=(memberships.approve, lead)),
        Thread(target=decide, args=(memberships.decline, other)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    decided = AuditEntry.objects.filter(
        action__in=["membership.admitted", "membership.declined"], details__user=str(asking.public_id)
    )
    assert decided.count() == 1
