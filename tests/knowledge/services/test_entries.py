"""An entry's life: what goes live, and where nothing new does."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from wagtail.models import Revision

from core import clock, scheduled_publishing
from knowledge.choices import BulkAction
from knowledge.models import EntryPage
from knowledge.services import curation
from knowledge.services.curation import Refusal, Refused
from people.models import User
from people.services import communities
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(world: World) -> EntryPage:
    """A page that was never published, in a community that is archived by now."""
    page: EntryPage = world.entries["draft"].pages.get().specific
    page.go_live_at = clock.now() + timedelta(minutes=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    communities.archive(community=world.open, by=User.objects.get(pk=world.lead.pk))
    found: EntryPage = EntryPage.objects.get(pk=page.pk).specific
    return found


class TestArchivedCommunity:
    def test_takes_nothing_new(self, draft: EntryPage) -> None:
        with pytest.raises(PermissionDenied):
            draft.save_revision().publish()
        assert not EntryPage.objects.get(pk=draft.pk).live

    def test_what_is_live_may_be_corrected(self, world: World, draft: EntryPage) -> None:
        page = world.entries["workshop-open"].pages.get().specific
        page.title = "Corrected"
        page.save_revision().publish()
        assert EntryPage.objects.get(pk=page.pk).title == "Corrected"

    def test_plans_fall_so_that_the_clock_does_not_try_for_ever(
        self, draft: EntryPage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
        later = clock.now() + timedelta(hours=1)
        monkeypatch.setattr(clock, "now", lambda: later)
        assert scheduled_publishing.run() == 0

    def test_a_bulk_change_says_why(self, world: World, draft: EntryPage) -> None:
        curator = User.objects.get(pk=world.curator.pk)
        with pytest.raises(Refused) as refused:
            curation.perform(
                action=BulkAction.PUBLISH, entry=world.entries["draft"], by=curator, arguments={}
            )
        assert refused.value.refusal == Refusal.COMMUNITY_ARCHIVED

    def test_takes_it_once_it_is_taken_up_again(self, world: World, draft: EntryPage) -> None:
        communities.reopen(community=draft.entry.community, by=User.objects.get(pk=world.lead.pk))
        found: Any = EntryPage.objects.get(pk=draft.pk).specific
        found.go_live_at = None
        found.save_revision().publish()
        assert EntryPage.objects.get(pk=draft.pk).live

    @pytest.mark.slow
    def test_the_admin_says_so_and_offers_no_button(
        self, world: World, draft: EntryPage, sign_in: Callable[[User | None], Client]
    ) -> None:
        html = sign_in(world.curator).get(f"/admin/pages/{draft.pk}/edit/").content.decode()
        assert "nothing new goes live there until it is taken up again" in html
        assert 'name="action-publish"' not in html
        live = world.entries["workshop-open"].pages.get()
        html = sign_in(world.curator).get(f"/admin/pages/{live.pk}/edit/").content.decode()
        assert "nothing new goes live" not in html
        assert 'name="action-publish"' in html
