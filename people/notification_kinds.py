"""What people are told of communities: who asks to join, and what became of their own request."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.notifications import Cadence, NotificationKind, Occurrence, Words, kinds
from people.access import Viewer
from people.choices import CommunityState, MembershipState
from people.models import Community, Membership

REQUEST_MADE = "request_made"
REQUEST_DECIDED = "request_decided"


def request_key(membership: Membership) -> str:
    """The name of the event that somebody asks to join: of this request, not of one they made before."""
    return f"request:{membership.pk}:{membership.since.isoformat()}"


def _memberships(occurrences: Sequence[Occurrence]) -> dict[Any, Membership]:
    keys = [occurrence.data["membership"] for occurrence in occurrences]
    return Membership.objects.select_related("community", "user").in_bulk(keys)


def _requests(occurrences: Sequence[Occurrence], viewer: Viewer) -> list[Words | None]:
    """As long as they wait, to those who manage the community."""
    found = _memberships(occurrences)
    managed = set(
        Community.objects.managed_by(viewer)
        .filter(pk__in=[each.community_id for each in found.values()], state=CommunityState.ACTIVE)
        .values_list("pk", flat=True)
    )
    words: list[Words | None] = []
    for occurrence in occurrences:
        membership = found.get(occurrence.data["membership"])
        waits = (
            membership is not None
            and membership.state == MembershipState.REQUESTED
            and membership.user.is_active
            and request_key(membership) == occurrence.event.dedupe
            and membership.community_id in managed
        )
        words.append(_request(membership) if waits and membership is not None else None)
    return words


def _request(membership: Membership) -> Words:
    name, asker = membership.community.name, membership.user.name
    text = _("%(asker)s asks to become a member of the community “%(name)s”, which you lead.")
    text %= {"asker": asker, "name": name}
    if membership.message:
        text += " " + _("They write:") + "\n\n" + membership.message
    return Words(
        title=_("%(asker)s asks to join “%(name)s”") % {"asker": asker, "name": name},
        text=text,
        url=reverse("community_members", args=[membership.community.slug]),
        action=_("Let them in or decline here:"),
    )


def _decisions(occurrences: Sequence[Occurrence], viewer: Viewer) -> list[Words | None]:
    """To who asked, as long as it is as it was decided."""
    found = _memberships(occurrences)
    # The name of a community that has become classified since is not theirs to know.
    known = Community.objects.visible_to(viewer).filter(pk__in={each.community_id for each in found.values()})
    communities = set(known.values_list("pk", flat=True))
    words: list[Words | None] = []
    for occurrence in occurrences:
        membership = found.get(occurrence.data["membership"])
        is_member = occurrence.data["is_member"]
        stands = (
            membership is not None
            and membership.user_id == viewer.user_id
            and membership.community_id in communities
            and (membership.state == MembershipState.ACTIVE) == is_member
        )
        if not stands or membership is None:
            words.append(None)
        elif is_member:
            words.append(_approved(membership.community))
        else:
            words.append(_declined(membership.community, occurrence.data["reason"]))
    return words


def _approved(community: Community) -> Words:
    text = _("You asked to join the community “%(name)s”, and you are a member now.") % {
        "name": community.name
    }
    if community.greeting_text:
        text += f"\n\n{community.greeting_text}"
    return Words(
        title=_("You are a member of “%(name)s” now") % {"name": community.name},
        text=text,
        url=community.get_absolute_url(),
    )


def _declined(community: Community, reason: str) -> Words:
    text = _("A lead of the community “%(name)s” has declined your request to join.") % {
        "name": community.name
    }
    if reason:
        text += " " + _("The reason:") + f"\n\n{reason}"
    return Words(
        title=_("Your request to join “%(name)s” was declined") % {"name": community.name},
        text=text,
        url=community.get_absolute_url(),
        action=_("You may ask again."),
    )


def register() -> None:
    kinds.register(
        REQUEST_MADE,
        NotificationKind(
            name=REQUEST_MADE,
            label=gettext_lazy("Somebody asks to join a community that you lead"),
            group=gettext_lazy("Communities"),
            icon="user-plus",
            describe=_requests,
            email=Cadence.INSTANT,
            push=True,
            judges_itself=True,
        ),
    )
    kinds.register(
        REQUEST_DECIDED,
        NotificationKind(
            name=REQUEST_DECIDED,
            label=gettext_lazy("Your request to join a community is answered"),
            group=gettext_lazy("Communities"),
            icon="users-group",
            describe=_decisions,
            email=Cadence.INSTANT,
            push=True,
            judges_itself=True,
        ),
    )
