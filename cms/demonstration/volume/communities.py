"""Generated communities with their pages, collections and members."""

from __future__ import annotations

from random import Random
from typing import Final

from django.db import transaction
from wagtail.models import Collection

from cms.demonstration.volume import page_rows
from cms.demonstration.volume.numbering import next_number
from core import clock, outbox
from knowledge.models import CommunitiesPage, CommunityPage
from people.choices import Access, CommunityState, CoverPattern, MembershipRole, MembershipState
from people.models import Community, CommunityCollection, Membership, User
from people.search_sources import community_things

BATCH: Final = 1000
CIRCLES_A_PERSON: Final = 3
ACCENTS: Final = ("#0b6b6b", "#8a3b12", "#3b2a63", "#1d4ed8", "#17653a", "#7a4a00")


@transaction.atomic
def generate(count: int, *, members: list[User], random: Random) -> list[Community]:
    first = next_number(Community.objects.filter(slug__startswith="circle-"), "slug")
    communities = [_community(number, random) for number in range(first, first + count)]
    Community.objects.bulk_create(communities, batch_size=BATCH)
    _give_members(communities, members, random)
    _give_collections(communities)
    parents = list(CommunitiesPage.objects.select_related("locale"))
    page_rows.insert([(parent, _page(parent, community)) for community in communities for parent in parents])
    outbox.record(*(thing for community in communities for thing in community_things(community)))
    return communities


def _community(number: int, random: Random) -> Community:
    return Community(
        slug=f"circle-{number:05}",
        name_en=f"Circle {number}",
        access=Access.CLOSED if number % 10 == 0 else Access.OPEN,
        state=CommunityState.ACTIVE,
        description={"en": f"Generated for measuring: circle {number}."},
        cover_pattern=random.choice(CoverPattern.values),
        accent=random.choice(ACCENTS),
    )


def _give_members(communities: list[Community], members: list[User], random: Random) -> None:
    now = clock.now()
    wanted = min(CIRCLES_A_PERSON, len(communities))
    rows = [
        Membership(community=community, user=user, state=MembershipState.ACTIVE, since=now)
        for user in members
        for community in random.sample(communities, wanted)
    ]
    leads: set[int] = set()
    for row in rows:
        row.community.member_count += 1
        if row.community_id not in leads:
            leads.add(row.community_id)
            row.role = MembershipRole.LEAD
    Membership.objects.bulk_create(rows, batch_size=BATCH)
    Community.objects.bulk_update(communities, ["member_count"], batch_size=BATCH)


def _give_collections(communities: list[Community]) -> None:
    """Below the same parent as everybody's, with the paths worked out in advance."""
    root = Collection.get_first_root_node()
    parent = root.get_children().filter(name="Communities").first() or root.add_child(name="Communities")
    parent.refresh_from_db()
    last = parent.get_last_child()
    step = Collection._str2int(last.path[-Collection.steplen :]) if last else 0
    collections = [
        Collection(
            name=community.name_en,
            path=Collection._get_path(parent.path, parent.depth + 1, step + number),
            depth=parent.depth + 1,
            numchild=0,
        )
        for number, community in enumerate(communities, start=1)
    ]
    Collection.objects.bulk_create(collections, batch_size=BATCH)
    Collection.objects.filter(pk=parent.pk).update(numchild=parent.numchild + len(collections))
    CommunityCollection.objects.bulk_create(
        (
            CommunityCollection(community=community, collection=collection, access=community.access)
            for community, collection in zip(communities, collections, strict=True)
        ),
        batch_size=BATCH,
    )


def _page(parent: CommunitiesPage, community: Community) -> CommunityPage:
    return CommunityPage(
        title=community.name_en,
        slug=community.slug,
        community=community,
        locale=parent.locale,
        translation_key=community.public_id,
        live=True,
    )
