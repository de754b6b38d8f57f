from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from core import clock
from core.models import AuditEntry
from knowledge.models import Entry
from people import access
from people.choices import Access
from people.models import BreakGlass, Community, User
from people.services import break_glass, communities
from people.services.break_glass import NothingToEnter, ReasonNeeded
from people.services.communities import CommunityDraft
from tests.world import World

REASON = "A works council asked for the minutes."


def viewer(user: User) -> access.Viewer:
    return access.viewer_of(User.objects.get(pk=user.pk))


class TestEnter:
    def test_lets_in_for_an_hour_on_record_and_tells_the_leads(
        self, world: World, django_capture_on_commit_callbacks: Callable[..., Any]
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            break_glass.enter(user=world.moderator, community=world.classified, reason=REASON)
        inside = Entry.objects.visible_to(viewer(world.moderator)).filter(community=world.classified)
        assert inside.count() == 3
        record = AuditEntry.objects.get(action="community.glass_broken")
        assert (record.actor, record.reason) == (world.moderator, REASON)
        (letter,) = mail.outbox
        assert letter.to == ["lead@example.org"]
        assert REASON in letter.body
        assert "Mona Moderator" in letter.body
        BreakGlass.objects.update(expires_at=clock.now() - timedelta(seconds=1))
        access.forget(world.moderator.pk)
        assert (
            not Entry.objects.visible_to(viewer(world.moderator)).filter(community=world.classified).exists()
        )

    def test_needs_a_reason_that_can_be_judged(self, world: World) -> None:
        with pytest.raises(ReasonNeeded):
            break_glass.enter(user=world.moderator, community=world.classified, reason="because" + " " * 30)
        assert not BreakGlass.objects.exists()

    @pytest.mark.parametrize("who", ["employee", "expert", "curator", "member"])
    def test_is_for_moderators(self, world: World, who: str) -> None:
        with pytest.raises(PermissionDenied):
            break_glass.enter(user=world.people[who], community=world.classified, reason=REASON)

    def test_only_what_is_classified(self, world: World) -> None:
        with pytest.raises(NothingToEnter):
            break_glass.enter(user=world.moderator, community=world.closed, reason=REASON)

    def test_is_how_a_classified_proposal_gets_confirmed(self, world: World) -> None:
        draft = CommunityDraft(names={"en": "Merger"}, description={"en": "Plans"}, access=Access.CLASSIFIED)
        community = communities.propose(author=world.expert, draft=draft)
        break_glass.enter(user=world.moderator, community=community, reason=REASON)
        communities.confirm(community=community, by=User.objects.get(pk=world.moderator.pk))
        assert Community.objects.get(pk=community.pk).state == "active"
        assert not Community.objects.visible_to(viewer(world.curator)).filter(pk=community.pk).exists()
