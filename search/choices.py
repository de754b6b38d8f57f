"""States and which may follow which."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TextState(models.TextChoices):
    """Whether the text of a document is known: waiting → reading → one of the others, and from any to waiting."""

    WAITING = "waiting", _("Waiting to be read")
    READING = "reading", _("Being read")
    KNOWN = "known", _("Found by its text")
    EMPTY = "empty", _("It has no text")
    FAILED = "failed", _("Not found by its text")


class TextFailure(models.TextChoices):
    """Why the text of a document is not known."""

    UNSUPPORTED = "unsupported", _("Files of this type are not read.")
    ENCRYPTED = "encrypted", _("The file opens with a password alone.")
    DAMAGED = "damaged", _("The file is damaged, or is not what it seems to be.")
    TOO_LARGE = "too_large", _("The file is too large, or unpacks to too much.")
    TOO_LONG = "too_long", _("Reading the file took too long.")
    TOO_MUCH_MEMORY = "too_much_memory", _("Reading the file took too much memory.")
    CRASHED = "crashed", _("The program that reads such files broke down over it.")
    MISSING = "missing", _("The file is not where it was stored.")
    INTERRUPTED = "interrupted", _("Reading the file was interrupted again and again.")
