"""Generated communities with their pages, collections and members."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Final

from django.db import transaction
from wagtail.models import Collection

from cms.demonstration.volume import page_rows
from cms.demonstration.volume.numbering import next_number
from cms.demonstration.volume.page_rows import NewPage
from cms.demonstration.volume.people import Person
from core import bulk_rows, clock, outbox
from knowledge.models import CommunitiesPage, CommunityPage
from people.choices import Access, CommunityState, CoverPattern, MembershipRole, MembershipState
from people.models import Community, CommunityCollection, Membership, MembershipChange
from people.search_sources import community_things

BATCH: Final = 1000
CIRCLES_A_PERSON: Final = 3
ACCENTS: Final = ("#0b6b6b", "#8a3b12", "#3b2a63", "#1d4ed8", "#17653a", "#7a4a00")


@transaction.atomic
def generate(count: int, *, members: Sequence[Person], random: Random) -> list[Community]:
    first = next_number(Community.objects.filter(slug__startswith="circle-"), "slug")
    communities = [_community(number, random) for number in range(first, first + count)]
    bulk_rows.insert(communities)
    _give_members(communities, members, random)
    _give_collections(communities)
    parents = list(CommunitiesPage.objects.values_list("pk", "locale_id"))
    page_rows.insert(
        [NewPage(pk, _page(locale, community)) for community in communities for pk, locale in parents]
    )
    outbox.record_new(thing for community in communities for thing in community_things(community))
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


def _give_members(communities: list[Community], members: Sequence[Person], random: Random) -> None:
    """The first of each community leads it."""
    now = clock.now()
    wanted = min(CIRCLES_A_PERSON, len(communities))
    for start in range(0, len(members), BATCH):
        rows = []
        for person in members[start : start + BATCH]:
            for community in random.sample(communities, wanted):
                role = MembershipRole.MEMBER if community.member_count else MembershipRole.LEAD
                community.member_count += 1
                rows.append(
                    Membership(
                        community_id=community.pk,
                        user_id=person.pk,
                        role=role,
                        state=MembershipState.ACTIVE,
                        since=now,
                    )
                )
        bulk_rows.append(rows)
        bulk_rows.append(
            MembershipChange(
                community_id=row.community_id, user_id=row.user_id, state=MembershipState.ACTIVE, at=now
            )
            for row in rows
        )
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


def _page(locale_id: int, community: Community) -> CommunityPage:
    return CommunityPage(
        title=community.name_en,
        slug=community.slug,
        community=community,
        locale_id=locale_id,
        translation_key=community.public_id,
        live=True,
    )
