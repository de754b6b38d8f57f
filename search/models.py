"""What the index holds and how far it has followed the outbox."""

from django.db import models


class Position(models.Model):
    """How far a reader of the outbox has come."""

    reader = models.CharField(max_length=40, primary_key=True)
    sequence = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.reader}: {self.sequence}"


class IndexedRow(models.Model):
    """A row that stands in the index, under the thing it belongs to: what is gone can only be found again here."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    object_id = models.CharField(max_length=50)
    digest = models.CharField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="indexed_row_once")]
        indexes = [models.Index(fields=["kind", "key"], name="indexed_thing")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}: {self.object_id}"
