from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Follow(models.Model):
    """Somebody wants to hear what is new with a subject."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    subject_kind = models.CharField(max_length=40)
    subject_key = models.UUIDField()
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        constraints = [
            models.UniqueConstraint(fields=["user", "subject_kind", "subject_key"], name="follow_once")
        ]
        indexes = [models.Index(fields=["subject_kind", "subject_key", "user"], name="follow_of")]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user_id}: {self.subject_kind} {self.subject_key}"


class Mute(models.Model):
    """Somebody wants to hear nothing of a subject, whatever the reason they would be told for."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    subject_kind = models.CharField(max_length=40)
    subject_key = models.UUIDField()
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("mute")
        verbose_name_plural = _("mutes")
        constraints = [
            models.UniqueConstraint(fields=["user", "subject_kind", "subject_key"], name="mute_once")
        ]
        indexes = [models.Index(fields=["subject_kind", "subject_key", "user"], name="mute_of")]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user_id}: {self.subject_kind} {self.subject_key}"
