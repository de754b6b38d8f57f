from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.fields import PublicIdField
from knowledge.choices import TopicState
from knowledge.querysets import TopicQuerySet
from people.choices import Access


class Topic(models.Model):
    """A group chat of a community about one question, closed with what came of it."""

    public_id = PublicIdField()
    community = models.ForeignKey("people.Community", models.CASCADE, related_name="topics")
    conversation = models.OneToOneField("social.Conversation", models.PROTECT, related_name="topic")
    access = models.CharField(_("access"), max_length=12, choices=Access.choices, default=Access.OPEN)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("what it is about"), blank=True, max_length=1000)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="topics")
    competences = models.ManyToManyField("people.Competence", blank=True, related_name="topics")
    state = models.CharField(
        _("state"), max_length=6, choices=TopicState.choices, default=TopicState.OPEN, editable=False
    )
    outcome = models.TextField(_("what came of it"), blank=True, max_length=2000)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(_("begun"))

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        indexes = [models.Index(fields=["community", "state"], name="topic_community")]
        default_permissions = ()

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.public_id])
