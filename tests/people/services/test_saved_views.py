"""Filtered lists under names: whose they are, who sees them, and what following them means."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from people import access
from people.choices import SavedList
from people.models import Community, SavedView, SavedViewFollow, User
from people.services import memberships, saved_views
from people.services.saved_views import TooManyViews, canonical
from tests import world as worlds

pytestmark = pytest.mark.django_db


def save(owner: User, name: str = "Repair", **fields: Any) -> SavedView:
    given: dict[str, Any] = {"to": SavedList.CATALOGUE, "query": "kind=wiki", "follow": False, **fields}
    return saved_views.keep(owner=User.objects.get(pk=owner.pk), name=name, **given)


def seen(user: User) -> list[str]:
    viewer = access.viewer_of(User.objects.get(pk=user.pk))
    return [view.name for view in SavedView.objects.visible_to(viewer).for_listing(viewer)]


class TestCanonical:
    @pytest.mark.parametrize(
        ("asked", "kept"),
        [
            ("page=3&kind=wiki", "kind=wiki"),
            ("q=&kind=wiki&kind=blog", "kind=wiki&kind=blog"),
            ("sort=used&community=a", "community=a&sort=used"),
            ("q=קו+ישר", "q=%D7%A7%D7%95+%D7%99%D7%A9%D7%A8"),
            ("", ""),
        ],
    )
    def test_what_is_kept(self, asked: str, kept: str) -> None:
        assert canonical(asked) == kept

    def test_an_endless_address_is_cut(self) -> None:
        assert len(canonical("q=" + "a" * 100_000)) <= saved_views.LONGEST


class TestSave:
    def test_the_same_name_replaces(self, world: worlds.World) -> None:
        save(world.employee)
        view = save(world.employee, query="kind=blog&page=2")
        assert SavedView.objects.get() == view
        assert view.get_absolute_url() == "/catalogue/?kind=blog"

    def test_with_a_community_of_others_it_is_refused(self, world: worlds.World) -> None:
        for place in (world.closed, world.classified):
            with pytest.raises(PermissionDenied):
                save(world.employee, community=place)
        assert not SavedView.objects.exists()

    def test_so_many_and_no_more(self, world: worlds.World, monkeypatch: Any) -> None:
        monkeypatch.setattr(saved_views, "MOST", 2)
        save(world.employee, "one")
        save(world.employee, "two")
        save(world.employee, "two", query="kind=blog")
        with pytest.raises(TooManyViews):
            save(world.employee, "three")


class TestSharing:
    def test_members_see_it_and_nobody_else(self, world: worlds.World) -> None:
        save(world.lead, community=world.closed)
        assert seen(world.member) == ["Repair"]
        assert seen(world.employee) == []
        assert seen(world.curator) == []

    def test_whoever_leaves_sees_it_no_more_and_is_told_no_more(self, world: worlds.World) -> None:
        view = save(world.lead, community=world.closed)
        saved_views.begin_following(view=view, user=User.objects.get(pk=world.member.pk))
        saved_views.share(view=view, community=None, by=User.objects.get(pk=world.lead.pk))
        assert seen(world.member) == []
        assert not SavedViewFollow.objects.exists()
        with pytest.raises(PermissionDenied):
            saved_views.begin_following(view=view, user=User.objects.get(pk=world.member.pk))

    def test_a_lead_takes_anothers_out_of_the_community(self, world: worlds.World) -> None:
        memberships.join(user=world.employee, community=world.open)
        view = save(world.employee, community=Community.objects.get(pk=world.open.pk))
        with pytest.raises(PermissionDenied):
            saved_views.remove(view=view, by=User.objects.get(pk=world.member.pk))
        saved_views.remove(view=view, by=User.objects.get(pk=world.lead.pk))
        view.refresh_from_db()
        assert view.community is None
        saved_views.remove(view=view, by=world.employee)
        assert not SavedView.objects.exists()


class TestFollowing:
    def test_twice_is_once(self, world: worlds.World) -> None:
        view = save(world.employee, follow=True)
        saved_views.begin_following(view=view, user=world.employee)
        assert SavedViewFollow.objects.count() == 1
        saved_views.stop_following(view=view, user=world.employee)
        saved_views.stop_following(view=view, user=world.employee)
        assert SavedViewFollow.objects.count() == 0


class TestKeptForAnotherCommunity:
    def test_the_old_communitys_members_follow_it_no_longer(self, world: worlds.World) -> None:
        """However a view changes communities, by `keep` as by `share`."""
        view = save(world.lead, community=world.open, follow=True)
        saved_views.begin_following(view=view, user=User.objects.get(pk=world.member.pk))
        save(world.lead, community=world.open)
        assert view.follows.count() == 2
        save(world.lead, community=world.closed)
        assert [follow.user for follow in view.follows.all()] == [world.lead]
