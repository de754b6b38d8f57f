"""How popular communities are: by how many take part."""

from django.db.models import QuerySet

from core import outbox, popularity
from people.models import Community
from people.search_sources import community_things


def settle(*, tell: bool = True) -> int:
    """Keep how popular each community is now; returns for how many that has changed. The index need not be told by
    whoever builds it anew right after.
    """
    members = dict(Community.objects.values_list("pk", "member_count"))
    return popularity.settle(Community, members, _tell if tell else None)


def _tell(communities: QuerySet[Community]) -> None:
    outbox.record(*(thing for community in communities for thing in community_things(community)))
