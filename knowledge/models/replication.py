from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.choices import ReplicationStatus


class Replication(models.Model):
    """An enterprise says that it uses an entry too, or tried and did not."""

    entry = models.ForeignKey("knowledge.Entry", models.CASCADE, related_name="replications")
    enterprise = models.ForeignKey(
        "people.Unit", models.PROTECT, related_name="replications", verbose_name=_("enterprise")
    )
    status = models.CharField(_("status"), max_length=10, choices=ReplicationStatus.choices)
    note = models.TextField(_("note"), blank=True, max_length=2000)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("replication")
        verbose_name_plural = _("replications")
        constraints = [models.UniqueConstraint(fields=["entry", "enterprise"], name="replication_once")]

    def __str__(self) -> str:
        return f"{self.enterprise}: {self.status}"
