from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class BreakGlass(models.Model):
    """A moderator's reasoned entry into a classified community, for a short time. Also stands in the audit log."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="broken_glass")
    community = models.ForeignKey("people.Community", models.CASCADE, related_name="+")
    reason = models.TextField(_("reason"))
    at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "expires_at"], name="break_glass_open")]

    def __str__(self) -> str:
        return f"{self.user} → {self.community}"
