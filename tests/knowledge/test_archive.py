"""What archived means: it can be read and found, and nothing comes to it any more."""

from typing import Any

import pytest

from knowledge.models import CommunityPage
from people.models import MembershipRule, User
from people.services import communities, invitations, membership_rules, memberships
from people.services.invitations import InvitationUnusable
from people.services.membership_rules import RuleDraft, RuleRefused
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def secret(world: World) -> str:
    """Of an invitation made before the open community was archived."""
    lead = User.objects.get(pk=world.lead.pk)
    _invitation, secret = invitations.invite(community=world.open, by=lead, uses=5)
    communities.archive(community=world.open, by=lead)
    return secret


class TestArchived:
    def test_nobody_comes_by_any_way(self, world: World, secret: str) -> None:
        lead = User.objects.get(pk=world.lead.pk)
        with pytest.raises(memberships.NotOpenForMembers):
            memberships.join(user=world.employee, community=world.open)
        with pytest.raises(InvitationUnusable):
            invitations.accept(secret=secret, user=world.employee)
        with pytest.raises(RuleRefused):
            membership_rules.make(community=world.open, by=lead, draft=RuleDraft(world.enterprise))
        assert not MembershipRule.objects.exists()

    def test_an_invitation_says_so_before_it_is_pressed(
        self, world: World, secret: str, sign_in: Any
    ) -> None:
        answer = sign_in(world.employee).get(f"/invitations/{secret}/")
        assert answer.status_code == 410
        assert "takes no new members" in answer.content.decode()

    def test_is_read_with_a_banner_and_found_by_the_filter(
        self, world: World, secret: str, sign_in: Any
    ) -> None:
        client = sign_in(world.employee)
        html = client.get("/communities/workshop/").content.decode()
        assert "This community is archived" in html
        assert "Title of workshop-open" in html
        assert "/communities/workshop/join/" not in html
        listed = "/communities/workshop/"
        assert listed not in client.get("/communities/").content.decode()
        assert listed in client.get("/communities/?state=archived").content.decode()

    def test_nothing_new_is_written_in_it(self, world: World, secret: str) -> None:
        page = CommunityPage.objects.get(community=world.open, locale__language_code="en")

        def may_add() -> bool:
            return page.permissions_for_user(User.objects.get(pk=world.curator.pk)).can_add_subpage()

        assert not may_add()
        communities.reopen(community=world.open, by=User.objects.get(pk=world.lead.pk))
        assert may_add()
