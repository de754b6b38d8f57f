"""What reports ask of a page that stands only in its body: kept beside it, worked out anew when the page changes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.querysets import PageReferenceQuerySet


class PageFacts(models.Model):
    """How much there is of a page: its words and blocks, and the bytes that its pictures and files take."""

    page = models.OneToOneField(
        "knowledge.EntryPage", models.CASCADE, primary_key=True, related_name="facts", verbose_name="page"
    )
    words = models.PositiveIntegerField("words", default=0)
    blocks = models.PositiveIntegerField("blocks", default=0)
    picture_bytes = models.PositiveBigIntegerField("pictures, bytes", default=0)
    file_bytes = models.PositiveBigIntegerField("files, bytes", default=0)
    total_bytes = models.GeneratedField(
        expression=models.F("picture_bytes") + models.F("file_bytes"),
        output_field=models.PositiveBigIntegerField(),
        db_persist=True,
    )
    refreshed_at = models.DateTimeField()

    class Meta:
        verbose_name = "facts of a page"
        verbose_name_plural = "facts of pages"
        indexes = [models.Index(fields=["-total_bytes"], name="page_facts_heaviest")]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.page_id}: {self.words}"


class PageReference(models.Model):
    """Something that a page, as published or as drafted, names: another page, a picture, a document, an address.

    What is named may be gone: that is what the report of broken links is about, so the database does not insist on it.
    """

    page = models.ForeignKey("knowledge.EntryPage", models.CASCADE, related_name="references")
    is_draft = models.BooleanField(default=False)
    named_page = models.ForeignKey(
        "wagtailcore.Page", models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    picture = models.ForeignKey(
        "people.Image", models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    document = models.ForeignKey(
        "people.Document", models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    address = models.ForeignKey(
        "knowledge.ExternalAddress", models.CASCADE, null=True, related_name="references"
    )
    # Whether each use of a picture says, to those who cannot see it, what is on it.
    is_described = models.BooleanField(default=True)

    objects = PageReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        default_permissions = ()

    def __str__(self) -> str:
        named = self.named_page_id or self.picture_id or self.document_id or self.address_id
        return f"{self.page_id} → {named}"


class ExternalAddress(models.Model):
    """An address outside that pages link to, and what came of looking whether it still answers."""

    class Status(models.TextChoices):
        UNKNOWN = "unknown", "not looked at yet"
        WORKING = "working", "answers"
        FAILING = "failing", "failed once"
        BROKEN = "broken", "does not answer"

    # Addresses are longer than an index takes: they are told apart by their digest.
    digest = models.CharField(max_length=64, unique=True, editable=False)
    url = models.TextField("address")
    host = models.CharField("host", max_length=255)
    status = models.CharField("status", max_length=8, choices=Status.choices, default=Status.UNKNOWN)
    answer = models.CharField("answer", max_length=40, blank=True)
    failures = models.PositiveSmallIntegerField("times failed", default=0)
    failing_since = models.DateTimeField("fails since", null=True)
    checked_at = models.DateTimeField("looked at", null=True)
    due_at = models.DateTimeField("to be looked at")

    class Meta:
        verbose_name = "external address"
        verbose_name_plural = "external addresses"
        indexes = [models.Index(fields=["due_at", "host"], name="external_address_due")]
        default_permissions = ()

    def __str__(self) -> str:
        return self.url
