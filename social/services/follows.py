"""What somebody wants to hear of, and what not. Doing any of it twice changes nothing."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet

from core import clock
from core.notifications import Pair
from core.subjects import subjects
from people import access
from people.models import User
from social.models import Follow, Mute

MOST = 1000


class TooManyFollowed(Exception):
    """Somebody follows as much as anybody may."""


def of(pairs: Iterable[Pair]) -> QuerySet[Follow]:
    """Who follows one of these subjects."""
    return Follow.objects.filter(
        reduce(or_, (Q(subject_kind=kind, subject_key=key) for kind, key in pairs), Q(pk__in=[]))
    )


@transaction.atomic
def follow(*, user: User, subject: Pair) -> None:
    """Hear of a subject from now on; it is not muted any more. Raises PermissionDenied and TooManyFollowed."""
    require_sight(user, subject)
    kind, key = subject
    own = Follow.objects.filter(user=user)
    if not own.filter(subject_kind=kind, subject_key=key).exists() and own.count() >= MOST:
        raise TooManyFollowed
    Mute.objects.filter(user=user, subject_kind=kind, subject_key=key).delete()
    Follow.objects.get_or_create(
        user=user, subject_kind=kind, subject_key=key, defaults={"since": clock.now()}
    )


def unfollow(*, user: User, subject: Pair) -> None:
    """Of what one may not see any more as well."""
    kind, key = subject
    Follow.objects.filter(user=user, subject_kind=kind, subject_key=key).delete()


@transaction.atomic
def mute(*, user: User, subject: Pair) -> None:
    """Hear nothing of a subject, whatever the reason. Raises PermissionDenied."""
    require_sight(user, subject)
    kind, key = subject
    Mute.objects.get_or_create(user=user, subject_kind=kind, subject_key=key, defaults={"since": clock.now()})


def unmute(*, user: User, subject: Pair) -> None:
    kind, key = subject
    Mute.objects.filter(user=user, subject_kind=kind, subject_key=key).delete()


def require_sight(user: User, subject: Pair) -> Any:
    """The subject's row; raises PermissionDenied where the person may not see it, or there is no such thing."""
    kind, key = subject
    row = subjects[kind].find(key, access.viewer_of(user)) if kind in subjects else None
    if row is None:
        raise PermissionDenied
    return row
