"""Readers' pages are found by one look at `url_path` (knowledge.page_views); Wagtail, which walks down by slugs, has
no index for it, and reading the table through costs more than the page from some thousand pages on.

PostgreSQL hashes it: a btree refuses texts that are longer than a third of a page.
"""

from django.db import migrations

NAME = "knowledge_page_url_path"


def add(apps, schema_editor):
    method = "USING hash " if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"CREATE INDEX {NAME} ON wagtailcore_page {method}(url_path)")


def remove(apps, schema_editor):
    schema_editor.execute(f"DROP INDEX IF EXISTS {NAME}")


class Migration(migrations.Migration):
    dependencies = [
        ("knowledge", "0004_optional_texts_are_empty"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(add, remove)]
