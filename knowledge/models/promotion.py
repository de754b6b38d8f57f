from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import FoldedField, PublicIdField
from knowledge.querysets import PromotionQuerySet


class Promotion(models.Model):
    """An entry that stands above the results of a search for certain words, for those who may see it."""

    public_id = PublicIdField()
    entry = models.OneToOneField(
        "knowledge.Entry", models.CASCADE, related_name="promotion", verbose_name=_("entry")
    )
    ends_date = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The last day. Empty: until somebody takes it away.")
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # Kept by the services: how often it was shown above results, and how often it was followed from there.
    shown_count = models.PositiveIntegerField(_("shown"), default=0, editable=False)
    followed_count = models.PositiveIntegerField(_("followed"), default=0, editable=False)

    objects = PromotionQuerySet.as_manager()

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")

    def __str__(self) -> str:
        return str(self.entry)


class PromotedPhrase(models.Model):
    """Words for which an entry is recommended, in whatever language somebody may ask."""

    promotion = models.ForeignKey(Promotion, models.CASCADE, related_name="phrases")
    text = models.CharField(max_length=200)
    folded = FoldedField(of="text", max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["promotion", "folded"], name="promoted_phrase_once")]
        indexes = [models.Index(fields=["folded"], name="promoted_phrase_folded")]

    def __str__(self) -> str:
        return self.text
