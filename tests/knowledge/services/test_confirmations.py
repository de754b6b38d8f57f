import pytest
from django.core.exceptions import PermissionDenied

from core.models import AuditEntry
from knowledge.choices import Confirmation
from knowledge.models import Entry, Replication
from knowledge.services import confirmations, replications
from knowledge.services.confirmations import AlreadyConfirmed, NothingToJudge, OwnFigures
from knowledge.services.replications import ChangedMeanwhile
from people.models import User
from tests.knowledge.ledger import employee_of, enterprise, money, recorded
from tests.world import World

pytestmark = pytest.mark.django_db


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.fixture
def made(world: World) -> Replication:
    return recorded(world.entries["workshop-open"], "steel", money(1000))


def test_confirmed_with_a_reason(world: World, made: Replication) -> None:
    by = fresh(world.curator)
    confirmations.confirm(replication=made, version=1, by=by, reason="Seen the meters")
    stored = Replication.objects.get()
    assert (stored.confirmation, stored.judged_by, stored.judgement) == (
        Confirmation.CONFIRMED,
        by,
        "Seen the meters",
    )
    assert stored.changes.filter(event="confirmed", by=by, reason="Seen the meters").exists()
    assert AuditEntry.objects.filter(action="replication.confirmed", actor=by).exists()


def test_questioned_then_confirmed_by_another(world: World, made: Replication) -> None:
    confirmations.question(replication=made, version=1, by=fresh(world.curator), reason="Per year?")
    confirmations.confirm(replication=made, version=2, by=fresh(world.moderator), reason="Per year.")
    assert Replication.objects.get().confirmation == Confirmation.CONFIRMED


def test_who_comes_second_is_told_who_was_first(world: World, made: Replication) -> None:
    confirmations.confirm(replication=made, version=1, by=fresh(world.curator), reason="Seen")
    with pytest.raises(AlreadyConfirmed) as refusal:
        confirmations.confirm(replication=made, version=1, by=fresh(world.moderator), reason="Seen too")
    assert refusal.value.by == world.curator
    assert Replication.objects.get().judgement == "Seen"


def test_nobody_without_the_permission(world: World, made: Replication) -> None:
    for by in (world.employee, world.expert, world.lead, employee_of("steel")):
        with pytest.raises(PermissionDenied):
            confirmations.confirm(replication=made, version=1, by=fresh(by), reason="Seen")


def test_nobody_their_own(world: World, made: Replication) -> None:
    own = replications.record(
        entry=world.entries["workshop-open"],
        enterprise=enterprise("glass"),
        draft=money(1),
        by=fresh(world.curator),
    )
    with pytest.raises(OwnFigures):
        confirmations.confirm(replication=own, version=1, by=fresh(world.curator), reason="Seen")
    # Nor what they have put right in the record of somebody else.
    replications.edit(replication=made, version=1, draft=money(900), by=fresh(world.curator))
    with pytest.raises(OwnFigures):
        confirmations.confirm(replication=made, version=2, by=fresh(world.curator), reason="Seen")
    confirmations.confirm(replication=made, version=2, by=fresh(world.moderator), reason="Seen")


def test_not_what_one_has_not_seen(world: World, made: Replication) -> None:
    replications.edit(replication=made, version=1, draft=money(9_000_000), by=employee_of("steel"))
    with pytest.raises(ChangedMeanwhile):
        confirmations.confirm(replication=made, version=1, by=fresh(world.curator), reason="Seen")


def test_not_of_entries_out_of_sight(world: World, made: Replication) -> None:
    Entry.objects.filter(pk=made.entry_id).update(access="classified")
    with pytest.raises(PermissionDenied):
        confirmations.confirm(replication=made, version=1, by=fresh(world.curator), reason="Seen")


def test_nothing_to_judge(world: World) -> None:
    bare = recorded(world.entries["workshop-open"], "steel")
    with pytest.raises(NothingToJudge):
        confirmations.confirm(replication=bare, version=1, by=fresh(world.curator), reason="Seen")
