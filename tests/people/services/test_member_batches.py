"""One step for many people: row by row, gone on with when cut off, and never more than who asked for it may."""

from threading import Event, Thread
from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from core.models import AuditEntry, Job
from people.choices import BatchAction, BatchOutcome, BatchState, Coming, MembershipRole, MembershipState
from people.models import Community, MemberBatch, Membership, User
from people.roles import Role
from people.services import communities, member_batches, memberships
from tests import world as worlds
from tests.social.news import send_mails
from tests.world import World

Capture = Any


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def begin(
    world: World, action: BatchAction, *users: User, by: User | None = None, **more: Any
) -> MemberBatch:
    return member_batches.begin(
        community=world.closed,
        by=fresh(by or world.lead),
        action=action,
        user_ids=[user.pk for user in users],
        **more,
    )


def outcomes(batch: MemberBatch) -> list[str]:
    return list(batch.rows.order_by("place").values_list("outcome", flat=True))


def standing(user: User, community: Community) -> str:
    found = Membership.objects.filter(user=user, community=community).first()
    return found.state if found else ""


class TestSteps:
    def test_requests_are_approved_together_and_each_is_told(
        self, world: World, django_capture_on_commit_callbacks: Capture
    ) -> None:
        for user in (world.employee, world.colleague):
            memberships.join(user=user, community=world.closed)
        with django_capture_on_commit_callbacks(execute=True):
            batch = begin(world, BatchAction.APPROVE, world.employee, world.colleague)
        assert (batch.state, batch.done, outcomes(batch)) == (BatchState.DONE, 2, ["done", "done"])
        assert standing(world.employee, world.closed) == MembershipState.ACTIVE
        assert len(send_mails(minutes=3)) == 2

    def test_declining_gives_all_of_them_the_reason(
        self, world: World, django_capture_on_commit_callbacks: Capture
    ) -> None:
        for user in (world.employee, world.colleague):
            memberships.join(user=user, community=world.closed)
        with django_capture_on_commit_callbacks(execute=True):
            begin(world, BatchAction.DECLINE, world.employee, world.colleague, reason="Only for the board")
        assert [("Only for the board" in letter.body) for letter in send_mails(minutes=3)] == [
            True,
            True,
        ]

    def test_removing_spares_oneself_and_the_last_lead(self, world: World) -> None:
        batch = begin(world, BatchAction.REMOVE, world.lead, world.member, world.employee)
        assert outcomes(batch) == [BatchOutcome.ONESELF, BatchOutcome.DONE, BatchOutcome.ALREADY]
        assert standing(world.member, world.closed) == MembershipState.ENDED
        assert Community.objects.get(pk=world.closed.pk).member_count == 1
        others = begin(world, BatchAction.REMOVE, world.lead, by=world.curator)
        assert outcomes(others) == [BatchOutcome.LAST_LEAD]

    def test_leads_are_made_and_unmade(self, world: World) -> None:
        batch = begin(world, BatchAction.MAKE_LEAD, world.member, world.lead, world.employee)
        assert outcomes(batch) == [BatchOutcome.DONE, BatchOutcome.ALREADY, BatchOutcome.TOO_LATE]
        batch = begin(world, BatchAction.STEP_DOWN, world.member, world.lead)
        assert outcomes(batch) == [BatchOutcome.DONE, BatchOutcome.ONESELF]
        leads = Membership.objects.leads().filter(community=world.closed)
        assert [lead.user for lead in leads] == [world.lead]

    def test_nobody_chosen_is_said_so(self, world: World) -> None:
        with pytest.raises(member_batches.NobodyChosen):
            begin(world, BatchAction.REMOVE)

    def test_only_for_those_who_manage(self, world: World) -> None:
        with pytest.raises(PermissionDenied):
            begin(world, BatchAction.REMOVE, world.lead, by=world.member)
        assert not MemberBatch.objects.exists()

    def test_is_on_record(self, world: World) -> None:
        begin(world, BatchAction.REMOVE, world.member, reason="The project ended")
        assert AuditEntry.objects.get(action="member_batch.remove").reason == "The project ended"
        assert AuditEntry.objects.get(action="membership.removed_in_bulk").details["users"] == [
            str(world.member.public_id)
        ]


class TestAddListed:
    def test_each_row_says_what_became_of_it(
        self, world: World, django_capture_on_commit_callbacks: Capture
    ) -> None:
        world.closed.greeting = {"en": "Read the minutes first."}
        world.closed.save()
        memberships.admit(user=world.reservist, community=world.closed, by=None)
        memberships.leave(user=world.reservist, community=world.closed)
        given = [
            "employee@example.org",
            "Max Member",
            "reservist@example.org",
            "x@example.org",
            "Nobody Known",
        ]
        with django_capture_on_commit_callbacks(execute=True):
            batch = member_batches.add_listed(community=world.closed, by=fresh(world.lead), given=given)
        assert outcomes(batch) == ["added", "is_member", "went", "no_account", "unknown"]
        assert Membership.objects.get(user=world.employee, community=world.closed).came_by == Coming.LEAD
        assert standing(world.reservist, world.closed) == MembershipState.ENDED
        assert [letter.to for letter in mail.outbox] == [["employee@example.org"]]
        assert "Read the minutes first." in mail.outbox[0].body

    def test_who_has_no_account_is_invited_by_mail_once(
        self, world: World, django_capture_on_commit_callbacks: Capture
    ) -> None:
        given = ["stranger@example.org", "no@address", "employee@example.org"]
        batch = member_batches.add_listed(community=world.closed, by=fresh(world.lead), given=given)
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            assert member_batches.invite_strangers(batch=batch, by=fresh(world.lead)) == 1
            assert member_batches.invite_strangers(batch=batch, by=fresh(world.lead)) == 0
        assert [letter.to for letter in mail.outbox] == [["stranger@example.org"]]
        assert outcomes(batch) == ["invited", "no_account", "added"]
        with pytest.raises(PermissionDenied):
            member_batches.invite_strangers(batch=batch, by=fresh(world.member))

    def test_not_while_archived(self, world: World) -> None:
        communities.archive(community=world.closed, by=fresh(world.lead))
        with pytest.raises(memberships.NotOpenForMembers):
            member_batches.add_listed(
                community=world.closed, by=fresh(world.lead), given=["employee@example.org"]
            )


class TestInTheBackground:
    @pytest.fixture
    def many(self, world: World) -> list[User]:
        return list(
            User.objects.bulk_create(
                User(email=f"n{at}@example.org", name=f"N {at:03}", password="!") for at in range(120)
            )
        )

    def test_goes_on_where_it_was_cut_off(
        self, world: World, many: list[User], django_capture_on_commit_callbacks: Capture
    ) -> None:
        """The worker dies in the second turn: what the first did stays, and is not done again."""
        given = [user.email for user in many]
        with mock.patch.object(member_batches, "A_TURN", 50):
            batch = member_batches.add_listed(community=world.closed, by=fresh(world.lead), given=given)
            waiting = Job.objects.filter(task="people.rule_tasks.carry_out_batch")
            assert (batch.state, batch.done, waiting.count()) == (BatchState.WAITING, 0, 1)
            member_batches.carry_on(batch.pk)
            with (
                mock.patch.object(member_batches.memberships_in_bulk, "admit", side_effect=KeyboardInterrupt),
                pytest.raises(KeyboardInterrupt),
            ):
                member_batches.carry_on(batch.pk)
            batch.refresh_from_db()
            assert (batch.done, batch.rows.filter(outcome="added").count()) == (50, 50)
            for _turn in range(3):
                member_batches.carry_on(batch.pk)
        batch.refresh_from_db()
        assert (batch.state, batch.done) == (BatchState.DONE, 120)
        assert Community.objects.get(pk=world.closed.pk).member_count == 122
        assert Membership.objects.filter(community=world.closed).count() == 122

    def test_stops_when_who_asked_for_it_leads_no_more(self, world: World, many: list[User]) -> None:
        memberships.make_lead(user=world.member, community=world.closed, by=None)
        given = [user.email for user in many]
        batch = member_batches.add_listed(community=world.closed, by=fresh(world.member), given=given)
        own = Membership.objects.get(user=world.member, community=world.closed)
        memberships.step_down(membership=own, by=fresh(world.lead))
        member_batches.carry_on(batch.pk)
        batch.refresh_from_db()
        assert (batch.state, batch.done) == (BatchState.STOPPED, 0)
        assert Membership.objects.active().filter(community=world.closed).count() == 2

    def test_a_lead_is_only_made_of_a_member(self, world: World) -> None:
        batch = begin(world, BatchAction.MAKE_LEAD, worlds.person("new@example.org", Role.EMPLOYEE))
        assert outcomes(batch) == [BatchOutcome.TOO_LATE]
        assert Membership.objects.filter(community=world.closed, role=MembershipRole.LEAD).count() == 1


@pytest.mark.django_db(transaction=True)
def test_inviting_while_the_batch_goes_on_waits_at_the_community(monkeypatch: pytest.MonkeyPatch) -> None:
    """A turn locks the community, then the batch: who takes them the other way round would stop both."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")
    lead = worlds.person("lead@example.org", Role.EMPLOYEE)
    community = worlds.community("forge", lead)
    batch = member_batches.add_listed(community=community, by=fresh(lead), given=["stranger@example.org"])
    locked, inviting, troubles = Event(), Event(), []
    invite = member_batches.invitations.invite

    def slowly(**given: Any) -> Any:
        inviting.set()
        return invite(**given)

    def turn() -> None:
        with transaction.atomic():
            Community.objects.select_for_update().get(pk=community.pk)
            locked.set()
            inviting.wait(1)
            MemberBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)

    def strangers() -> None:
        locked.wait(5)
        assert member_batches.invite_strangers(batch=batch, by=fresh(lead)) == 1

    def run(step: Any) -> None:
        try:
            step()
        except Exception as error:  # noqa: BLE001 - whatever it is, the test has to know
            troubles.append(error)
        finally:
            connection.close()

    monkeypatch.setattr(member_batches.invitations, "invite", slowly)
    threads = [Thread(target=run, args=(step,)) for step in (turn, strangers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
