"""The ledger of what enterprises take from each other: replications, their history and their proofs."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import clock
from core.fields import PublicIdField
from core.models.exchange_rate import CURRENCY_CODE
from knowledge.choices import Confirmation, EffectPeriod, MeasureUnit, ReplicationEvent, ReplicationStatus
from knowledge.querysets import ReplicationQuerySet


class Replication(models.Model):
    """An enterprise says that it uses an entry too, or tried and did not, and what that brought and cost.

    The effect is money (`effect_amount`, `effect_currency`) or a measure (`effect_number`, `effect_unit`), each for a
    period. Money is converted at the rate of `as_of_date`. What is withdrawn stays, for its history.
    """

    # What a curator confirms: once one of these is another, the confirmation is void.
    FIGURES = (
        "as_of_date",
        "effect_amount",
        "effect_currency",
        "effect_number",
        "effect_unit",
        "effect_measure",
        "effect_period",
        "cost_amount",
        "cost_currency",
    )

    public_id = PublicIdField()
    entry = models.ForeignKey("knowledge.Entry", models.CASCADE, related_name="replications")
    enterprise = models.ForeignKey(
        "people.Unit", models.PROTECT, related_name="replications", verbose_name=_("enterprise")
    )
    status = models.CharField(_("status"), max_length=10, choices=ReplicationStatus.choices)
    as_of_date = models.DateField(_("as of"), default=clock.today)
    note = models.TextField(_("note"), blank=True, max_length=2000)
    effect_amount = models.DecimalField(
        _("effect in money"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    effect_currency = models.CharField(_("currency"), max_length=3, blank=True, validators=[CURRENCY_CODE])
    effect_number = models.DecimalField(
        _("effect in numbers"), max_digits=16, decimal_places=3, null=True, blank=True
    )
    effect_unit = models.CharField(
        pgettext_lazy("of measure", "unit"), max_length=3, choices=MeasureUnit.choices, blank=True
    )
    effect_measure = models.CharField(_("what was measured"), max_length=160, blank=True)
    effect_period = models.CharField(_("period"), max_length=6, choices=EffectPeriod.choices, blank=True)
    cost_amount = models.DecimalField(
        _("cost"), max_digits=16, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    cost_currency = models.CharField(_("currency"), max_length=3, blank=True, validators=[CURRENCY_CODE])
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("contact person"),
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Who gave the figures as they are: nobody confirms their own.
    figures_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    confirmation = models.CharField(
        _("confirmation"),
        max_length=10,
        choices=Confirmation.choices,
        default=Confirmation.NONE,
        editable=False,
    )
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    judged_at = models.DateTimeField(null=True, blank=True, editable=False)
    judgement = models.TextField(_("reason"), blank=True, max_length=2000, editable=False)
    # Moves with every change: an edit that began before it is refused.
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ReplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("replication")
        verbose_name_plural = _("replications")
        default_permissions = ()
        permissions = [
            ("record_for_any_enterprise", "Can record what any enterprise uses"),
            ("confirm_effect", "Can confirm or question effects"),
        ]
        indexes = [
            models.Index(fields=["enterprise", "-as_of_date"], name="replication_enterprise"),
            models.Index(fields=["-as_of_date", "-id"], name="replication_newest"),
            models.Index(
                fields=["updated_at"],
                condition=models.Q(confirmation=Confirmation.WAITING, withdrawn_at=None),
                name="replication_waiting",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["entry", "enterprise"], name="replication_once"),
            models.CheckConstraint(
                condition=models.Q(effect_amount=None) | models.Q(effect_number=None),
                name="replication_one_effect",
                violation_error_message=_("An effect is either money or a measure."),
            ),
            models.CheckConstraint(
                condition=models.Q(effect_amount=None, effect_currency="")
                | models.Q(effect_amount__isnull=False) & ~models.Q(effect_currency=""),
                name="replication_effect_currency",
                violation_error_message=_("Say in which currency the effect is given."),
            ),
            models.CheckConstraint(
                condition=models.Q(effect_number=None, effect_unit="")
                | models.Q(effect_number__isnull=False) & ~models.Q(effect_unit=""),
                name="replication_effect_unit",
                violation_error_message=_("Say in which unit the effect is given."),
            ),
            models.CheckConstraint(
                condition=models.Q(cost_amount=None, cost_currency="")
                | models.Q(cost_amount__isnull=False, cost_amount__gte=0) & ~models.Q(cost_currency=""),
                name="replication_cost_currency",
                violation_error_message=_("Say in which currency the cost is given."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise}: {self.status}"

    def get_absolute_url(self) -> str:
        return reverse("replication", args=[self.public_id])

    @property
    def has_figures(self) -> bool:
        return any(value is not None for value in (self.effect_amount, self.effect_number, self.cost_amount))

    @property
    def is_current(self) -> bool:
        return self.withdrawn_at is None


class ReplicationChange(models.Model):
    """What happened to a replication, with the state it was in afterwards; rows are only ever added.

    `state` holds the status and the figures as text. `enterprise` is that of the record, which a merger may change.
    """

    replication = models.ForeignKey(Replication, models.CASCADE, related_name="changes")
    enterprise = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    event = models.CharField(max_length=10, choices=ReplicationEvent.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    reason = models.TextField(blank=True, max_length=2000)
    state = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("change of a replication")
        verbose_name_plural = _("changes of replications")
        default_permissions = ()
        indexes = [models.Index(fields=["replication", "-at"], name="replication_history")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.event}"


class ReplicationProof(models.Model):
    """A file that proves the figures; open to exactly those who may see the entry (see `knowledge.files`)."""

    replication = models.ForeignKey(Replication, models.CASCADE, related_name="proofs")
    document = models.OneToOneField("people.Document", models.PROTECT, related_name="proves")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("proof of a replication")
        verbose_name_plural = _("proofs of replications")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.document)
