"""The clock asks several times a minute which pages have come to their end (core.scheduled_publishing)."""

from django.db import migrations

NAME = "knowledge_page_ends"


class Migration(migrations.Migration):
    dependencies = [
        ("knowledge", "0009_fold_names_of_tags"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.RunSQL(
            f"CREATE INDEX {NAME} ON wagtailcore_page (expire_at) WHERE live AND expire_at IS NOT NULL",
            f"DROP INDEX IF EXISTS {NAME}",
        )
    ]
