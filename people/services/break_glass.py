from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import audit, clock
from people import access
from people.choices import Access
from people.models import BreakGlass, Community, User
from people.tasks import mail_glass_broken

HOURS = 1
SHORTEST_REASON = 20


class ReasonNeeded(Exception):
    """A classified community is entered only with a reason that others can judge."""


class NothingToEnter(Exception):
    """The community is not classified: whoever may see it sees it without breaking glass."""


@transaction.atomic
def enter(*, user: User, community: Community, reason: str) -> BreakGlass:
    """Let a moderator into a classified community for an hour, on record; its leads are told."""
    access.require(user, "people.break_glass")
    if community.access != Access.CLASSIFIED:
        raise NothingToEnter
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonNeeded(_("Give a reason of at least 20 characters: it goes on record."))
    glass = BreakGlass.objects.create(
        user=user, community=community, reason=reason.strip(), expires_at=clock.now() + timedelta(hours=HOURS)
    )
    audit.log("community.glass_broken", actor=user, target=community, reason=reason.strip())
    access.forget(user.pk)
    mail_glass_broken.enqueue(glass.pk)
    return glass
