"""What a curator does to many entries at once: asked for as a whole, done and undone entry by entry."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import PublicIdField
from knowledge.choices import BulkAction, BulkItemState, BulkState
from knowledge.querysets import BulkChangeQuerySet


class BulkChange(models.Model):
    """One action on many entries: who asked for it and with what, and how far it has come."""

    public_id = PublicIdField()
    # Made with the form: the same form sent twice is one change.
    token = models.UUIDField(unique=True, editable=False)
    action = models.CharField("action", max_length=16, choices=BulkAction.choices)
    arguments = models.JSONField(default=dict)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="bulk_changes", verbose_name="asked by"
    )
    state = models.CharField("state", max_length=10, choices=BulkState.choices, default=BulkState.RUNNING)
    asked_at = models.DateTimeField("asked for", auto_now_add=True)
    moved_at = models.DateTimeField("last moved", auto_now=True)
    told_at = models.DateTimeField(null=True)

    objects = BulkChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("bulk change")
        verbose_name_plural = _("bulk changes")
        indexes = [models.Index(fields=["asked_by", "-asked_at"], name="bulk_change_newest")]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{BulkAction(self.action).label} · {self.asked_at:%Y-%m-%d}"


class BulkItem(models.Model):
    """What became of one entry; `former` holds the values that undoing puts back."""

    change = models.ForeignKey(BulkChange, models.CASCADE, related_name="items")
    entry = models.ForeignKey("knowledge.Entry", models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=BulkItemState.choices, default=BulkItemState.WAITING)
    # A word of knowledge.services.curation.Refusal, said in the language of who looks.
    refusal = models.CharField(max_length=24, blank=True)
    former = models.JSONField(default=dict)

    class Meta:
        verbose_name = "entry of a bulk change"
        verbose_name_plural = "entries of bulk changes"
        constraints = [models.UniqueConstraint(fields=["change", "entry"], name="bulk_item_once")]
        indexes = [models.Index(fields=["change", "state"], name="bulk_item_state")]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.entry}: {self.state}"
