from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0003_build_the_index_anew")]

    operations = [
        migrations.RemoveConstraint("indexedrow", "indexed_row_once"),
        migrations.RemoveIndex("indexedrow", "indexed_thing"),
        migrations.AddField("indexedrow", "generation", models.CharField(default="database", max_length=80)),
        migrations.AddConstraint(
            "indexedrow",
            models.UniqueConstraint(fields=["generation", "kind", "object_id"], name="indexed_row_once"),
        ),
        migrations.AddIndex(
            "indexedrow", models.Index(fields=["generation", "kind", "key"], name="indexed_thing")
        ),
        migrations.AddField("position", "generation", models.CharField(default="", max_length=80)),
        # Places that were kept before are the database's.
        migrations.RunSQL("UPDATE search_position SET generation = 'database' WHERE reader = 'index'", ""),
    ]
