"""Which notifications? Who may see them is asked of the subjects and of the kinds (social.telling)."""

from typing import Any

from django.db import models

from core import clock
from social.notification_choices import DeliveryState


class NotificationQuerySet(models.QuerySet[Any]):
    def of(self, user_id: int | None) -> "NotificationQuerySet":
        """What stands in somebody's centre, as far as it is known to be for them still."""
        return self.filter(recipient=user_id, is_shown=True, is_hidden=False)

    def unread(self) -> "NotificationQuerySet":
        return self.filter(read_at=None)

    def about(self, kind: str, key: Any) -> "NotificationQuerySet":
        return self.filter(event__subject_kind=kind, event__subject_key=key)

    def for_listing(self) -> "NotificationQuerySet":
        return self.select_related("event__actor")


class DeliveryQuerySet(models.QuerySet[Any]):
    def due(self, channel: str) -> "DeliveryQuerySet":
        """What may be sent now, by the channel."""
        return self.filter(channel=channel, state=DeliveryState.WAITING, due_at__lte=clock.now())
