from django.db import migrations


def begin_anew(apps, schema_editor):
    """The reader that works them out forgets how far it was: the next change makes it go through every entry."""
    apps.get_model("search", "Position").objects.filter(reader="page facts").delete()


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0021_near_entries"), ("search", "0001_index_position")]

    operations = [migrations.RunPython(begin_anew, migrations.RunPython.noop)]
