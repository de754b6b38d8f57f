"""What conversations are for, and with what people react."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    CHAT = "chat", _("Chat")
    COMMENTS = "comments", _("Comments")
    DIRECT = "direct", _("Direct messages")


class Emoji(models.TextChoices):
    """The few with which people react; small, so that a count of each says something."""

    THUMBS_UP = "👍", _("Agreed")
    HEART = "❤️", _("Thank you")
    PARTY = "🎉", _("Congratulations")
    LAUGH = "😂", _("Funny")
    TARGET = "🎯", _("To the point")
    DONE = "✅", _("Done")
    EYES = "👀", _("Looking into it")
    THUMBS_DOWN = "👎", _("Disagreed")
