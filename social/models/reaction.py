from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from social.choices import Emoji


class Reaction(models.Model):
    """Somebody's sign beside a subject or a message (`kind` "message")."""

    kind = models.CharField(max_length=40)
    key = models.UUIDField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    emoji = models.CharField(max_length=8, choices=Emoji.choices)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("reaction")
        verbose_name_plural = _("reactions")
        constraints = [models.UniqueConstraint(fields=["kind", "key", "emoji", "user"], name="reaction_once")]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user} {self.emoji} {self.kind} {self.key}"
