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


class SeriesPeriod(models.TextChoices):
    """How long the periods of a series of figures are."""

    DAY = "day", pgettext_lazy("period", "Day")
    MONTH = "month", pgettext_lazy("period", "Month")
    QUARTER = "quarter", pgettext_lazy("period", "Quarter")
    YEAR = "year", pgettext_lazy("period", "Year")


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


class BulkAction(models.TextChoices):
    """What can be done to many entries at once."""

    HAND_OVER = "hand_over", _("Hand over")
    CONFIRM = "confirm", _("Checked, still true")
    SET_REVIEW_DATE = "review_date", _("Set the review date")
    MOVE = "move", _("Move to a community")
    ADD_TAGS = "add_tags", _("Add tags")
    REMOVE_TAGS = "remove_tags", _("Remove tags")
    PUBLISH = "publish", _("Publish")
    UNPUBLISH = "unpublish", _("Unpublish")
    ARCHIVE = "archive", _("Archive")


# What readers have seen, or lost sight of, cannot be made not to have happened.
LASTING = (BulkAction.PUBLISH, BulkAction.UNPUBLISH, BulkAction.ARCHIVE)


class BulkState(models.TextChoices):
    RUNNING = "running", pgettext_lazy("a bulk change", "under way")
    DONE = "done", pgettext_lazy("a bulk change", "done")
    CANCELLED = "cancelled", pgettext_lazy("a bulk change", "cancelled")
    UNDOING = "undoing", pgettext_lazy("a bulk change", "being undone")
    UNDONE = "undone", pgettext_lazy("a bulk change", "undone")


BULK_TRANSITIONS: dict[str, set[str]] = {
    BulkState.RUNNING: {BulkState.DONE, BulkState.CANCELLED, BulkState.UNDOING},
    BulkState.DONE: {BulkState.UNDOING},
    BulkState.CANCELLED: {BulkState.UNDOING, BulkState.RUNNING},
    BulkState.UNDOING: {BulkState.UNDONE},
    BulkState.UNDONE: set(),
}


class BulkItemState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("an entry of a bulk change", "waits")
    DONE = "done", pgettext_lazy("an entry of a bulk change", "done")
    REFUSED = "refused", pgettext_lazy("an entry of a bulk change", "refused")
    UNDONE = "undone", pgettext_lazy("an entry of a bulk change", "undone")
    KEPT = "kept", pgettext_lazy("an entry of a bulk change", "not undone")


class LinkFault(models.TextChoices):
    """Why a link of a published page leads its readers nowhere."""

    GONE = "gone", _("The page does not exist any more")
    WITHDRAWN = "withdrawn", _("The page is not published")
    HIDDEN = "hidden", _("Not every reader may see the page")
    FILE_GONE = "file_gone", _("The file does not exist any more")
    SILENT = "silent", _("The address does not answer")


class CorrectionState(models.TextChoices):
    OPEN = "open", pgettext_lazy("a correction", "Open")
    ACCEPTED = "accepted", pgettext_lazy("a correction", "Accepted")
    DECLINED = "declined", pgettext_lazy("a correction", "Declined")


CORRECTION_TRANSITIONS: dict[str, set[str]] = {
    CorrectionState.OPEN: {CorrectionState.ACCEPTED, CorrectionState.DECLINED},
    CorrectionState.ACCEPTED: set(),
    CorrectionState.DECLINED: set(),
}


class TopicState(models.TextChoices):
    OPEN = "open", pgettext_lazy("a topic", "Open")
    CLOSED = "closed", pgettext_lazy("a topic", "Closed")


TOPIC_TRANSITIONS: dict[str, set[str]] = {
    TopicState.OPEN: {TopicState.CLOSED},
    TopicState.CLOSED: {TopicState.OPEN},
}
