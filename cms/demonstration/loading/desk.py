"""What the leads of communities have arranged, and what waits for them."""

from __future__ import annotations

from typing import Any

import yaml
from django.db import transaction

from cms.demonstration import source
from knowledge.models import Entry
from knowledge.services import pins
from people.models import Community, MembershipRule, Unit, User
from people.services import communities, invitations, membership_rules, memberships

FILE = "leads.yaml"


@transaction.atomic
def load() -> None:
    """Once: what people do with it afterwards stays."""
    if MembershipRule.objects.exists():
        return
    wanted = yaml.safe_load((source.CONTENT / FILE).read_text(encoding="utf-8"))
    community = Community.objects.filter(slug=wanted["community"]).first()
    if community is None:
        return
    lead = User.objects.get(email="lead@aurora.example")
    _arrange(community, lead, wanted)
    _ask(lead, wanted["asking"])


def _arrange(community: Community, lead: User, wanted: dict[str, Any]) -> None:
    community.greeting = wanted["greeting"]
    community.save(update_fields=["greeting"])
    communities.arrange_sections(community=community, by=lead, order=[], hidden=wanted["hidden_sections"])
    entries = {entry.slug: entry for entry in Entry.objects.published().filter(slug__in=wanted["pins"])}
    for slug in wanted["pins"]:
        if slug in entries:
            pins.pin(entry=entries[slug], by=lead)
    unit = Unit.objects.get(slug=wanted["rule"])
    membership_rules.make(community=community, by=lead, draft=membership_rules.RuleDraft(unit))
    membership_rules.settle(community.pk)


def _ask(lead: User, wanted: dict[str, Any]) -> None:
    """People who ask to join a closed community that the same person leads too, and one who is invited."""
    community = Community.objects.filter(slug=wanted["community"]).first()
    if community is None:
        return
    memberships.make_lead(user=lead, community=community, by=None)
    lead = User.objects.get(pk=lead.pk)
    for asking in wanted["people"]:
        user = User.objects.filter(email=asking["email"]).first()
        if user is not None:
            memberships.join(user=user, community=community, message=asking["message"])
    invitations.invite(community=community, by=lead, email=wanted["invited"])
