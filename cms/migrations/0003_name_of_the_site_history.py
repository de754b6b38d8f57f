from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0002_site_history"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="sitehistoryentry",
            options={
                "default_permissions": (),
                "verbose_name": "log entry",
                "verbose_name_plural": "log entries",
            },
        ),
    ]
