from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import PublicIdField
from social.querysets import MessageQuerySet


class Message(models.Model):
    """What somebody wrote in a conversation, as Markdown (`text`) and as the HTML that was made of it.

    It is never deleted: what its author or who looks after the place took away leaves a trace, and the text stays in
    its versions for those who moderate.
    """

    public_id = PublicIdField()
    conversation = models.ForeignKey("social.Conversation", models.CASCADE, related_name="messages")
    number = models.PositiveIntegerField()
    revision = models.PositiveBigIntegerField()
    # Made by who sends it: the same message sent again by a retry is the same message.
    token = models.UUIDField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(blank=True)
    reply_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replies")
    # The message that began the thread; empty for those that stand by themselves.
    thread = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="thread_messages")
    reply_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(_("sent"))
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    pinned_at = models.DateTimeField(_("pinned"), null=True, blank=True)
    pinned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.UniqueConstraint(fields=["conversation", "number"], name="message_number"),
            models.UniqueConstraint(fields=["conversation", "author", "token"], name="message_once"),
        ]
        indexes = [
            models.Index(fields=["conversation", "revision"], name="message_revision"),
            models.Index(fields=["conversation", "created_at"], name="message_date"),
            models.Index(fields=["thread", "number"], name="message_thread"),
            models.Index(
                fields=["conversation", "pinned_at"],
                condition=~models.Q(pinned_at=None),
                name="message_pinned",
            ),
        ]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.conversation_id} #{self.number}"


class MessageVersion(models.Model):
    """What a message said before it was edited or deleted."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="versions")
    text = models.TextField()
    replaced_at = models.DateTimeField()
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("version of a message")
        verbose_name_plural = _("versions of messages")
        ordering = ["replaced_at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.message}: {self.replaced_at}"


class Mention(models.Model):
    """Somebody is named in a message; `in_group` where it is as one of a group."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    in_group = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [models.UniqueConstraint(fields=["message", "user"], name="mention_once")]
        indexes = [models.Index(fields=["user", "-message"], name="mention_of")]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.message}: {self.user}"
