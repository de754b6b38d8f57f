from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection

from core import clock
from people import access
from people.choices import MembershipState
from people.models import Community, Invitation, Membership, User
from people.roles import Role
from people.services import communities, invitations, memberships
from people.services.invitations import InvitationUnusable
from tests import world as worlds
from tests.world import World

Capture = Callable[..., Any]


class TestInvite:
    def test_by_mail_reaches_a_known_person_in_their_language(
        self, world: World, django_capture_on_commit_callbacks: Capture
    ) -> None:
        User.objects.filter(pk=world.employee.pk).update(language="bg")
        with django_capture_on_commit_callbacks(execute=True):
            _invitation, secret = invitations.invite(
                community=world.closed, by=world.lead, email="Employee@Example.org"
            )
        (letter,) = mail.outbox
        assert letter.to == ["employee@example.org"]
        assert f"/invitations/{secret}/" in letter.body
        html = letter.alternatives[0][0]
        assert 'lang="bg"' in html
        assert f"/invitations/{secret}/" in html

    def test_a_lead_who_was_removed_does_not_come_back_by_their_own_link(self, world: World) -> None:
        membership = memberships.make_lead(user=world.colleague, community=world.classified, by=None)
        _invitation, secret = invitations.invite(community=world.classified, by=world.colleague, uses=5)
        _invitation, other = invitations.invite(community=world.classified, by=world.lead)
        memberships.remove(membership=membership, by=world.lead)
        for user in (world.colleague, world.employee):
            with pytest.raises(InvitationUnusable):
                invitations.accept(secret=secret, user=user)
        assert invitations.accept(secret=other, user=world.employee) == world.classified

    def test_keeps_no_secret(self, world: World) -> None:
        invitation, secret = invitations.invite(community=world.open, by=world.lead)
        assert secret not in str(Invitation.objects.filter(pk=invitation.pk).values())

    @pytest.mark.parametrize("who", ["employee", "member", "expert"])
    def test_others_may_not(self, world: World, who: str) -> None:
        with pytest.raises(PermissionDenied):
            invitations.invite(community=world.open, by=world.people[who])

    def test_not_into_what_is_archived(self, world: World) -> None:
        archived = communities.archive(community=world.open, by=world.lead)
        with pytest.raises(memberships.NotOpenForMembers):
            invitations.invite(community=archived, by=world.lead)


class TestAccept:
    def test_opens_a_classified_community(self, world: World) -> None:
        _invitation, secret = invitations.invite(community=world.classified, by=world.lead)
        assert invitations.accept(secret=secret, user=world.employee) == world.classified
        viewer = access.viewer_of(User.objects.get(pk=world.employee.pk))
        assert Community.objects.open_to(viewer).filter(pk=world.classified.pk).exists()

    def test_answers_a_request_that_waited(self, world: World) -> None:
        memberships.join(user=world.employee, community=world.closed)
        _invitation, secret = invitations.invite(community=world.closed, by=world.lead)
        invitations.accept(secret=secret, user=world.employee)
        assert not Membership.objects.waiting().exists()

    def test_a_member_uses_none_up(self, world: World) -> None:
        invitation, secret = invitations.invite(community=world.open, by=world.lead)
        invitations.accept(secret=secret, user=world.member)
        invitation.refresh_from_db()
        assert invitation.uses_left == 1

    def test_is_for_the_address_it_was_sent_to(self, world: World) -> None:
        _invitation, secret = invitations.invite(
            community=world.open, by=world.lead, email="colleague@example.org"
        )
        with pytest.raises(InvitationUnusable, match="another address"):
            invitations.accept(secret=secret, user=world.employee)
        assert invitations.accept(secret=secret, user=world.colleague) == world.open

    def test_wrong_used_up_revoked_and_out_of_date(self, world: World) -> None:
        with pytest.raises(InvitationUnusable, match="not right"):
            invitations.accept(secret="made-up", user=world.employee)
        used, used_secret = invitations.invite(community=world.open, by=world.lead)
        revoked, revoked_secret = invitations.invite(community=world.open, by=world.lead)
        old, old_secret = invitations.invite(community=world.open, by=world.lead)
        invitations.accept(secret=used_secret, user=world.colleague)
        invitations.revoke(invitation=revoked, by=world.lead)
        Invitation.objects.filter(pk=old.pk).update(expires_at=clock.now() - timedelta(seconds=1))
        for secret in (used_secret, revoked_secret, old_secret):
            with pytest.raises(InvitationUnusable, match="no longer valid"):
                invitations.accept(secret=secret, user=world.employee)
        assert not Membership.objects.filter(user=world.employee).exists()
        assert used.community == world.open

    def test_one_use_is_not_two_though_both_found_it(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        invitation, secret = invitations.invite(community=world.open, by=world.lead)
        found = invitations.find(secret)
        invitations.accept(secret=secret, user=world.colleague)
        monkeypatch.setattr(invitations, "find", lambda _secret: found)
        with pytest.raises(InvitationUnusable):
            invitations.accept(secret=secret, user=world.employee)
        invitation.refresh_from_db()
        assert invitation.uses_left == 0


class TestRevoke:
    def test_by_another_manager(self, world: World) -> None:
        invitation, secret = invitations.invite(community=world.open, by=world.lead)
        with pytest.raises(PermissionDenied):
            invitations.revoke(invitation=invitation, by=world.member)
        invitations.revoke(invitation=invitation, by=world.curator)
        with pytest.raises(InvitationUnusable):
            invitations.find(secret)


@pytest.mark.django_db(transaction=True)
def test_an_invitation_for_one_lets_one_of_two_in() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time; the tests above tell what the second finds")
    lead, first, second = (
        worlds.person(f"{name}@example.org", Role.EMPLOYEE) for name in ("lead", "first", "second")
    )
    community = Community.objects.create(slug="forge", name_en="Forge", access="closed", state="active")
    memberships.make_lead(user=lead, community=community, by=None)
    _invitation, secret = invitations.invite(community=community, by=lead)
    start, late = Barrier(2), []

    def come(user: User) -> None:
        try:
            start.wait()
            invitations.accept(secret=secret, user=user)
        except InvitationUnusable:
            late.append(user)
        finally:
            connection.close()

    threads = [Thread(target=come, args=(user,)) for user in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(late) == 1
    assert Membership.objects.active().filter(user__in=[first, second]).count() == 1


class TestRemoval:
    """Whom a lead removed comes back when a lead names them, and by nobody's link for many."""

    def removed(self, world: World) -> User:
        own = Membership.objects.get(user=world.member, community=world.closed)
        memberships.remove(membership=own, by=world.curator)
        return User.objects.get(pk=world.member.pk)

    def test_a_link_for_many_does_not_bring_them_back(self, world: World) -> None:
        link, secret = invitations.invite(community=world.closed, by=world.lead, uses=10)
        member = self.removed(world)
        for _step in ("removed", "asking", "taken back"):
            with pytest.raises(InvitationUnusable, match="A lead has ended your membership"):
                invitations.accept(secret=secret, user=member)
            standing = Membership.objects.get(user=member, community=world.closed)
            if standing.state == MembershipState.ENDED:
                memberships.join(user=member, community=world.closed)
            else:
                memberships.leave(user=member, community=world.closed)
        link.refresh_from_db()
        assert link.uses_left == 10

    def test_an_invitation_by_name_does_unless_it_is_older(self, world: World) -> None:
        member = world.member
        _older, old = invitations.invite(community=world.closed, by=world.lead, email=member.email)
        member = self.removed(world)
        with pytest.raises(InvitationUnusable):
            invitations.accept(secret=old, user=member)
        _newer, new = invitations.invite(community=world.closed, by=world.lead, email=member.email)
        assert invitations.accept(secret=new, user=member) == world.closed

    def test_an_approved_request_does(self, world: World) -> None:
        member = self.removed(world)
        request = memberships.join(user=member, community=world.closed)
        memberships.approve(membership=request, by=world.lead)
        assert Membership.objects.get(pk=request.pk).ended_by == ""

    def test_of_an_open_community_it_closes_no_door(self, world: World) -> None:
        own = Membership.objects.get(user=world.member, community=world.open)
        memberships.remove(membership=own, by=world.curator)
        _link, secret = invitations.invite(community=world.open, by=world.lead, uses=10)
        assert invitations.accept(secret=secret, user=User.objects.get(pk=world.member.pk)) == world.open
