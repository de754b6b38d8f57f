"""The communities with their leads and members."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db import transaction

from cms.demonstration import source
from cms.demonstration.loading.shift import Shift
from people.models import Community, Competence, Membership, MembershipChange, User
from people.services import communities, memberships

FOUNDED: Final = dt.date(2025, 3, 10)


def load(
    demonstration: source.Demonstration,
    *,
    people: dict[str, User],
    competences: dict[str, Competence],
    shift: Shift,
) -> dict[str, Community]:
    """The communities by their id in the content; one that is there already stays as it is."""
    loaded = {community.slug: community for community in Community.objects.all()}
    for community in demonstration.communities:
        if community.id not in loaded:
            loaded[community.id] = _found(community, people=people, shift=shift)
    for top in demonstration.competences:
        if top.community and competences[top.id].community_id is None:
            competences[top.id].community = loaded[top.community]
            competences[top.id].save(update_fields=["community"])
    return loaded


@transaction.atomic
def _found(community: source.Community, *, people: dict[str, User], shift: Shift) -> Community:
    founded = communities.found(
        slug=community.id,
        draft=communities.CommunityDraft(
            names=dict(community.names),
            description=dict(community.descriptions),
            rules={language: "\n".join(lines) for language, lines in community.rules.items()},
            access=community.access,
            cover_pattern=community.cover,
            accent=community.accent,
        ),
        leads=[people[lead] for lead in community.leads],
    )
    for member in community.members:
        memberships.admit(user=people[member], community=founded, by=None)
    founded_at = shift.moment(FOUNDED, zone="Europe/London", hour=10)
    Community.objects.filter(pk=founded.pk).update(created_at=founded_at)
    _spread_out(founded, since=founded_at)
    founded.refresh_from_db()
    return founded


def _spread_out(community: Community, *, since: dt.datetime) -> None:
    """Leads were there from the first day, the others came one after another."""
    rows = list(Membership.objects.filter(community=community).order_by("-role", "pk"))
    rows.sort(key=lambda row: row.role != "lead")
    leads = sum(row.role == "lead" for row in rows)
    for index, row in enumerate(rows):
        row.since = since + dt.timedelta(days=9 * max(0, index - leads + 1))
    Membership.objects.bulk_update(rows, ["since"])
    came = dict(Membership.objects.filter(community=community).values_list("user_id", "since"))
    changes = list(MembershipChange.objects.filter(community=community))
    for change in changes:
        change.at = came[change.user_id]
    MembershipChange.objects.bulk_update(changes, ["at"])
