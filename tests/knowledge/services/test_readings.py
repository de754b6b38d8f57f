"""What a person reads is noted for them, once, and forgotten in time."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache

from core import clock
from knowledge.models import KeptEntry, Reading
from knowledge.services import readings
from tests import world as worlds

pytestmark = pytest.mark.django_db


def come(world: worlds.World, progress: int) -> int:
    entry = world.entries["workshop-open"]
    return readings.note(user=world.employee, entry=entry, language="en", progress=progress).progress


class TestNote:
    def test_keeps_where_the_reader_is_now(self, world: worlds.World) -> None:
        assert [come(world, 40), come(world, 20)] == [40, 20]
        assert Reading.objects.count() == 1

    def test_nearly_to_the_end_is_read_and_stays_so(self, world: worlds.World) -> None:
        assert [come(world, 95), come(world, 10)] == [100, 100]


class TestReadingList:
    def test_twice_is_once(self, world: worlds.World) -> None:
        entry = world.entries["workshop-open"]
        for _time in range(2):
            readings.keep(user=world.employee, entry=entry)
        assert readings.kept_by(world.employee.pk) == {entry.pk}
        for _time in range(2):
            readings.release(user=world.employee, entry=entry)
        assert readings.kept_by(world.employee.pk) == frozenset()
        assert not KeptEntry.objects.exists()

    def test_a_change_while_somebody_looks_is_not_forgotten(
        self, world: worlds.World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The list was read before, and is put by after the change."""
        entry, add = world.entries["workshop-open"], cache.add

        def late(*args: Any, **kwargs: Any) -> bool:
            readings.keep(user=world.employee, entry=entry)
            return bool(add(*args, **kwargs))

        with monkeypatch.context() as patched:
            patched.setattr(cache, "add", late)
            assert readings.kept_by(world.employee.pk) == frozenset()
        assert readings.kept_by(world.employee.pk) == {entry.pk}


def test_what_was_read_long_ago_is_forgotten(world: worlds.World) -> None:
    come(world, 50)
    Reading.objects.update(read_at=clock.now() - timedelta(days=401))
    readings.note(user=world.lead, entry=world.entries["workshop-open"], language="en", progress=5)
    assert readings.forget_old() == 1
    assert Reading.objects.get().user == world.lead
