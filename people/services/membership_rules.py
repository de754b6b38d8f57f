"""Rules by which a community's members follow the organisation: made by leads, kept true by the system.

A rule adds whoever fits it and is not in the community yet, and takes away whom it brought and who fits no rule any
more. It lets those be who came or went by somebody's decision: a member who joined, was added or leads stays; who left
by themselves or was removed is not brought back.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core import audit, clock
from people import access
from people.choices import Coming, CommunityState, Ending, MembershipRole, MembershipState
from people.models import Community, Competence, Membership, MembershipRule, Unit, User
from people.rule_tasks import settle_community, settle_person
from people.services import memberships, memberships_in_bulk
from people.services.memberships_in_bulk import BATCH

SAMPLE = 8
MOST = 30


class RuleRefused(Exception):
    """The rule cannot be made; the message says why, to the person."""


@dataclass(frozen=True)
class RuleDraft:
    unit: Unit
    with_units_below: bool = True
    competence: Competence | None = None


@dataclass(frozen=True)
class Preview:
    """Who would come and go by a step: how many, and some of them by name."""

    coming: int
    going: int
    coming_sample: list[User]
    going_sample: list[User]


@dataclass(frozen=True)
class Settled:
    came: int
    went: int


@transaction.atomic
def make(*, community: Community, by: User, draft: RuleDraft) -> MembershipRule:
    """A lead makes a rule; the people it names are members soon after."""
    memberships.require_management(by, community)
    community = Community.objects.select_for_update().get(pk=community.pk)
    if community.state != CommunityState.ACTIVE:
        raise RuleRefused(_("This community takes no new members at present."))
    if community.membership_rules.count() >= MOST:
        raise RuleRefused(_("A community has at most %(number)d rules.") % {"number": MOST})
    try:
        with transaction.atomic():
            rule = MembershipRule.objects.create(
                community=community,
                unit=draft.unit,
                with_units_below=draft.with_units_below,
                competence=draft.competence,
                made_by=by,
                made_at=clock.now(),
            )
    except IntegrityError as error:
        raise RuleRefused(_("There is such a rule already.")) from error
    _log("membership_rule.made", rule, by)
    settle_community.enqueue(community.pk)
    return rule


@transaction.atomic
def remove(*, rule: MembershipRule, by: User) -> None:
    """A lead ends a rule: whom it brought goes, unless another rule names them too."""
    memberships.require_management(by, rule.community)
    Community.objects.select_for_update().get(pk=rule.community_id)
    stored = MembershipRule.objects.filter(pk=rule.pk).select_related("unit", "competence").first()
    if stored is None:
        return
    _log("membership_rule.removed", stored, by)
    stored.delete()
    settle_community.enqueue(rule.community_id)


def preview(community: Community, viewer: access.Viewer, draft: RuleDraft) -> Preview:
    """What making the rule would change. Names are those that the viewer finds in the directory."""
    made = [fitting(draft.unit, draft.with_units_below, draft.competence)]
    return _preview(community, viewer, _in_rules(community) | made[0])


def preview_without(rule: MembershipRule, viewer: access.Viewer) -> Preview:
    """What ending the rule would change."""
    return _preview(rule.community, viewer, _in_rules(rule.community, but=rule))


def follow_person(user: User) -> None:
    """Somebody's place, competences or state are others: rules see to it once that is saved."""
    if MembershipRule.objects.exists():
        settle_person.enqueue(user.pk)


def follow_reopening(community: Community) -> None:
    """While it was archived its rules rested."""
    if community.membership_rules.exists():
        settle_community.enqueue(community.pk)


def follow_organisation() -> None:
    """Units or competences stand elsewhere in their tree: all rules are looked through."""
    for community_id in _ruled():
        settle_community.enqueue(community_id)


def settle(community_id: int) -> Settled:
    """Bring a community's members in line with its rules, a thousand people a transaction.

    Cut off half way, it is gone on with by doing it again: each transaction looks anew at who is still to come or go.
    """
    came = went = 0
    while step := _settle_some(community_id, None):
        came, went = came + step.came, went + step.went
    return Settled(came, went)


def settle_person_everywhere(user_id: int) -> None:
    """The same for one person in all communities that have rules, or brought them in by one."""
    brought = Membership.objects.active().filter(user=user_id, came_by=Coming.RULE)
    communities = {*_ruled(), *brought.values_list("community_id", flat=True)}
    for community_id in sorted(communities):
        _settle_some(community_id, user_id)


def settle_all() -> None:
    """The nightly look: whatever changed behind the services' backs is put right, a job a community."""
    brought = Membership.objects.active().filter(came_by=Coming.RULE).values("community_id")
    rows = Community.objects.active().filter(Q(pk__in=brought) | Q(membership_rules__isnull=False))
    for community_id in rows.distinct().order_by("pk").values_list("pk", flat=True):
        settle_community.enqueue(community_id)


def fitting(unit: Unit, with_units_below: bool, competence: Competence | None) -> QuerySet[User]:
    """People whom a rule names. Only vetted competences count: skills are what people say of themselves."""
    people = User.objects.active()
    people = people.below_unit(unit.path) if with_units_below else people.of_unit(unit.pk)
    return people.vetted_below(competence.path) if competence else people


@transaction.atomic
def _settle_some(community_id: int, user_id: int | None) -> Settled | None:
    community = Community.objects.select_for_update().filter(pk=community_id).first()
    if community is None or community.state != CommunityState.ACTIVE:
        return None
    wanted = _in_rules(community)
    coming, going = _coming(community, wanted), _going(community, wanted)
    if user_id is not None:
        coming, going = coming.filter(pk=user_id), going.filter(pk=user_id)
    to_come = list(coming.order_by("pk").values_list("pk", flat=True)[:BATCH])
    to_go = list(going.order_by("pk").values_list("pk", flat=True)[:BATCH])
    if not to_come and not to_go:
        return None
    memberships_in_bulk.admit(community=community, user_ids=to_come, by=None, came_by=Coming.RULE)
    memberships_in_bulk.end(community=community, user_ids=to_go, by=None, ended_by=Ending.RULE)
    return Settled(len(to_come), len(to_go))


def _in_rules(community: Community, *, but: MembershipRule | None = None) -> QuerySet[User]:
    """Whom the community's rules name, in one statement whatever their number."""
    wanted = User.objects.none()
    rules = community.membership_rules.select_related("unit", "competence").order_by("pk")
    for rule in rules if but is None else rules.exclude(pk=but.pk):
        wanted = wanted | fitting(rule.unit, rule.with_units_below, rule.competence)
    return wanted


def _coming(community: Community, wanted: QuerySet[User]) -> QuerySet[User]:
    """Who is named and may be brought in: nobody who is in, nor whom somebody's decision keeps out."""
    kept = Membership.objects.filter(community=community).exclude(
        Q(state=MembershipState.REQUESTED, ended_by="") | Q(state=MembershipState.ENDED, ended_by=Ending.RULE)
    )
    return wanted.exclude(pk__in=kept.values("user_id"))


def _going(community: Community, wanted: QuerySet[User]) -> QuerySet[User]:
    """Whom a rule brought and no rule names any more."""
    brought = Membership.objects.active().filter(
        community=community, came_by=Coming.RULE, role=MembershipRole.MEMBER
    )
    return User.objects.filter(pk__in=brought.values("user_id")).exclude(pk__in=wanted.values("pk"))


def _preview(community: Community, viewer: access.Viewer, wanted: QuerySet[User]) -> Preview:
    known = User.objects.visible_to(viewer).values("pk")
    coming, going = _coming(community, wanted), _going(community, wanted)

    def sample(people: QuerySet[User]) -> list[User]:
        return list(people.filter(pk__in=known).select_related("enterprise").order_by("name", "pk")[:SAMPLE])

    return Preview(coming.count(), going.count(), sample(coming), sample(going))


def _ruled() -> Iterable[int]:
    rows = MembershipRule.objects.in_force().order_by("community_id")
    return list(rows.values_list("community_id", flat=True).distinct())


def _log(action: str, rule: MembershipRule, by: User) -> None:
    audit.log(
        action,
        actor=by,
        target=rule.community,
        rule=str(rule.public_id),
        unit=str(rule.unit.public_id),
        with_units_below=rule.with_units_below,
        competence=rule.competence.slug if rule.competence else "",
    )
