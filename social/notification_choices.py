"""What becomes of something that is to be sent."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    # Read meanwhile, no longer wanted, or no longer to be seen.
    DROPPED = "dropped", _("Not needed any more")
    FAILED = "failed", _("Failed")


DELIVERY_TRANSITIONS: Mapping[str, frozenset[Any]] = {
    DeliveryState.WAITING: frozenset({DeliveryState.SENDING, DeliveryState.DROPPED}),
    DeliveryState.SENDING: frozenset(
        {DeliveryState.WAITING, DeliveryState.SENT, DeliveryState.DROPPED, DeliveryState.FAILED}
    ),
    DeliveryState.SENT: frozenset(),
    DeliveryState.DROPPED: frozenset(),
    DeliveryState.FAILED: frozenset(),
}
