"""What a person has read, is reading and means to read. It is theirs alone."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.querysets import ReadingQuerySet


class Reading(models.Model):
    """How far somebody has come in an entry; `progress` in hundredths of its text."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="readings")
    entry = models.ForeignKey("knowledge.Entry", models.CASCADE, related_name="readings")
    language = models.CharField(_("language"), max_length=10)
    progress = models.PositiveSmallIntegerField(_("progress"), default=0)
    begun_at = models.DateTimeField(_("begun"), auto_now_add=True)
    read_at = models.DateTimeField(_("last read"))

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        indexes = [models.Index(fields=["user", "-read_at"], name="reading_newest")]
        constraints = [
            models.UniqueConstraint(fields=["user", "entry"], name="reading_once"),
            models.CheckConstraint(condition=models.Q(progress__lte=100), name="reading_progress"),
        ]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user} · {self.entry} · {self.progress} %"


class KeptEntry(models.Model):
    """An entry on somebody's reading list."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="kept_entries")
    entry = models.ForeignKey("knowledge.Entry", models.CASCADE, related_name="keepers")
    kept_at = models.DateTimeField(_("kept"))

    class Meta:
        verbose_name = _("entry to read")
        verbose_name_plural = _("reading list")
        indexes = [models.Index(fields=["user", "-kept_at"], name="kept_newest")]
        constraints = [models.UniqueConstraint(fields=["user", "entry"], name="kept_once")]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user} · {self.entry}"
