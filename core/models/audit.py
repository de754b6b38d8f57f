from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import audit_words


class AuditEntry(models.Model):
    """Who did what to which thing. Database triggers refuse to change or delete a row; it holds ids, never content."""

    at = models.DateTimeField(_("at"), auto_now_add=True, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who")
    )
    action = models.CharField(_("action"), max_length=60, db_index=True)
    kind = models.CharField(_("kind"), max_length=60, blank=True)
    key = models.CharField(_("key"), max_length=64, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    details = models.JSONField(_("details"), default=dict)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit log")
        indexes = [models.Index(fields=["kind", "key", "-at"], name="audit_thing")]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.kind} {self.key}"

    def get_action_display(self) -> str:
        return audit_words.action(self.action)

    def get_kind_display(self) -> str:
        return audit_words.kind(self.kind)
