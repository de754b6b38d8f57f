from django.db import migrations

from core.fields import uuid7

BATCH = 500


def give_ids(apps, schema_editor):
    """Each replication gets an id for the outside, the day it was recorded on, and the beginning of its history."""
    replications = apps.get_model("knowledge", "Replication").objects.using(schema_editor.connection.alias)
    changes = apps.get_model("knowledge", "ReplicationChange").objects.using(schema_editor.connection.alias)
    while batch := list(replications.filter(public_id=None).order_by("pk")[:BATCH]):
        for row in batch:
            row.public_id = uuid7()
            row.as_of_date = row.recorded_at.date()
            row.updated_at = row.recorded_at
        replications.bulk_update(batch, ["public_id", "as_of_date", "updated_at"])
        changes.bulk_create(
            changes.model(
                replication=row,
                enterprise_id=row.enterprise_id,
                event="recorded",
                by_id=row.recorded_by_id,
                at=row.recorded_at,
                state={"status": row.status},
            )
            for row in batch
        )


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0015_replications_are_a_ledger")]

    operations = [migrations.RunPython(give_ids, migrations.RunPython.noop)]
