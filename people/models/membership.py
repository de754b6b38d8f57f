from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.choices import MembershipRole, MembershipState
from people.querysets import MembershipQuerySet


class Membership(models.Model):
    """One person's standing in one community; it stays when it ends, so that nobody loses their history."""

    community = models.ForeignKey("people.Community", models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    state = models.CharField(_("state"), max_length=10, choices=MembershipState.choices)
    role = models.CharField(
        _("role"), max_length=8, choices=MembershipRole.choices, default=MembershipRole.MEMBER
    )
    message = models.TextField(_("message"), blank=True, max_length=1000)
    since = models.DateTimeField(_("since"))

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [models.UniqueConstraint(fields=["user", "community"], name="membership_once")]
        indexes = [models.Index(fields=["community", "state", "role"], name="membership_community")]

    def __str__(self) -> str:
        return f"{self.user} – {self.community}"
