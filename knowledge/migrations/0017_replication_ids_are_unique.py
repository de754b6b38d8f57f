from django.db import migrations

import core.fields


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0016_replications_have_ids")]

    operations = [
        migrations.AlterField("replication", "public_id", core.fields.PublicIdField()),
    ]
