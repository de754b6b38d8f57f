from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0020_names_in_the_admin")]

    operations = [
        migrations.AddField("entry", "near", models.JSONField(default=list, editable=False)),
    ]
