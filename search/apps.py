from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "Search"

    def ready(self) -> None:
        from modelsearch.index import get_indexed_models

        from search import indexing
        from search.documents import following

        autodiscover_modules("search_sources")
        indexing.follow()
        following.connect()
        # The index follows the outbox. Wagtail would still send a job that does nothing at every save.
        for model in get_indexed_models():
            model.search_auto_update = False
