from datetime import time
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import PublicIdField
from core.notifications import Cadence, Channel


class NotificationSettings(models.Model):
    """When somebody is told outside this site; the times are those of their own clock. Who has no row has the defaults.

    Days are counted from Monday, 0. Quiet hours that end before they begin end on the next day.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, primary_key=True, related_name="notification_settings"
    )
    has_quiet_hours = models.BooleanField(_("quiet hours"), default=False)
    quiet_from = models.TimeField(_("from"), default=time(20))
    quiet_until = models.TimeField(_("until"), default=time(8))
    quiet_days = models.JSONField(_("days without any"), default=list)
    digest_at = models.TimeField(_("digest at"), default=time(8))
    digest_weekday = models.PositiveSmallIntegerField(
        _("weekly digest on"), default=0, validators=[MaxValueValidator(6)]
    )
    # Set where the address of the person takes no mail: they are told here, and switch it on again themselves.
    bounced_at = models.DateTimeField(null=True, blank=True)
    bounce = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("settings of notifications")
        verbose_name_plural = _("settings of notifications")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.user_id)


class Preference(models.Model):
    """How somebody wants to be told of a kind, where it is not the default."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    cadence = models.CharField(max_length=8, choices=Cadence.choices)

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        constraints = [models.UniqueConstraint(fields=["user", "kind", "channel"], name="preference_once")]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user_id}: {self.kind} {self.channel} {self.cadence}"


class PushSubscription(models.Model):
    """A browser of somebody's that may be told: where, and the keys that nobody but it can read with."""

    public_id = PublicIdField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    endpoint = models.URLField(max_length=1000, unique=True)
    p256dh = models.CharField(max_length=200)
    auth = models.CharField(max_length=100)
    device = models.CharField(_("device"), max_length=120, blank=True)
    created_at = models.DateTimeField(_("since"))
    used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    gone_at = models.DateTimeField(_("gone"), null=True, blank=True)

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")
        indexes = [
            models.Index(fields=["user"], condition=models.Q(gone_at=None), name="push_of"),
        ]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user_id}: {self.device}"

    def info(self) -> dict[str, Any]:
        """As the protocol's libraries want it."""
        return {"endpoint": self.endpoint, "keys": {"p256dh": self.p256dh, "auth": self.auth}}
