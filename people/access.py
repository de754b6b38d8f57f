"""Who may see this? The one answer, for pages, lists, search, files, the API and the admin.

A *viewer* has keys, a protected thing has an audience of keys, and the thing is visible when the two sets meet. The
same rule is said twice here, as SQL (for lists, exact at any moment) and as keys (for the index and the changes feed);
a test compares them row by row.

    audience of an item = audience of its community ∩ its own
    open        as the community
    closed      the community's members
    classified  its own persons (authors, owner, whom a lead adds), and the community's leads

Keys: `everyone`, `employees`, `unit:…`, `user:…`, `role:closed-readers`, `community:…`, `lead:…`, `cleared:…`, and the
joined ones `community:…/user:…`, `community:…/unit:…`, `closed-readers/user:…`, `closed-readers/unit:…`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q

from core import clock
from people.choices import Access, CommunityState

EVERYONE = "everyone"
EMPLOYEES = "employees"
CLOSED_READERS = "role:closed-readers"
NOBODY = Q(pk__in=[])
ANYBODY = ~NOBODY

FileRule = Callable[["Viewer", type[Any]], Q]
_file_rules: list[FileRule] = []
AccessFollower = Callable[[Iterable[int]], None]
_followers: list[AccessFollower] = []


@dataclass(frozen=True)
class Viewer:
    """Somebody who asks to see things: a person, a client application acting for one, or a visitor."""

    user_id: int | None = None
    permissions: frozenset[str] = frozenset()
    units: tuple[int, ...] = ()
    memberships: frozenset[int] = frozenset()
    leads: frozenset[int] = frozenset()
    glass: tuple[tuple[int, datetime], ...] = ()
    languages: tuple[str, ...] = field(default=("en",), compare=False)

    @property
    def is_employee(self) -> bool:
        return self.user_id is not None

    @property
    def cleared(self) -> frozenset[int]:
        """Classified communities that the viewer has entered by break-glass and may still be in."""
        now = clock.now()
        return frozenset(community for community, until in self.glass if until > now)

    @property
    def keys(self) -> frozenset[str]:
        """Everything the viewer is, for meeting an audience."""
        if not self.is_employee:
            return frozenset({EVERYONE})
        persons = {f"user:{self.user_id}", *(f"unit:{unit}" for unit in self.units)}
        keys = {EVERYONE, EMPLOYEES, *persons}
        for community in self.memberships:
            keys.add(f"community:{community}")
            keys.update(f"community:{community}/{person}" for person in persons)
        keys.update(f"lead:{community}" for community in self.leads)
        keys.update(f"cleared:{community}" for community in self.cleared)
        if self.may("people.see_closed"):
            keys.add(CLOSED_READERS)
            keys.update(f"closed-readers/{person}" for person in persons)
        return frozenset(keys)

    def may(self, permission: str) -> bool:
        return permission in self.permissions

    def meets(self, audience: Iterable[str]) -> bool:
        return not self.keys.isdisjoint(audience)


VISITOR = Viewer()
# Nobody in particular: sees what every employee sees, and nothing else.
ANY_EMPLOYEE = Viewer(user_id=0, permissions=frozenset({"people.view_directory"}))


def anybody() -> Viewer:
    """Whoever comes to what is open: no more than this one sees may be told to all readers of an open thing."""
    return VISITOR if settings.PUBLIC_CONTENT else ANY_EMPLOYEE


def viewer_of(user: Any) -> Viewer:
    """The viewer that a user is; who left or is not signed in is a visitor.

    Worked out once and kept until the person's `access_version` moves.
    """
    if user is None or not user.is_authenticated or not user.is_active:
        return VISITOR
    known = user.__dict__.get("_viewer")
    if known is not None and known[0] == user.access_version:
        return known[1]
    key = f"viewer:{user.pk}:{user.access_version}"
    viewer = cache.get(key)
    if viewer is None:
        viewer = _work_out(user)
        cache.set(key, viewer, 3600)
    user.__dict__["_viewer"] = (user.access_version, viewer)
    return viewer


def _work_out(user: Any) -> Viewer:
    memberships = list(
        _model("Membership").objects.active().filter(user=user).values_list("community_id", "role")
    )
    glass = _model("BreakGlass").objects.filter(user=user, expires_at__gt=clock.now())
    return Viewer(
        user_id=user.pk,
        permissions=frozenset(user.get_all_permissions()),
        units=tuple(unit for unit in (user.enterprise_id, user.site_id, user.department_id) if unit),
        memberships=frozenset(community for community, _role in memberships),
        leads=frozenset(community for community, role in memberships if role == "lead"),
        glass=tuple(glass.values_list("community_id", "expires_at")),
        languages=tuple(dict.fromkeys([user.preferred_language, *user.reading_languages])),
    )


def forget(*user_ids: int) -> None:
    """What these people may see or do has changed: every cache of it falls with this transaction."""
    _model("User").objects.filter(pk__in=user_ids).update(access_version=F("access_version") + 1)
    for follower in _followers:
        follower(user_ids)


def follow(follower: AccessFollower) -> None:
    """Call `follower` with the ids of people, within the transaction in which what they may see or do changes."""
    if follower not in _followers:
        _followers.append(follower)


def require(user: Any, permission: str) -> Viewer:
    """The user's viewer, if they have the permission; raises PermissionDenied."""
    viewer = viewer_of(user)
    if not viewer.may(permission):
        raise PermissionDenied(permission)
    return viewer


def communities(viewer: Viewer) -> Q:
    """Communities that the viewer may know to exist."""
    if not viewer.is_employee:
        return Q(access=Access.OPEN, state=CommunityState.ACTIVE) if settings.PUBLIC_CONTENT else NOBODY
    standing = Q(state__in=[CommunityState.ACTIVE, CommunityState.ARCHIVED])
    known = Q(access__in=[Access.OPEN, Access.CLOSED]) | _member(viewer, "") | _cleared(viewer, "")
    proposals = Q(proposed_by=viewer.user_id)
    if viewer.may("people.confirm_community"):
        proposals |= Q(access__in=[Access.OPEN, Access.CLOSED]) | _cleared(viewer, "")
    return (standing & known) | (~standing & proposals)


def inside(viewer: Viewer, community: str = "community__") -> Q:
    """Rows whose community's ordinary items the viewer may read; `community` is the path to it and its underscores."""
    state = Q(**{f"{community}state__in": [CommunityState.ACTIVE, CommunityState.ARCHIVED]})
    if not viewer.is_employee:
        return state & Q(**{f"{community}access": Access.OPEN}) if settings.PUBLIC_CONTENT else NOBODY
    readable = (
        Q(**{f"{community}access": Access.OPEN}) | _member(viewer, community) | _cleared(viewer, community)
    )
    if viewer.may("people.see_closed"):
        readable |= Q(**{f"{community}access": Access.CLOSED})
    return state & readable


def items(viewer: Viewer, persons: Q, item: str = "") -> Q:
    """Items that the viewer may see. `persons` matches the classified ones that name the viewer; `item` is the path.

    An item has `community` and `access`.
    """
    community = f"{item}community__"
    own = Q(**{f"{item}access": Access.OPEN})
    if viewer.is_employee:
        closed = _member(viewer, community) | _cleared(viewer, community)
        if viewer.may("people.see_closed"):
            closed |= ~Q(**{f"{community}access": Access.CLASSIFIED})
        own |= Q(**{f"{item}access": Access.CLOSED}) & closed
        named = persons | _lead(viewer, community) | _cleared(viewer, community)
        own |= Q(**{f"{item}access": Access.CLASSIFIED}) & named
    return inside(viewer, community) & own


def community_audience(community: Any) -> list[str]:
    """The keys of those who may read a community's ordinary items."""
    if community.state not in (CommunityState.ACTIVE, CommunityState.ARCHIVED):
        return []
    if community.access == Access.OPEN:
        return [EVERYONE if settings.PUBLIC_CONTENT else EMPLOYEES]
    own = [f"community:{community.pk}", f"cleared:{community.pk}"]
    return [*own, CLOSED_READERS] if community.access == Access.CLOSED else own


def teaser_audience(community: Any) -> list[str]:
    """The keys of those who may know that a community exists."""
    if community.access == Access.CLOSED and community_audience(community):
        return [EMPLOYEES]
    return community_audience(community)


def item_audience(
    community: Any, access: str, *, users: Iterable[int] = (), units: Iterable[int] = ()
) -> list[str]:
    """The keys of those who may see an item; `users` and `units` count where it is classified."""
    around = community_audience(community)
    if access == Access.OPEN or not around:
        return around
    own = [f"community:{community.pk}", f"cleared:{community.pk}"]
    if access == Access.CLOSED:
        return own if community.access == Access.CLASSIFIED else [*own, CLOSED_READERS]
    persons = [*(f"user:{user}" for user in users), *(f"unit:{unit}" for unit in units)]
    if community.access != Access.OPEN:
        ways = [f"community:{community.pk}"]
        if community.access == Access.CLOSED:
            ways.append("closed-readers")
        persons = [f"{way}/{person}" for way in ways for person in persons]
    return [f"lead:{community.pk}", f"cleared:{community.pk}", *persons]


def managed_communities(viewer: Viewer) -> Q:
    """Communities whose members, invitations and texts the viewer may manage."""
    if not viewer.is_employee:
        return NOBODY
    managed = _lead(viewer, "")
    if viewer.may("people.manage_any_community"):
        managed |= Q(access__in=[Access.OPEN, Access.CLOSED]) | _cleared(viewer, "")
    return Q(state__in=[CommunityState.ACTIVE, CommunityState.ARCHIVED]) & managed


def manages(viewer: Viewer, community: Any) -> bool:
    """Whether the viewer may manage this community: what `managed_communities` says, of a row at hand, for showing.

    Services ask the database again.
    """
    if community.state not in (CommunityState.ACTIVE, CommunityState.ARCHIVED):
        return False
    if community.pk in viewer.leads:
        return True
    reachable = community.access != Access.CLASSIFIED or community.pk in viewer.cleared
    return viewer.may("people.manage_any_community") and reachable


def is_inside(viewer: Viewer, community: Any) -> bool:
    """Whether the viewer may read this community's ordinary items: what `inside` says, of a row at hand."""
    return viewer.meets(community_audience(community))


def register_file_rule(rule: FileRule) -> None:
    """Let an app open files of classified collections to those who may see the item they belong to."""
    _file_rules.append(rule)


def files(viewer: Viewer, model: type[Any]) -> Q:
    """Pictures or documents that the viewer may fetch.

    Every community collection at or above the file's own has to let the viewer in, so that a folder made inside a
    restricted one is as restricted; files outside community collections are for employees.
    """
    if not viewer.is_employee and not settings.PUBLIC_CONTENT:
        return NOBODY
    above = _collections_above()
    letting_in = _model("CommunityCollection").objects.filter(items(viewer, NOBODY))
    allowed = ~Exists(above.exclude(pk__in=letting_in.values("pk")))
    if not viewer.is_employee:
        return allowed & Exists(above)
    query = Q(allowed)
    for rule in _file_rules:
        query |= rule(viewer, model)
    return query


def _collections_above() -> Any:
    """Community collections that hold the outer file, directly or some levels up."""
    path_of_file = ExpressionWrapper(OuterRef("collection__path"), output_field=CharField())
    collections = _model("CommunityCollection").objects.annotate(path_of_file=path_of_file)
    return collections.filter(path_of_file__startswith=F("collection__path"))


def _model(name: str) -> Any:
    return apps.get_model("people", name)


def _member(viewer: Viewer, community: str) -> Q:
    rows = _model("Membership").objects.active().filter(user=viewer.user_id)
    return Q(**{f"{community}pk__in": rows.values("community_id")})


def _lead(viewer: Viewer, community: str) -> Q:
    rows = _model("Membership").objects.leads().filter(user=viewer.user_id)
    return Q(**{f"{community}pk__in": rows.values("community_id")})


def _cleared(viewer: Viewer, community: str) -> Q:
    if not viewer.glass:
        return NOBODY if not community else Q(**{f"{community}pk__in": []})
    return Q(**{f"{community}pk__in": viewer.cleared})
