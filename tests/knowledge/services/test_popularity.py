"""How popular entries are."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from core.models import OutboxEntry
from core.popularity import level
from knowledge import page_pieces
from knowledge.choices import ReplicationStatus
from knowledge.models import Entry, EntryPage, EntryUsefulness, Reading, Replication
from knowledge.services import page_facts, popularity
from tests import world as worlds
from tests.knowledge.ledger import enterprise
from tests.world import World

pytestmark = pytest.mark.django_db


def read(world: World, slug: str, *, days_ago: int, readers: int) -> None:
    entry = worlds.entry(slug, world.open, world.lead)
    when = clock.now() - timedelta(days=days_ago)
    for number in range(readers):
        reader = worlds.person(f"{slug}-{number}@guildhall.test")
        Reading.objects.create(user=reader, entry=entry, language="en", read_at=when)


def level_of(slug: str) -> int:
    return Entry.objects.get(slug=slug).popularity


def told() -> list[str]:
    return list(OutboxEntry.objects.order_by("sequence").values_list("kind", flat=True))


def test_of_an_entry_those_count_who_read_it_lately(world: World) -> None:
    read(world, "lately", days_ago=1, readers=3)
    read(world, "long-ago", days_ago=120, readers=3)
    assert popularity.settle() == 1
    assert (level_of("lately"), level_of("long-ago")) == (4, 0)


def test_an_entry_that_helped_or_is_used_elsewhere_is_more_popular(world: World) -> None:
    helped, used, tried = (worlds.entry(slug, world.open, world.lead) for slug in ("helped", "used", "tried"))
    EntryUsefulness.objects.create(entry=helped, useful=7, not_useful=100)
    for entry, status in ((used, ReplicationStatus.ADOPTED), (tried, ReplicationStatus.TRIED)):
        Replication.objects.create(entry=entry, enterprise=enterprise(entry.slug), status=status)
    popularity.settle()
    assert [level_of(entry.slug) for entry in (helped, used, tried)] == [level(7), level(5), 0]


def test_only_what_has_changed_is_told(world: World) -> None:
    read(world, "one", days_ago=1, readers=1)
    read(world, "none", days_ago=1, readers=0)
    OutboxEntry.objects.all().delete()
    popularity.settle()
    assert told() == ["entry"]
    assert popularity.settle() == 0
    assert told() == ["entry"]


def test_what_nobody_reads_any_more_sinks(world: World) -> None:
    read(world, "once", days_ago=89, readers=3)
    popularity.settle()
    Reading.objects.update(read_at=clock.now() - timedelta(days=91))
    assert popularity.settle() == 1
    assert level_of("once") == 0


def test_queries_do_not_grow_with_what_has_changed(world: World) -> None:
    def spent() -> int:
        with CaptureQueriesContext(connection) as queries:
            popularity.settle()
        return len(queries)

    read(world, "a", days_ago=1, readers=1)
    one = spent()
    for slug in "bcdef":
        read(world, slug, days_ago=1, readers=1)
    assert spent() == one


def test_nothing_but_the_order_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither what is known of a page nor how it looks is worked out anew."""
    read(world, "one", days_ago=1, readers=3)
    page_facts.catch_up()
    page = EntryPage.objects.filter(entry__slug="one")
    before = page_pieces._digest(page.get())
    popularity.settle()
    assert OutboxEntry.objects.latest("sequence").verb == OutboxEntry.Verb.RANKED
    assert page_pieces._digest(page.get()) == before
    refreshed: list[int] = []
    monkeypatch.setattr(page_facts, "refresh_apart", refreshed.extend)
    assert page_facts.catch_up() == 1
    assert refreshed == []
