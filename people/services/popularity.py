"""How popular communities are: by how many take part."""

from django.db.models import QuerySet

from core import outbox, popularity
from people.models import Community
from people.search_sources import community_things


def tell(communities: QuerySet[Community]) -> None:
    """The index, of communities whose level has changed."""
    outbox.record_ranked(*(thing for community in communities for thing in community_things(community)))


def settle(tell: popularity.Tell | None = tell) -> int:
    """Keep how popular each community is now; returns for how many that has changed.

    Whoever builds the index anew right after need not `tell` it.
    """
    members = dict(Community.objects.values_list("pk", "member_count"))
    return popularity.settle(Community, members, tell)
