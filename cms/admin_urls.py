"""Addresses of the admin that are ours instead of Wagtail's; they come before its own."""

from typing import Any

from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access

from cms import admin_views, help_views


def inside(view: Any) -> Any:
    return never_cache(require_admin_access(view))


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
    path("redirects/", inside(admin_views.Redirects.as_view())),
    path("redirects/results/", inside(admin_views.Redirects.as_view(results_only=True))),
    path("reports/site-history/", inside(admin_views.SiteHistory.as_view())),
    path("reports/site-history/results/", inside(admin_views.SiteHistory.as_view(results_only=True))),
    path("localize/reports/translations/", inside(admin_views.TranslationsReport.as_view())),
    path(
        "localize/reports/translations/results/",
        inside(admin_views.TranslationsReport.as_view(results_only=True)),
    ),
    path("tag-autocomplete/", inside(admin_views.suggest_tags)),
    path("tag-autocomplete/<slug:app_name>/<slug:model_name>/", inside(admin_views.suggest_tags)),
]
