"""Filtered lists under names: kept, shared with a community, followed."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import QueryDict

from core import clock
from people import access
from people.choices import SavedList
from people.models import Community, SavedView, SavedViewFollow, User

# What of an address is not part of the view.
PASSING = ("page", "csrfmiddlewaretoken")
LONGEST = 2000
MOST = 100


class TooManyViews(Exception):
    """Somebody keeps as many views as anybody may."""


class NameTaken(Exception):
    """The owner has another view of that name on the same list."""


def canonical(query: str) -> str:
    """The filters of an address in one order, without empty ones and without the page; cut where it is endless."""
    asked = QueryDict(query[:LONGEST], mutable=True)
    for name in PASSING:
        asked.pop(name, None)
    kept = QueryDict(mutable=True)
    for name in sorted(asked):
        kept.setlist(name, [value for value in asked.getlist(name) if value])
    return kept.urlencode()[:LONGEST]


@transaction.atomic
def keep(
    *, owner: User, name: str, to: SavedList, query: str, community: Community | None = None, follow: bool
) -> SavedView:
    """Keep a filtered list; one of the same name on the same list is replaced.

    Raises PermissionDenied where the community is not one of the owner's own, and TooManyViews.
    """
    _require_member(owner, community)
    if owner.saved_views.count() >= MOST and not owner.saved_views.filter(list=to, name=name).exists():
        raise TooManyViews
    before = owner.saved_views.filter(list=to, name=name).first()
    if before is not None:
        _end_follows_of_others(before, community)
    view, _new = SavedView.objects.update_or_create(
        owner=owner, list=to, name=name, defaults={"query": canonical(query), "community": community}
    )
    if follow:
        begin_following(view=view, user=owner)
    return view


@transaction.atomic
def change(*, view: SavedView, name: str, query: str, by: User) -> None:
    """Give it another name or other filters; who follows it goes on. Raises NameTaken."""
    _require_owner(view, by)
    view.name, view.query = name, canonical(query)
    try:
        with transaction.atomic():
            view.save(update_fields=["name", "query"])
    except IntegrityError as error:
        raise NameTaken from error


@transaction.atomic
def share(*, view: SavedView, community: Community | None, by: User) -> None:
    """With a community of the owner's, or with nobody any more; then only the owner goes on following it."""
    _require_owner(view, by)
    _require_member(by, community)
    _end_follows_of_others(view, community)
    view.community = community
    view.save(update_fields=["community"])


def begin_following(*, view: SavedView, user: User) -> None:
    """Tell the person of what is new in the view from now on."""
    if not SavedView.objects.visible_to(access.viewer_of(user)).filter(pk=view.pk).exists():
        raise PermissionDenied
    SavedViewFollow.objects.get_or_create(view=view, user=user, defaults={"told_at": clock.now()})


def stop_following(*, view: SavedView, user: User) -> None:
    SavedViewFollow.objects.filter(view=view, user=user).delete()


@transaction.atomic
def remove(*, view: SavedView, by: User) -> None:
    """The owner drops it; who leads the community it is shared with takes it out of there."""
    if view.owner_id != by.pk:
        if view.community is None or not access.manages(access.viewer_of(by), view.community):
            raise PermissionDenied
        view.follows.exclude(user=view.owner_id).delete()
        view.community = None
        view.save(update_fields=["community"])
        return
    view.delete()


def _end_follows_of_others(view: SavedView, community: Community | None) -> None:
    """The members of the community it was shared with so far follow it no longer, where it is another's from now on."""
    if view.community_id is not None and (community is None or community.pk != view.community_id):
        view.follows.exclude(user=view.owner_id).delete()


def _require_owner(view: SavedView, by: User) -> None:
    if view.owner_id != by.pk:
        raise PermissionDenied


def _require_member(owner: User, community: Community | None) -> None:
    if community is not None and community.pk not in access.viewer_of(owner).memberships:
        raise PermissionDenied
