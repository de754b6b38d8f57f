"""What a reader would have changed in an entry, and what became of it."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.fields import PublicIdField
from knowledge.choices import CorrectionState
from knowledge.querysets import CorrectionQuerySet


class Correction(models.Model):
    """`quoted` is the passage as it stood in `language`, `proposed` what the reader wrote, `answer` who decided it."""

    public_id = PublicIdField()
    entry = models.ForeignKey("knowledge.Entry", models.CASCADE, related_name="corrections")
    language = models.CharField(_("language"), max_length=10)
    suggested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    quoted = models.TextField(_("passage"), blank=True, max_length=2000)
    proposed = models.TextField(_("how it should read"), max_length=4000)
    # Of both texts, so that a suggestion sent twice is one.
    digest = models.CharField(max_length=64, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=CorrectionState.choices, default=CorrectionState.OPEN
    )
    suggested_at = models.DateTimeField(_("suggested"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True, max_length=2000)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        indexes = [
            models.Index(fields=["entry", "state", "-suggested_at"], name="correction_entry"),
            models.Index(fields=["suggested_by", "-suggested_at"], name="correction_suggested"),
            models.Index(fields=["state", "-suggested_at"], name="correction_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "suggested_by", "digest"],
                condition=models.Q(state="open"),
                name="correction_open_once",
            )
        ]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.suggested_by} · {self.entry} · {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("correction", args=[self.public_id])
