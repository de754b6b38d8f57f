"""Whether an entry helped those who read it: what each said, and how many said what."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class UsefulnessAnswer(models.Model):
    """What one person said of an entry; `missing` is for its owner, from those whom it did not help."""

    entry = models.ForeignKey("knowledge.Entry", models.CASCADE, related_name="usefulness_answers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_useful = models.BooleanField(_("was useful"))
    missing = models.TextField(_("what is missing"), blank=True, max_length=2000)
    answered_at = models.DateTimeField(_("answered"))

    class Meta:
        verbose_name = _("answer whether an entry was useful")
        verbose_name_plural = _("answers whether entries were useful")
        indexes = [models.Index(fields=["entry", "-answered_at"], name="usefulness_newest")]
        constraints = [
            models.UniqueConstraint(fields=["entry", "user"], name="usefulness_once"),
            models.CheckConstraint(
                condition=models.Q(is_useful=False) | models.Q(missing=""), name="usefulness_missing"
            ),
        ]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user} · {self.entry} · {'+' if self.is_useful else '−'}"


class EntryUsefulness(models.Model):
    """The answers to an entry, counted. Apart from the entry, whose page is kept for many readers."""

    entry = models.OneToOneField(
        "knowledge.Entry", models.CASCADE, primary_key=True, related_name="usefulness"
    )
    useful = models.PositiveIntegerField(_("useful"), default=0)
    not_useful = models.PositiveIntegerField(_("not useful"), default=0)

    class Meta:
        verbose_name = _("usefulness of an entry")
        verbose_name_plural = _("usefulness of entries")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.entry} · +{self.useful} −{self.not_useful}"
