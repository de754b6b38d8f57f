"""What leads keep on top of the overview, and when it drops out."""

from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from knowledge.models import CommunityPage, Entry, Pin
from knowledge.services import pins
from knowledge.services.pins import PinRefused
from people.models import User
from people.roles import Role
from people.services import communities
from tests import world as worlds
from tests.world import World

pytestmark = pytest.mark.django_db


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def pinned(world: World, who: str, where: Any = None) -> list[str]:
    rows = Pin.objects.filter(community=where or world.open).visible_to(world.viewer(who))
    return [row.entry.slug for row in rows]


class TestPin:
    def test_stands_in_the_leads_order_for_those_who_may_see_it(self, world: World) -> None:
        for slug in ("workshop-classified", "workshop-open", "workshop-closed"):
            pins.pin(entry=world.entries[slug], by=fresh(world.lead))
        pins.move(entry=world.entries["workshop-closed"], by=fresh(world.lead), up=True)
        assert pinned(world, "lead") == ["workshop-classified", "workshop-closed", "workshop-open"]
        assert pinned(world, "member") == ["workshop-closed", "workshop-open"]
        assert pinned(world, "employee") == ["workshop-open"]

    def test_no_more_than_six_and_none_twice(self, world: World) -> None:
        entries = [worlds.entry(f"e{at}", world.open, world.lead) for at in range(7)]
        for entry in [*entries[:6], entries[0]]:
            pins.pin(entry=entry, by=fresh(world.lead))
        with pytest.raises(PinRefused, match="6"):
            pins.pin(entry=entries[6], by=fresh(world.lead))
        assert Pin.objects.count() == 6

    def test_only_published_entries_by_those_who_manage(self, world: World) -> None:
        with pytest.raises(PinRefused):
            pins.pin(entry=world.entries["draft"], by=fresh(world.lead))
        for user in (world.member, world.employee):
            with pytest.raises(PermissionDenied):
                pins.pin(entry=world.entries["workshop-open"], by=fresh(user))
        with pytest.raises(PermissionDenied):
            pins.pin(entry=world.entries["workshop-classified"], by=fresh(world.curator))

    def test_nothing_new_while_archived(self, world: World) -> None:
        communities.archive(community=world.open, by=fresh(world.lead))
        with pytest.raises(PinRefused, match="archived"):
            pins.pin(entry=world.entries["workshop-open"], by=fresh(world.lead))


class TestDropping:
    def test_what_is_withdrawn_or_moved_drops_out(self, world: World) -> None:
        for slug in ("workshop-open", "workshop-closed"):
            pins.pin(entry=world.entries[slug], by=fresh(world.lead))
        world.entries["workshop-open"].pages.get().specific.unpublish()
        page = world.entries["workshop-closed"].pages.get().specific
        page.move(CommunityPage.objects.get(community=world.closed, locale=page.locale), pos="last-child")
        assert not Pin.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_leads_at_once_do_not_pin_a_seventh() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")
    lead = worlds.person("lead@example.org", Role.EXPERT)
    community = worlds.community("forge", lead)
    entries = [worlds.entry(f"e{at}", community, lead) for at in range(7)]
    for entry in entries[:5]:
        pins.pin(entry=entry, by=fresh(lead))
    start, refused = Barrier(2), []

    def pin(entry: Entry) -> None:
        try:
            start.wait()
            pins.pin(entry=entry, by=fresh(lead))
        except PinRefused:
            refused.append(entry)
        finally:
            connection.close()

    threads = [Thread(target=pin, args=(entry,)) for entry in entries[5:]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert Pin.objects.filter(community=community).count() == 6
