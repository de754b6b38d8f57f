"""What the index holds and how far it has followed the outbox."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import PublicIdField
from people.models import Document
from search.choices import TextFailure, TextState


class Position(models.Model):
    """How far a reader of the outbox has come."""

    reader = models.CharField(max_length=40, primary_key=True)
    sequence = models.BigIntegerField(default=0)
    # Which filling of an index it belongs to; empty for readers that have no index.
    generation = models.CharField(max_length=80, default="")
    moved_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.reader}: {self.sequence}"


class IndexedRow(models.Model):
    """A row that stands in an index, under the thing it belongs to: what is gone can only be found again here."""

    generation = models.CharField(max_length=80, default="database")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    object_id = models.CharField(max_length=50)
    digest = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["generation", "kind", "object_id"], name="indexed_row_once")
        ]
        indexes = [models.Index(fields=["generation", "kind", "key"], name="indexed_thing")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}: {self.object_id}"


class Synonyms(models.Model):
    """Words of one language that mean the same, one in a line."""

    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    words = models.TextField(_("words"))

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["language", "words"]

    def __str__(self) -> str:
        return ", ".join(self.words.splitlines())


class Word(models.Model):
    """A word as it stands in what every employee may read: for corrections, for what sounds alike, for how rare it is.

    Words of closed things are not here: a correction must not tell that they are written somewhere.
    """

    word = models.CharField(max_length=40, primary_key=True)
    # Two letters each: of a word with a slip of the finger one of both is mostly right.
    head = models.CharField(max_length=2)
    tail = models.CharField(max_length=2)
    stem = models.CharField(max_length=40)
    sound = models.CharField(max_length=42, blank=True)
    documents = models.PositiveIntegerField(default=1)
    # Which counting of all documents it was found in.
    counting = models.PositiveIntegerField(default=0, db_index=True)

    class Meta:
        indexes = [
            models.Index(fields=["head"], name="word_head"),
            models.Index(fields=["tail"], name="word_tail"),
            models.Index(fields=["stem"], name="word_stem"),
            models.Index(fields=["sound"], name="word_sound"),
        ]

    def __str__(self) -> str:
        return self.word


class LoggedQuery(models.Model):
    """What somebody searched for on the site, how much answered, and what they opened of it.

    `user` is forgotten after thirty days (search.services.query_log).
    """

    public_id = PublicIdField()
    text = models.CharField(max_length=200)
    # By which the same question in other letters is the same.
    folded = models.CharField(max_length=200)
    language = models.CharField(max_length=5)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(db_index=True)
    found = models.PositiveIntegerField()
    by_some_words = models.BooleanField(default=False)
    opened_rank = models.PositiveSmallIntegerField(null=True)
    opened_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["user", "-asked_at"], name="query_of_person"),
            models.Index(fields=["folded", "asked_at"], name="query_folded"),
        ]
        default_permissions = ()

    def __str__(self) -> str:
        return self.text


class QuerySummaryQuerySet(models.QuerySet[Any]):
    def popular(self, viewer: Any) -> "QuerySummaryQuerySet":
        """What is suggested to others: to employees, not to visitors."""
        return self.filter(is_popular=True) if viewer.user_id is not None else self.none()


class QuerySummary(models.Model):
    """One question of the last ninety days, however often and in whatever letters it was asked; counted every hour.

    One that `is_popular` is suggested to others: several people asked it lately, and all of its words stand in
    something that every employee may read.
    """

    folded = models.CharField(max_length=200, unique=True)
    text = models.CharField(_("Asked"), max_length=200)
    times = models.PositiveIntegerField(_("Times"))
    people = models.PositiveIntegerField(_("People in 30 days"))
    unanswered = models.PositiveIntegerField(_("Without an answer"))
    opened = models.PositiveIntegerField(_("Opened"))
    mean_rank = models.FloatField(_("Place opened, on average"), null=True)
    last_asked_at = models.DateTimeField(_("Last asked"))
    is_popular = models.BooleanField(_("Suggested to others"), default=False)

    objects = QuerySummaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("search query")
        verbose_name_plural = _("search queries")
        default_permissions = ("view",)
        indexes = [models.Index(fields=["is_popular", "folded"], name="query_popular")]

    def __str__(self) -> str:
        return self.text


class DocumentText(models.Model):
    """What stands inside a document, or why that is not known; also the work that is still to be done about it."""

    # Wagtail would count it among the places where the document is used.
    wagtail_reference_index_ignore = True

    document = models.OneToOneField(Document, models.CASCADE, primary_key=True, related_name="+")
    # The stored file that this is about, and the digest of what was read in it, as Wagtail makes it.
    file = models.CharField(max_length=255)
    digest = models.CharField(max_length=40, blank=True, db_index=True)
    state = models.CharField(max_length=10, choices=TextState.choices, default=TextState.WAITING)
    failure = models.CharField(max_length=20, choices=TextFailure.choices, blank=True)
    text = models.TextField(blank=True)
    # Of the text that is kept; `is_cut` if there is more in the file.
    characters = models.PositiveIntegerField(default=0)
    is_cut = models.BooleanField(default=False)
    # How often somebody has begun to read it, and when last.
    attempts = models.PositiveSmallIntegerField(default=0)
    taken_at = models.DateTimeField(null=True)
    extracted_at = models.DateTimeField(null=True)
    # Which edition of the readers has read it.
    edition = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["state", "document"], name="document_text_due")]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.state}"
