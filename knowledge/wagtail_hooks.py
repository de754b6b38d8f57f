from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages

from knowledge import content_checks, editor_footnotes
from knowledge.editor_links import keep_discreet
from knowledge.models import EntryPage
from knowledge.permission_policies import choosable_pages
from knowledge.rich_text import DocumentLink, PageLink
from knowledge.services import entries, files
from knowledge.viewsets import mergers


@hooks.register("construct_page_chooser_queryset")
def choose_what_may_be_seen(pages: Any, request: HttpRequest) -> Any:
    return pages.filter(pk__in=choosable_pages(request.user).values("pk"))


@hooks.register("register_rich_text_features", order=100)
def link_without_leaks(features: Any) -> None:
    for handler in (PageLink, DocumentLink):
        features.register_link_type(handler)
    keep_discreet(features)


@hooks.register("register_rich_text_features")
def write_notes_in_their_place(features: Any) -> None:
    editor_footnotes.register(features)


@hooks.register("after_publish_page")
def say_what_readers_stumble_over(request: HttpRequest, page: Any) -> None:
    """Published is published; what could be better is said with the way to it."""
    findings = content_checks.check(page.specific) if isinstance(page.specific, EntryPage) else []
    if findings:
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        messages.warning(
            request, content_checks.said(findings), buttons=[messages.button(address, _("Edit the page"))]
        )


@hooks.register("before_edit_page")
def say_that_nothing_goes_live(request: HttpRequest, page: Any) -> None:
    """Why there is no button to publish it."""
    draft = page.specific
    is_new = isinstance(draft, EntryPage) and not draft.live
    if request.method == "GET" and is_new and not entries.takes_new_pages(draft.entry):
        messages.warning(
            request,
            _(
                "The community of this page is archived: nothing new goes live there until it is taken up again."
            ),
        )


@hooks.register("after_move_page")
def offer_to_move_files(request: HttpRequest, page: Any) -> None:
    """A page that came to another community may have left its files behind."""
    moved = page.specific
    if isinstance(moved, EntryPage) and files.misplaced(moved.entry):
        address = reverse("entry_files", args=[moved.entry.key])
        messages.warning(
            request,
            _(
                "Some files of this page stand where not all of its readers may open them, or where others may."
            ),
            buttons=[messages.button(address, _("Look at its files"))],
        )


@hooks.register("register_admin_urls")
def register_mergers():
    return mergers.urls()


hooks.register("register_unit_buttons", mergers.button)
