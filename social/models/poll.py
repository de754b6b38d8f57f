from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Poll(models.Model):
    """A question to all: the text of its message asks, and everybody chooses one option or several."""

    message = models.OneToOneField("social.Message", models.CASCADE, related_name="poll")
    is_multiple = models.BooleanField(_("several may be chosen"), default=False)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)

    class Meta:
        verbose_name = _("poll")
        verbose_name_plural = _("polls")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.message)


class PollOption(models.Model):
    poll = models.ForeignKey(Poll, models.CASCADE, related_name="options")
    place = models.PositiveSmallIntegerField()
    text = models.CharField(_("answer"), max_length=200)

    class Meta:
        verbose_name = _("answer of a poll")
        verbose_name_plural = _("answers of a poll")
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["poll", "place"], name="poll_option_place")]
        default_permissions = ()

    def __str__(self) -> str:
        return self.text


class PollVote(models.Model):
    option = models.ForeignKey(PollOption, models.CASCADE, related_name="votes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [models.UniqueConstraint(fields=["option", "user"], name="poll_vote_once")]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user}: {self.option}"
