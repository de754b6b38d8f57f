"""Direct messages: the same people have one conversation; who does not wish to hear of somebody says so."""

import hashlib
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import clock
from people import access
from people.models import User
from social.choices import Purpose
from social.models import Block, Conversation, Participant

MOST_PEOPLE = 20


class DirectRefused(ValidationError):
    """It cannot be done so; the message says why, to the person."""


def party_of(user_ids: Sequence[int]) -> str:
    """What the same people have in common, in whatever order they are named."""
    return hashlib.sha256(",".join(map(str, sorted(set(user_ids)))).encode()).hexdigest()


@transaction.atomic
def begin(*, by: User, others: Sequence[User]) -> Conversation:
    """The conversation among these people; it begins when the first of them asks for it."""
    viewer = access.viewer_of(by)
    wanted = [person for person in others if person.pk != by.pk]
    known = User.objects.visible_to(viewer).filter(pk__in=[person.pk for person in wanted])
    people = list(known.order_by("pk"))
    if not viewer.is_employee or len(people) != len({person.pk for person in wanted}):
        raise PermissionDenied
    if not people:
        raise DirectRefused(_("Choose somebody to write to."))
    if len(people) >= MOST_PEOPLE:
        raise DirectRefused(
            _("At most %(number)d people write to each other directly. Open a topic for more."),
            params={"number": MOST_PEOPLE},
        )
    if Block.objects.between(by.pk, people).exists():
        raise DirectRefused(_("You cannot write to each other directly."))
    everybody = [by, *people]
    now = clock.now()
    made, is_new = Conversation.objects.get_or_create(
        party=party_of([person.pk for person in everybody]),
        defaults={"purpose": Purpose.DIRECT, "created_at": now},
    )
    if is_new:
        Participant.objects.bulk_create(
            Participant(conversation=made, user=person, joined_at=now) for person in everybody
        )
    return made


@transaction.atomic
def block(*, by: User, person: User) -> None:
    """No direct messages between these two any more; nobody is told. Doing it twice changes nothing."""
    if by.pk == person.pk:
        raise PermissionDenied
    Block.objects.get_or_create(by=by, blocked=person, defaults={"at": clock.now()})


@transaction.atomic
def unblock(*, by: User, person: User) -> None:
    Block.objects.filter(by=by, blocked=person).delete()
