from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import PublicIdField
from social.choices import Purpose
from social.querysets import ConversationQuerySet, ParticipantQuerySet


class Conversation(models.Model):
    """Messages about a subject, or among its participants alone where it is direct.

    Its messages are numbered without gaps, and every change of one takes the next `revision`: who knows up to where
    they have read and which revision they have seen knows what they lack.
    """

    public_id = PublicIdField()
    purpose = models.CharField(_("purpose"), max_length=8, choices=Purpose.choices)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_key = models.UUIDField(null=True, blank=True)
    # Of direct ones: who is in it, so that the same people have one conversation (services.direct.party_of).
    party = models.CharField(max_length=64, null=True, blank=True, unique=True)
    last_number = models.PositiveIntegerField(default=0)
    revision = models.PositiveBigIntegerField(default=0)
    # Without those that were deleted, hidden or held back.
    message_count = models.PositiveIntegerField(default=0)
    last_message_at = models.DateTimeField(_("last message"), null=True, blank=True)
    last_author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    locked_at = models.DateTimeField(_("locked"), null=True, blank=True)
    created_at = models.DateTimeField(_("begun"))

    objects = ConversationQuerySet.as_manager()

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_key", "purpose"],
                condition=~models.Q(subject_key=None),
                name="conversation_once",
            )
        ]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.subject_kind or self.purpose} {self.subject_key or self.public_id}"


class Participant(models.Model):
    """Somebody's place in a conversation: up to which number they have read, and whether it is kept quiet for them.

    What is unread is the difference of two numbers, so that no counter can go astray.
    """

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="participants")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    read_number = models.PositiveIntegerField(default=0)
    is_muted = models.BooleanField(_("muted"), default=False)
    joined_at = models.DateTimeField(_("joined"))
    seen_at = models.DateTimeField(_("last there"), null=True, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = [models.UniqueConstraint(fields=["user", "conversation"], name="participant_once")]
        indexes = [models.Index(fields=["conversation", "seen_at"], name="participant_seen")]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user}: {self.conversation_id}"
