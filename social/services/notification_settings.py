"""How and when somebody is told: by kind and channel, at which hours, and whether mail reaches them at all."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from django.db import transaction

from core import clock
from core.notifications import Cadence, Channel, kinds
from people.models import User
from social.models import Delivery, NotificationSettings, Preference
from social.notification_choices import DeliveryState

# What an unsubscription may be of, beside a kind: everything that comes in digests.
DIGESTS = "digests"


@transaction.atomic
def prefer(*, user: User, wishes: Mapping[tuple[str, str], str]) -> None:
    """Set the cadence of kinds by channel, keyed (kind, channel); the default leaves no row."""
    for (kind, channel), cadence in wishes.items():
        own = Preference.objects.filter(user=user, kind=kind, channel=channel)
        if cadence == kinds[kind].default(channel):
            own.delete()
        else:
            Preference.objects.update_or_create(
                user=user, kind=kind, channel=channel, defaults={"cadence": Cadence(cadence)}
            )


def set_hours(
    *,
    user: User,
    has_quiet_hours: bool,
    quiet_from: time,
    quiet_until: time,
    quiet_days: list[int],
    digest_at: time,
    digest_weekday: int,
) -> None:
    """When the person is told outside this site, by their own clock."""
    NotificationSettings.objects.update_or_create(
        user=user,
        defaults={
            "has_quiet_hours": has_quiet_hours,
            "quiet_from": quiet_from,
            "quiet_until": quiet_until,
            "quiet_days": sorted(quiet_days),
            "digest_at": digest_at,
            "digest_weekday": digest_weekday,
        },
    )


@transaction.atomic
def unsubscribe(*, user: User, scope: str) -> None:
    """No more mail of a kind, or no more digests (`DIGESTS`); what waits of it is not sent. Twice is once."""
    now = clock.now()
    waiting = Delivery.objects.filter(recipient=user, channel=Channel.EMAIL, state=DeliveryState.WAITING)
    if scope == DIGESTS:
        own = dict(Preference.objects.filter(user=user, channel=Channel.EMAIL).values_list("kind", "cadence"))
        gathered = [
            kind.name for kind in kinds if own.get(kind.name, kind.email) in {Cadence.DAILY, Cadence.WEEKLY}
        ]
        waiting = waiting.filter(is_digest=True)
    else:
        gathered = [scope] if scope in kinds else []
        waiting = waiting.filter(event__kind=scope)
    prefer(user=user, wishes={(kind, Channel.EMAIL): Cadence.OFF for kind in gathered})
    waiting.update(state=DeliveryState.DROPPED, done_at=now)


@transaction.atomic
def note_bounce(*, user_id: int, answer: Any) -> None:
    """The person's address takes no mail, for good: none is sent until they say that it is right again."""
    NotificationSettings.objects.update_or_create(
        user_id=user_id, defaults={"bounced_at": clock.now(), "bounce": str(answer)[:300]}
    )
    Delivery.objects.filter(recipient=user_id, channel=Channel.EMAIL, state=DeliveryState.WAITING).update(
        state=DeliveryState.DROPPED, done_at=clock.now()
    )


def trust_address(*, user: User) -> None:
    """The person says that mail reaches them again."""
    NotificationSettings.objects.filter(user=user).update(bounced_at=None, bounce="")
