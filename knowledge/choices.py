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


# Who uses it now, as it is or in a way of their own: the effects of these are summed up.
IN_USE = (ReplicationStatus.ADOPTED, ReplicationStatus.ADAPTED)


class Confirmation(models.TextChoices):
    """What a curator has said of the figures of a replication; `NONE` where there are none to judge."""

    NONE = "none", _("No figures")
    WAITING = "waiting", _("Waits for confirmation")
    CONFIRMED = "confirmed", pgettext_lazy("figures", "Confirmed")
    QUESTIONED = "questioned", pgettext_lazy("figures", "Questioned")


class ReplicationEvent(models.TextChoices):
    """What happened to a replication."""

    RECORDED = "recorded", pgettext_lazy("a replication", "Recorded")
    EDITED = "edited", pgettext_lazy("a replication", "Changed")
    WITHDRAWN = "withdrawn", pgettext_lazy("a replication", "Withdrawn")
    CONFIRMED = "confirmed", pgettext_lazy("figures", "Confirmed")
    QUESTIONED = "questioned", pgettext_lazy("figures", "Questioned")
    MERGED = "merged", pgettext_lazy("a replication", "Joined with that of another enterprise")


class MeasureUnit(models.TextChoices):
    """Units by their codes of UN/ECE recommendation 20, so that effects of different enterprises can be added."""

    MINUTE = "MIN", _("minutes")
    HOUR = "HUR", _("hours")
    DAY = "DAY", _("days")
    KILOWATT_HOUR = "KWH", _("kWh")
    MEGAWATT_HOUR = "MWH", _("MWh")
    CUBIC_METRE = "MTQ", _("m³")
    LITRE = "LTR", _("litres")
    KILOGRAM = "KGM", _("kg")
    TONNE = "TNE", _("tonnes")
    METRE = "MTR", _("metres")
    PIECE = "C62", pgettext_lazy("unit of measure", "pieces")
    PERSON = "IE", pgettext_lazy("unit of measure", "persons")
    PER_CENT = "P1", _("%")


# A sum of percentages says nothing.
NOT_ADDED = (MeasureUnit.PER_CENT,)


class EffectPeriod(models.TextChoices):
    ONCE = "once", _("once")
    MONTH = "month", _("a month")
    YEAR = "year", _("a year")


class SlideBreak(models.TextChoices):
    """What the author has said of the blocks up to the next heading or the next such mark."""

    TOGETHER = "together", _("Together on one new slide")
    BEGIN = "begin", _("Begins on a new slide, then as it fits")
    OUT = "out", _("Left out of the presentation")
