"""Words are cut otherwise than before: the next look at what has changed finds no place to go on from, and builds it."""

from django.db import migrations


def forget_the_place(apps, schema_editor):
    apps.get_model("search", "Position").objects.filter(reader="index").delete()


class Migration(migrations.Migration):
    dependencies = [("search", "0006_queries")]

    operations = [migrations.RunPython(forget_the_place, migrations.RunPython.noop)]
