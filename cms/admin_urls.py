"""Addresses of the admin that are ours instead of Wagtail's; they come before its own."""

from functools import update_wrapper
from typing import Any

from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access

from cms import admin_views, help_views


def inside(view: Any) -> Any:
    return update_wrapper(never_cache(require_admin_access(view)), view)


def report(address: str, view: Any) -> list[URLPattern]:
    """A report of Wagtail's or its companions', which has a second address for what filters find."""
    return [
        path(address, inside(view.as_view())),
        path(f"{address}results/", inside(view.as_view(results_only=True))),
    ]


urlpatterns = [
    path("editor-help/", inside(help_views.HelpStart.as_view()), name="editor_help"),
    path("editor-help/<slug:name>/", inside(help_views.HelpPage.as_view()), name="editor_help_page"),
    path("images/usage/<int:image_id>/", inside(admin_views.ImageUsage.as_view()), name="usage_of_image"),
    path(
        "documents/usage/<int:document_id>/",
        inside(admin_views.DocumentUsage.as_view()),
        name="usage_of_document",
    ),
    path("account/", inside(admin_views.Account.as_view())),
    path("pages/search/", inside(admin_views.PageSearch.as_view())),
    path("pages/search/results/", inside(admin_views.PageSearch.as_view(results_only=True))),
    *report("redirects/", admin_views.Redirects),
    *report("reports/site-history/", admin_views.SiteHistory),
    *report("reports/locked/", admin_views.LockedPages),
    *report("reports/aging-pages/", admin_views.AgingPages),
    *report("reports/workflow/", admin_views.Reviews),
    *report("reports/workflow_tasks/", admin_views.ReviewTasks),
    *report("localize/reports/translations/", admin_views.TranslationsReport),
    path("tag-autocomplete/", inside(admin_views.suggest_tags)),
    path("tag-autocomplete/<slug:app_name>/<slug:model_name>/", inside(admin_views.suggest_tags)),
]
