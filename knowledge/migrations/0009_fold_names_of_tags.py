from django.db import migrations

BATCH = 1000


def fold(apps, schema_editor):
    """The field folds the name whenever a row is saved."""
    tags = apps.get_model("knowledge", "Tag").objects
    rows = []
    for tag in tags.order_by("pk").iterator(chunk_size=BATCH):
        tag._meta.get_field("folded").pre_save(tag, add=False)
        rows.append(tag)
    tags.bulk_update(rows, ["folded"], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [
        ("knowledge", "0008_tags_keep_former_addresses"),
    ]

    operations = [migrations.RunPython(fold, migrations.RunPython.noop)]
