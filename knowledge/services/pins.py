"""What the leads of a community keep on top of its overview. The community's row is locked while places change."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import audit, clock
from knowledge.models import Entry, Pin
from people import access
from people.choices import CommunityState
from people.models import Community, User
from people.services import memberships

MOST = 6


class PinRefused(Exception):
    """The step is not possible; the message says why, to the person."""


@transaction.atomic
def pin(*, entry: Entry, by: User) -> Pin:
    """Put an entry at the end of its community's pins. Doing it twice changes nothing."""
    community = _locked(entry, by)
    if community.state != CommunityState.ACTIVE:
        raise PinRefused(_("The community is archived: nothing is pinned in it."))
    if not Entry.objects.visible_to(access.viewer_of(by)).filter(pk=entry.pk).exists():
        raise PermissionDenied
    stored = Entry.objects.get(pk=entry.pk)
    if stored.published_at is None or stored.community_id != community.pk:
        raise PinRefused(_("Only published entries of the community can be pinned."))
    pins = list(Pin.objects.filter(community=community))
    known = next((each for each in pins if each.entry_id == entry.pk), None)
    if known is not None:
        return known
    if len(pins) >= MOST:
        raise PinRefused(_("At most %(number)d entries are pinned: take one down first.") % {"number": MOST})
    place = max((each.place for each in pins), default=0) + 1
    made = Pin.objects.create(
        community=community, entry=stored, place=place, pinned_by=by, pinned_at=clock.now()
    )
    audit.log("entry.pinned", actor=by, target=stored, community=str(community.public_id))
    return made


@transaction.atomic
def take_down(*, entry: Entry, by: User) -> None:
    """Unpin an entry; one that is not pinned stays so."""
    community = _locked(entry, by)
    gone, _by_kind = Pin.objects.filter(community=community, entry=entry).delete()
    if gone:
        audit.log("entry.unpinned", actor=by, target=entry, community=str(community.public_id))


@transaction.atomic
def move(*, entry: Entry, by: User, up: bool) -> None:
    """Change places with the next pin above or below that is shown to the person; at the end nothing changes."""
    community = _locked(entry, by)
    pins = list(Pin.objects.filter(community=community).visible_to(access.viewer_of(by)))
    at = next((place for place, each in enumerate(pins) if each.entry_id == entry.pk), None)
    if at is None:
        return
    other = at - 1 if up else at + 1
    if 0 <= other < len(pins):
        pins[at].place, pins[other].place = pins[other].place, pins[at].place
        Pin.objects.bulk_update([pins[at], pins[other]], ["place"])


def drop(entry: Entry) -> None:
    """It was withdrawn, or stands in another community now."""
    Pin.objects.filter(entry=entry).delete()


def _locked(entry: Entry, by: User) -> Community:
    community = Community.objects.select_for_update().get(pk=entry.community_id)
    memberships.require_management(by, community)
    return community
