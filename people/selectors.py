"""Reads across several models that lists of one model do not answer."""

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Substr

from people.access import Viewer
from people.choices import Access, MembershipState
from people.models import Community, Competence, User


def communities_to_join(user: User, viewer: Viewer) -> QuerySet[Any]:
    """Open communities that the person is no member of: those of their competences first, then where colleagues are.

    A community is near when one of its competences stands in the same branch of the tree as one of theirs.
    """
    branch = Substr("path", 1, Competence.steplen)
    own = Competence.objects.filter(Q(skilled_people=user) | Q(experts=user)).annotate(branch=branch)
    near = Competence.objects.annotate(branch=branch).filter(
        community=OuterRef("pk"), branch__in=own.values("branch")
    )
    colleagues = Q(
        memberships__state=MembershipState.ACTIVE, memberships__user__enterprise=user.enterprise_id
    )
    return (
        Community.objects.active()
        .visible_to(viewer)
        .filter(access=Access.OPEN)
        .exclude(pk__in=viewer.memberships)
        .annotate(
            is_near=Exists(near),
            colleague_count=Count("memberships", filter=colleagues if user.enterprise_id else Q(pk__in=[])),
        )
        .order_by(F("is_near").desc(), "-colleague_count", "-member_count", "pk")
    )
