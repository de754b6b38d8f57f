from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import PublicIdField
from core.notifications import Channel, Reason
from social.notification_choices import DeliveryState
from social.notification_querysets import DeliveryQuerySet, NotificationQuerySet


class NotificationEvent(models.Model):
    """Something that people are told of, once, however many they are; `data` holds ids, and no more
    content than a sentence."""

    kind = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_key = models.UUIDField(null=True, blank=True)
    # Where it happened: the community of an entry.
    place_kind = models.CharField(max_length=40, blank=True)
    place_key = models.UUIDField(null=True, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    data = models.JSONField(default=dict)
    # Keys of people who know it already.
    except_for = models.JSONField(default=list)
    at = models.DateTimeField(_("at"))
    dedupe = models.CharField(max_length=200, unique=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["subject_kind", "subject_key"], name="event_subject"),
            models.Index(fields=["place_kind", "place_key"], name="event_place"),
            models.Index(fields=["at"], name="event_at"),
        ]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.kind} {self.dedupe}"

    @property
    def pairs(self) -> list[tuple[str, Any]]:
        """What it is about and where it happened."""
        both = ((self.subject_kind, self.subject_key), (self.place_kind, self.place_key))
        return [(kind, key) for kind, key in both if key is not None]


class Notification(models.Model):
    """That one person is told of one event, and why.

    `is_shown` is false where the person wants this kind elsewhere only; `is_hidden` once they may not see it any more.
    """

    public_id = PublicIdField()
    # Each begins an index below.
    event = models.ForeignKey(NotificationEvent, models.CASCADE, related_name="notifications", db_index=False)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(max_length=12, choices=Reason.choices)
    at = models.DateTimeField(_("at"))
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    is_shown = models.BooleanField(default=True)
    is_hidden = models.BooleanField(default=False)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        constraints = [models.UniqueConstraint(fields=["event", "recipient"], name="notification_once")]
        indexes = [
            models.Index(fields=["recipient", "-at", "-id"], name="notification_newest"),
            models.Index(
                fields=["recipient", "-at", "-id"],
                condition=models.Q(read_at=None, is_shown=True, is_hidden=False),
                name="notification_unread",
            ),
        ]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.recipient_id}: {self.event_id}"


class Delivery(models.Model):
    """That an event is to be sent to somebody outside this site, by one channel and once."""

    # Each begins an index below.
    event = models.ForeignKey(NotificationEvent, models.CASCADE, related_name="deliveries", db_index=False)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    is_digest = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    due_at = models.DateTimeField()
    # Whoever took it up to send it; see social.services.deliveries.
    taken = models.UUIDField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["event", "recipient", "channel"], name="delivery_once")
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(state__in=["waiting", "sending"]), name="delivery_due"
            ),
            models.Index(
                fields=["recipient", "channel", "due_at"],
                condition=models.Q(state="waiting"),
                name="delivery_waiting",
            ),
            models.Index(fields=["taken"], condition=~models.Q(taken=None), name="delivery_taken"),
        ]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.recipient_id}: {self.event_id} {self.channel} {self.state}"
