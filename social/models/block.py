from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from social.querysets import BlockQuerySet


class Block(models.Model):
    """Somebody wishes to get no direct messages from somebody else."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    blocked = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = BlockQuerySet.as_manager()

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        constraints = [models.UniqueConstraint(fields=["by", "blocked"], name="block_once")]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.by} → {self.blocked}"
