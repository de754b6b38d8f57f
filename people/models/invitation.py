from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock
from core.fields import PublicIdField


class Invitation(models.Model):
    """Leave to join a community: for one address by mail, or by a link for whoever signs in with it.

    Only a digest of the link's secret is stored.
    """

    public_id = PublicIdField()
    community = models.ForeignKey("people.Community", models.CASCADE, related_name="invitations")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    email = models.EmailField(_("e-mail"), blank=True)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    uses_left = models.PositiveIntegerField(_("uses left"), default=1)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.community}: {self.email or _('by link')}"

    @property
    def is_usable(self) -> bool:
        return self.revoked_at is None and self.uses_left > 0 and self.expires_at > clock.now()
