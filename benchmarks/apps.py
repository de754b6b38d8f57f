from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class BenchmarksConfig(AppConfig):
    name = "benchmarks"

    def ready(self) -> None:
        post_migrate.connect(_make_tables, sender=self)


def _make_tables(**kwargs: Any) -> None:
    """Before other apps set up their pages: deleting one looks into the tables of every kind."""
    from benchmarks import stock_pages  # whose models are loaded after the apps

    stock_pages.make_tables()
