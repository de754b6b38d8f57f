from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.choices import Coming, Ending, MembershipRole, MembershipState
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
    came_by = models.CharField(
        _("came by"), max_length=10, choices=Coming.choices, default=Coming.OWN, editable=False
    )
    # Empty while it lasts, and where it ended before this was kept. Stays while somebody asks to come back.
    ended_by = models.CharField(
        _("ended by"), max_length=10, choices=Ending.choices, blank=True, editable=False
    )
    greeted_at = models.DateTimeField(_("greeting put away"), null=True, blank=True, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [models.UniqueConstraint(fields=["user", "community"], name="membership_once")]
        indexes = [models.Index(fields=["community", "state", "role"], name="membership_community")]

    def __str__(self) -> str:
        return f"{self.user} – {self.community}"


class MembershipChange(models.Model):
    """Somebody came or went, or a request was answered: what a membership itself, which is one row, does not keep."""

    community = models.ForeignKey("people.Community", models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=MembershipState.choices)
    was = models.CharField(_("before"), max_length=10, choices=MembershipState.choices, blank=True)
    at = models.DateTimeField(_("at"))
    # Where a request was answered: when it had been made.
    asked_at = models.DateTimeField(_("asked"), null=True)

    class Meta:
        verbose_name = _("change of membership")
        verbose_name_plural = _("changes of memberships")
        indexes = [models.Index(fields=["community", "at"], name="membership_change_at")]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user} – {self.community}: {self.state}"
