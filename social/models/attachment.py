from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.fields import PublicIdField


class Attachment(models.Model):
    """A file of a message; its uploader's until it is sent, then of all who read the message."""

    public_id = PublicIdField()
    conversation = models.ForeignKey("social.Conversation", models.CASCADE, related_name="attachments")
    message = models.ForeignKey(
        "social.Message", models.CASCADE, null=True, blank=True, related_name="attachments"
    )
    file = models.FileField(max_length=200, upload_to="conversations/%Y/%m")
    # A smaller one of a picture, drawn anew.
    preview = models.FileField(max_length=200, blank=True, upload_to="conversations/%Y/%m")
    name = models.CharField(_("name"), max_length=255)
    description = models.CharField(_("description"), max_length=500, blank=True)
    mime_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    # Of pictures, in pixels.
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded"))

    class Meta:
        verbose_name = _("file of a message")
        verbose_name_plural = _("files of messages")
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("message_file", args=[self.public_id])

    @property
    def is_picture(self) -> bool:
        return self.width is not None
