from typing import Any, Self

from django.db import connection, models
from django.db.models import Func


class CurrentTransaction(Func):
    """The number of the running transaction; writers of SQLite wait for one another and need none."""

    output_field = models.BigIntegerField()

    def as_sqlite(self, compiler, connection, **extra):
        return "(0)", ()

    def as_postgresql(self, compiler, connection, **extra):
        return "(pg_current_xact_id()::text::bigint)", ()


class OldestRunningTransaction(Func):
    """The oldest transaction of PostgreSQL that has not ended; those known to work in another database do not count."""

    output_field = models.BigIntegerField()
    template = """(
        SELECT COALESCE(MIN(running::text::bigint), 9223372036854775807)
        FROM pg_snapshot_xip(pg_current_snapshot()) AS running
        WHERE NOT EXISTS (
            SELECT 1 FROM pg_stat_activity AS elsewhere
            WHERE elsewhere.datname <> current_database()
            AND elsewhere.backend_xid::text::bigint = (running::text::bigint & 4294967295)
        )
    )"""


class OutboxQuerySet(models.QuerySet[Any]):
    def settled(self) -> Self:
        """Entries that no running transaction can still slip in before.

        Sequence numbers are given when a row is written, not when it is committed: a reader that goes by the number
        alone would pass over a row of a slower transaction for good.
        """
        if connection.vendor != "postgresql":
            return self
        return self.filter(transaction__lt=OldestRunningTransaction())

    def after(self, sequence: int) -> Self:
        return self.settled().filter(sequence__gt=sequence).order_by("sequence")


class OutboxEntry(models.Model):
    """One change of one thing, written in the transaction that made it; readers keep their own place in the sequence.

    `audience` before and after tells a reader who may learn of the change, and from whom a thing has to be taken away.
    """

    class Verb(models.TextChoices):
        CHANGED = "changed"
        REMOVED = "removed"
        # Only how much use is made of it has changed, which nobody reads: it is put in another order.
        RANKED = "ranked"

    sequence = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    verb = models.CharField(max_length=10, choices=Verb.choices)
    audience_before = models.JSONField(default=list)
    audience_after = models.JSONField(default=list)
    at = models.DateTimeField(auto_now_add=True)
    transaction = models.BigIntegerField(db_default=CurrentTransaction(), editable=False)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "key", "-sequence"], name="outbox_thing")]

    def __str__(self) -> str:
        return f"{self.sequence}: {self.kind} {self.key} {self.verb}"
