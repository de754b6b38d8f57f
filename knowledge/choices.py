from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EntryKind(models.TextChoices):
    BEST_PRACTICE = "best_practice", _("Best practice")
    SUCCESS_STORY = "success_story", _("Success story")
    WIKI = "wiki", _("Wiki page")
    BLOG = "blog", _("Blog post")


# What the catalogue shows; wiki pages and blog posts live in their communities and are found by search.
CATALOGUE_KINDS = (EntryKind.BEST_PRACTICE, EntryKind.SUCCESS_STORY)


class Difficulty(models.TextChoices):
    BEGINNER = "beginner", pgettext_lazy("difficulty", "Beginner")
    BASIC = "basic", pgettext_lazy("difficulty", "Basic")
    ADVANCED = "advanced", pgettext_lazy("difficulty", "Advanced")


class ReplicationStatus(models.TextChoices):
    TRIED = "tried", _("Tried")
    ADOPTED = "adopted", _("Adopted")
    ADAPTED = "adapted", _("Adapted")
    REJECTED = "rejected", pgettext_lazy("use elsewhere", "Rejected")


class EffectPeriod(models.TextChoices):
    ONCE = "once", _("once")
    MONTH = "month", _("a month")
    YEAR = "year", _("a year")


class SlideBreak(models.TextChoices):
    """What the author has said of the blocks up to the next heading or the next such mark."""

    TOGETHER = "together", _("Together on one new slide")
    BEGIN = "begin", _("Begins on a new slide, then as it fits")
    OUT = "out", _("Left out of the presentation")


class CorrectionState(models.TextChoices):
    OPEN = "open", pgettext_lazy("a correction", "Open")
    ACCEPTED = "accepted", pgettext_lazy("a correction", "Accepted")
    DECLINED = "declined", pgettext_lazy("a correction", "Declined")


CORRECTION_TRANSITIONS: dict[str, set[str]] = {
    CorrectionState.OPEN: {CorrectionState.ACCEPTED, CorrectionState.DECLINED},
    CorrectionState.ACCEPTED: set(),
    CorrectionState.DECLINED: set(),
}
