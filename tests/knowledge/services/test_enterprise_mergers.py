import pytest
from django.core.exceptions import PermissionDenied

from core.models import AuditEntry
from knowledge.choices import Confirmation
from knowledge.models import Entry, Replication
from knowledge.services import confirmations, enterprise_mergers, replications
from knowledge.services.enterprise_mergers import MergerRefused
from people.models import Unit, User
from tests import world as worlds
from tests.knowledge.ledger import draft, enterprise, money, recorded
from tests.world import World

pytestmark = pytest.mark.django_db


def merge(world: World, source: str = "steel", into: str = "glass") -> int:
    by = User.objects.get(pk=world.moderator.pk)
    return enterprise_mergers.merge(source=enterprise(source), into=enterprise(into), by=by)


def test_records_go_over_with_their_history(world: World) -> None:
    made = recorded(world.entries["workshop-open"], "steel", money(1))
    enterprise("glass")
    assert merge(world) == 1
    stored = Replication.objects.get()
    assert (stored.pk, stored.enterprise.slug) == (made.pk, "glass")
    assert [change.event for change in stored.changes.order_by("pk")] == ["recorded", "merged"]
    assert {change.enterprise.slug for change in stored.changes.all()} == {"steel"}
    assert AuditEntry.objects.filter(action="unit.merged").exists()
    assert merge(world) == 0, "twice changes nothing"


def test_records_of_what_the_person_may_not_see_move_uncounted(world: World) -> None:
    User.objects.filter(pk=world.lead.pk).update(enterprise=enterprise("steel"))
    replications.record(
        entry=world.entries["vault-open"],
        enterprise=enterprise("steel"),
        draft=draft(),
        by=User.objects.get(pk=world.lead.pk),
    )
    enterprise("glass")
    assert merge(world) == 0
    assert Replication.objects.get().enterprise.slug == "glass"


@pytest.mark.parametrize(
    ("first", "second", "kept"), [("adopted", "tried", "adopted"), ("tried", "adapted", "adapted")]
)
def test_of_two_the_one_that_is_further_on_stays(world: World, first: str, second: str, kept: str) -> None:
    entry = world.entries["workshop-open"]
    recorded(entry, "steel", money(1, status=first, note="steel"))
    recorded(entry, "glass", money(2, status=second, note="glass"))
    merge(world)
    stored = Replication.objects.get()
    assert (stored.status, stored.enterprise.slug) == (kept, "glass")
    joined = stored.changes.filter(event="merged").order_by("pk").first()
    assert joined is not None
    assert joined.state["status"] == (second if kept == first else first)
    assert stored.changes.filter(event="recorded").count() == 2


def test_what_is_confirmed_stays(world: World) -> None:
    entry = world.entries["workshop-open"]
    adapted = recorded(entry, "steel", money(1, status="adapted"))
    recorded(entry, "glass", money(2, status="adopted"))
    curator = User.objects.get(pk=world.curator.pk)
    confirmations.confirm(replication=adapted, version=1, by=curator, reason="Seen")
    merge(world)
    assert Replication.objects.get().confirmation == Confirmation.CONFIRMED


def test_nobody_takes_from_themselves(world: World) -> None:
    entry = world.entries["workshop-open"]
    other = worlds.entry("other", world.open, world.lead)
    recorded(entry, "steel", draft())
    recorded(other, "glass", draft())
    Entry.objects.filter(pk=entry.pk).update(enterprise=enterprise("glass"))
    Entry.objects.filter(pk=other.pk).update(enterprise=enterprise("steel"))
    merge(world)
    assert not Replication.objects.current().exists()
    assert Replication.objects.count() == 2
    assert {row.enterprise.slug for row in Entry.objects.filter(pk__in=[entry.pk, other.pk])} == {"glass"}  # type: ignore[union-attr]


def test_refused(world: World) -> None:
    with pytest.raises(PermissionDenied):
        enterprise_mergers.merge(source=enterprise("steel"), into=enterprise("glass"), by=world.curator)
    with pytest.raises(MergerRefused):
        merge(world, "steel", "steel")
    site: Unit = enterprise("steel").add_child(slug="yard", kind="site", name="Yard")
    with pytest.raises(MergerRefused):
        merge(world, site.slug, "glass")
