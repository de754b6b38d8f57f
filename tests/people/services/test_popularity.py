"""How popular communities are."""

import pytest

from core.models import OutboxEntry
from core.popularity import level
from people.models import Community
from people.services import popularity
from tests.world import World

pytestmark = pytest.mark.django_db


def test_communities_are_popular_by_their_members(world: World) -> None:
    popularity.settle()
    OutboxEntry.objects.all().delete()
    Community.objects.filter(pk=world.open.pk).update(member_count=31)
    assert popularity.settle() == 1
    assert Community.objects.get(pk=world.open.pk).popularity == level(31)
    assert list(OutboxEntry.objects.values_list("kind", "verb")) == [("community", "ranked")]
