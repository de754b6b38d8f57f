"""What the admin consists of, and what of Wagtail's own is left out: each role sees what it needs and no more."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import SubmitForModerationMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.side_panels import ChecksSidePanel
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.documents.views.bulk_actions import AddTagsBulkAction as TagDocuments
from wagtail.images.views.bulk_actions import AddTagsBulkAction as TagImages
from wagtail.models import ModelLogEntry

from cms.admin_api import VisibleDocuments, VisibleImages
from cms.admin_checks import check_articles
from cms.admin_start import Standing, Waiting
from cms.models import SiteHistoryEntry
from cms.page_viewset import Pages
from knowledge.viewsets import (
    BULK_ACTIONS,
    ENTRY_PAGE_LISTINGS,
    BulkChangeViewSet,
    EntryPages,
    EntryViewSet,
    PromotionViewSet,
    ReportViewSet,
    TagViewSet,
    reports_item,
)
from people.client_token_viewset import ClientTokenViewSet
from people.community_viewset import CommunityViewSet
from search.synonyms_viewset import SynonymsViewSet

# Files have no tags: a list of the commonest ones would show everybody the words of classified files.
TagImages.models = []
TagDocuments.models = []

# Wagtail translates them once, into the language of the server.
for text in ("edit_item_text", "search_tab_label"):
    setattr(ChooserViewSet, text, _(getattr(ChooserViewSet, text)))

# wagtail-localize asks twice a row whether there is a language left to translate into. "Translate" stays at the head of
# the page itself. There is no public way to take one app's hook out.
hooks._hooks["register_page_listing_more_buttons"] = [
    (hook, order)
    for hook, order in hooks._hooks["register_page_listing_more_buttons"]
    if not hook.__module__.startswith("wagtail_localize.")
]

# Wagtail's own help, and the report that counts and names the pages of everybody.
NOT_IN_MENU = {"help"}
NOT_IN_REPORTS = {"page-types-usage"}


class Catalogue(ViewSetGroup):
    menu_label = _("Catalogue")
    menu_icon = "list-ul"
    menu_name = "catalogue"
    menu_order = 110
    items = (
        EntryViewSet(),
        *ENTRY_PAGE_LISTINGS,
        TagViewSet(),
        PromotionViewSet(),
        SynonymsViewSet(),
        BulkChangeViewSet(),
    )


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[Any]:
    return [
        Catalogue(),
        Pages(),
        EntryPages(),
        ReportViewSet(),
        CommunityViewSet(add_to_admin_menu=True, menu_order=120),
        ClientTokenViewSet(add_to_settings_menu=True, menu_order=700),
    ]


@hooks.register("construct_admin_api")
def show_scripts_what_may_be_seen(router: Any) -> None:
    router.register_endpoint("images", VisibleImages)
    router.register_endpoint("documents", VisibleDocuments)


@hooks.register("register_log_actions", order=100)
def keep_history_of_what_may_be_seen(actions: Any) -> None:
    """In the place of Wagtail's: it is the same table."""
    actions.register_model(Model, SiteHistoryEntry)
    actions.log_entry_models.discard(ModelLogEntry)


@hooks.register("register_admin_menu_item")
def help_for_editors() -> MenuItem:
    return MenuItem(_("Help"), reverse("editor_help"), name="editor-help", icon_name="help", order=1000)


@hooks.register("construct_main_menu")
def shorten_menu(request: HttpRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if item.name not in NOT_IN_MENU]


@hooks.register("construct_reports_menu")
def shorten_reports(request: HttpRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if item.name not in NOT_IN_REPORTS]


for action in BULK_ACTIONS:
    hooks.register("register_bulk_action", action)


@hooks.register("register_reports_menu_item")
def report_on_the_catalogue() -> Any:
    return reports_item()


@hooks.register("construct_homepage_panels")
def show_what_waits(request: HttpRequest, panels: list[Any]) -> None:
    panels[:] = [Waiting(), Standing()]


@hooks.register("construct_homepage_summary_items")
def leave_out_totals(request: HttpRequest, items: list[Any]) -> None:
    """They count what the person may not see, too."""
    items.clear()


class SendForReview(SubmitForModerationMenuItem):
    """Wagtail's own says the name of the review, which is kept in one language."""

    label = _("Send for review")

    def get_context_data(self, parent_context: Any) -> Any:
        return {**super().get_context_data(parent_context), "label": self.label}


@hooks.register("construct_page_action_menu")
def send_for_review(items: list[Any], request: HttpRequest, context: Any) -> None:
    items[:] = [
        SendForReview(order=item.order) if isinstance(item, SubmitForModerationMenuItem) else item
        for item in items
    ]


hooks.register("construct_wagtail_userbar", check_articles)
# With advice of ours above what the checker finds (knowledge.content_checks).
ChecksSidePanel.template_name = "cms/admin/checks.html"


@hooks.register("insert_global_admin_css")
def house_colours() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("cms/admin.css"))


@hooks.register("insert_global_admin_js")
def names_for_rich_text() -> SafeString:
    # The second takes effect before Wagtail's own scripts ask for dates, so it does not wait.
    return format_html(
        '<script src="{}" defer></script><script src="{}"></script>',
        static("cms/admin.js"),
        static("cms/admin_dates.js"),
    )
