from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import PublicIdField
from people.querysets import MembershipRuleQuerySet


class MembershipRule(models.Model):
    """Everybody of a unit is a member, for as long as they are of it; with a competence, whoever is vetted in it."""

    public_id = PublicIdField()
    community = models.ForeignKey("people.Community", models.CASCADE, related_name="membership_rules")
    unit = models.ForeignKey(
        "people.Unit", models.PROTECT, related_name="membership_rules", verbose_name=_("unit")
    )
    with_units_below = models.BooleanField(_("with the units below it"), default=True)
    competence = models.ForeignKey(
        "people.Competence",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="membership_rules",
        verbose_name=_("competence"),
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made"))

    objects = MembershipRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership rule")
        verbose_name_plural = _("membership rules")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["community", "unit"],
                condition=models.Q(competence=None),
                name="membership_rule_unit_once",
            ),
            models.UniqueConstraint(
                fields=["community", "unit", "competence"], name="membership_rule_competence_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.community}: {self.unit}"
