from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.fields import PublicIdField
from people.choices import BatchAction, BatchOutcome, BatchState


class MemberBatch(models.Model):
    """One step for many people of a community, done row by row; what was done is said until the batch is forgotten."""

    public_id = PublicIdField()
    community = models.ForeignKey("people.Community", models.CASCADE, related_name="member_batches")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    action = models.CharField(_("action"), max_length=12, choices=BatchAction.choices)
    reason = models.TextField(_("reason"), blank=True, max_length=1000)
    state = models.CharField(
        _("state"), max_length=10, choices=BatchState.choices, default=BatchState.WAITING
    )
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(_("made"))
    finished_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        verbose_name = _("step for many members")
        verbose_name_plural = _("steps for many members")
        default_permissions = ()
        indexes = [models.Index(fields=["community", "-made_at"], name="member_batch_newest")]

    def __str__(self) -> str:
        return f"{self.community}: {self.action} {self.done}/{self.total}"

    def get_absolute_url(self) -> str:
        return reverse("member_batch", args=[self.community.slug, self.public_id])

    @property
    def is_under_way(self) -> bool:
        return self.state == BatchState.WAITING


class MemberBatchRow(models.Model):
    """A person of a batch, or a line that was to name one."""

    batch = models.ForeignKey(MemberBatch, models.CASCADE, related_name="rows")
    place = models.PositiveIntegerField()
    given = models.CharField(_("given"), max_length=300, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=12, choices=BatchOutcome.choices, blank=True)

    class Meta:
        verbose_name = _("row of a step for many members")
        verbose_name_plural = _("rows of steps for many members")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["batch", "place"], name="member_batch_place")]
        indexes = [models.Index(fields=["batch", "outcome", "place"], name="member_batch_left")]

    def __str__(self) -> str:
        return f"{self.place}: {self.given or self.user}"
