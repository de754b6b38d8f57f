from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.querysets import PinQuerySet


class Pin(models.Model):
    """An entry that the leads of its community keep on top of the overview, in an order of theirs."""

    community = models.ForeignKey("people.Community", models.CASCADE, related_name="pins")
    entry = models.OneToOneField("knowledge.Entry", models.CASCADE, related_name="pin")
    place = models.PositiveSmallIntegerField(_("place"))
    pinned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    pinned_at = models.DateTimeField(_("pinned"))

    objects = PinQuerySet.as_manager()

    class Meta:
        verbose_name = _("pinned entry")
        verbose_name_plural = _("pinned entries")
        ordering = ["place", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.community}: {self.entry}"
