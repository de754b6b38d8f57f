from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = "Site"

    def ready(self) -> None:
        for app in ("core", "people", "search", "social", "knowledge"):
            import_module(f"{app}.schedule")  # registers the clock's work with Celery
        from cms import search_sources
        from knowledge import permission_policies as page_policies
        from people import permission_policies as file_policies

        # This app is the last: Wagtail's own policies, registered as its apps were made ready, give way.
        file_policies.register()
        page_policies.register()
        search_sources.track_pages()
        post_migrate.connect(set_up, sender=self, dispatch_uid="cms.set_up")


def set_up(**kwargs: Any) -> None:
    """What a database needs before anybody signs in: roles, the trunk of the page tree, rights on it."""
    from cms.models import HomePage
    from knowledge.services import community_pages, editing_rights, reviews
    from people import roles

    roles.sync()
    community_pages.ensure_site(HomePage)
    editing_rights.sync()
    reviews.ensure()
