"""Every address of the admin that could show, list, name or count something a person may not see."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import Locale, Site
from wagtail.search.backends import get_search_backend
from wagtail_localize.models import Translation, TranslationSource

from core import clock
from knowledge.models import Entry, EntryPage, PageReference, PromotedPhrase, Promotion, Tag
from knowledge.reports import REPORTS
from knowledge.services import page_facts
from people.models import Community, Document, Image
from tests import world as worlds


@dataclass(frozen=True)
class Secret:
    """An entry in one community with all that hangs on it; every name of it contains `word`."""

    word: str
    community: Community
    entry: Entry
    page: EntryPage
    image: Image
    document: Document
    tag: Tag
    promotion: Promotion
    redirect: Redirect
    source: TranslationSource
    translation: Translation


def keep(word: str, community: Community, access: str, owner: Any) -> Secret:
    """Make a secret and put it wherever the admin might find it: index, history, redirects, translations, locks."""
    entry = worlds.entry(word, community, owner, access=access)
    page = entry.pages.get().specific
    page.tags.add(f"tag-{word}")
    image = worlds.picture(f"picture-{word}", community, access)
    worlds.picture(f"lost-{word}", community, access)
    worlds.document(f"lost-{word}", community, access)
    document = worlds.document(f"paper-{word}", community, access)
    worlds.use_in_body(page, document)
    worlds.use_in_body(page, image)
    page.refresh_from_db()
    page.locked = True
    page.locked_by = owner
    page.save(update_fields=["locked", "locked_by"])
    log(page, "wagtail.edit", user=owner)
    for row in (page, image, document, community):
        get_search_backend().add(row)
    redirect = Redirect.objects.create(
        old_path=f"/en/old-{word}", redirect_page=page.page_ptr, site=Site.objects.get()
    )
    tag = Tag.objects.get(name=f"tag-{word}")
    promotion = Promotion.objects.create(entry=entry)
    PromotedPhrase.objects.create(promotion=promotion, text=f"words-{word}")
    for thing in (entry, community, tag, redirect):
        log(thing, "wagtail.edit", user=owner)
    source, _created = TranslationSource.get_or_create_from_instance(page)
    source.update_from_db()
    translation = Translation.objects.create(
        source=source, target_locale=Locale.objects.get(language_code="ru")
    )
    translation.save_target(publish=False)
    _mend_nothing(word, page, entry)
    return Secret(
        word=word,
        community=community,
        entry=entry,
        page=page,
        image=image,
        document=document,
        tag=tag,
        promotion=promotion,
        redirect=redirect,
        source=source,
        translation=translation,
    )


def _mend_nothing(word: str, page: EntryPage, entry: Entry) -> None:
    """Let everything be amiss with it that reports look for."""
    EntryPage.objects.filter(pk=page.pk).update(summary="", has_unpublished_changes=True)
    long_ago = clock.now() - timedelta(days=500)
    Entry.objects.filter(pk=entry.pk).update(
        published_at=long_ago,
        review_date=long_ago.date(),
        owner=worlds.person(f"left-{word}@example.org", is_active=False),
    )
    page_facts.refresh([page.pk])
    other = worlds.entry(f"new-{word}", entry.community, page.owner, access=entry.access)
    for naming in (page.pk, other.pages.get().pk):
        PageReference.objects.create(page_id=naming, named_page_id=9_999_999)


Address = Callable[[Secret], str]


def _plain(name: str, query: str = "", *args: Any) -> Address:
    return lambda secret: reverse(name, args=args) + query.format(word=secret.word)


def _page(name: str, query: str = "", *more: Any) -> Address:
    return lambda secret: reverse(name, args=[secret.page.pk, *more]) + query


def _file(name: str, kind: str, *more: Any) -> Address:
    return lambda secret: reverse(name, args=[getattr(secret, kind).pk, *more])


# Lists, searches, reports: they answer, and the secret is not in the answer. `q=title` matches every entry's title.
LISTS: list[tuple[str, Address]] = [
    ("start", _plain("wagtailadmin_home")),
    ("explorer of the community", lambda s: reverse("wagtailadmin_explore", args=[s.page.get_parent().pk])),
    ("explorer of the community as a table", lambda s: (
        reverse("wagtailadmin_explore", args=[s.page.get_parent().pk]) + "?export=csv"
    )),
    ("explorer of the parent", lambda s: reverse("wagtailadmin_explore", args=[s.page.get_parent().get_parent().pk])),
    ("explorer at the root", _plain("wagtailadmin_explore_root")),
    ("search of pages", _plain("wagtailadmin_pages:search", "?q=title")),
    ("search of pages, results", _plain("wagtailadmin_pages:search_results", "?q=title")),
    ("pages of a type", _plain("wagtailadmin_pages:type_use", "", "knowledge", "bestpracticepage")),
    ("best practices", _plain("best_practices:index")),
    ("best practices as a table", _plain("best_practices:index", "?export=csv")),
    ("best practices as a workbook", _plain("best_practices:index", "?export=xlsx")),
    ("best practices found as a table", _plain("best_practices:index", "?q=title&export=csv")),
    ("best practices, results", _plain("best_practices:index_results")),
    ("success stories", _plain("success_stories:index")),
    ("entries", _plain("entry:index")),
    ("entries as a table", _plain("entry:index", "?export=csv")),
    ("entries found as a table", _plain("entry:index", "?q=title&export=csv")),
    ("entries as a workbook", _plain("entry:index", "?export=xlsx")),
    ("entries found", _plain("entry:index_results", "?q=title")),
    ("communities", _plain("managed_community:index")),
    ("communities as a table", _plain("managed_community:index", "?export=csv")),
    ("tags", _plain("tag:index")),
    ("tags as a table", _plain("tag:index", "?export=csv")),
    ("recommendations", _plain("promotion:index")),
    ("synonyms", _plain("synonyms:index")),
    ("search queries", _plain("search_queries")),
    ("search queries, results", _plain("search_queries_results")),
    ("search queries as a table", _plain("search_queries", "?export=csv")),
    ("tags spelt twice", _plain("tag:alike")),
    ("unused tags", _plain("tag:unused")),
    ("tags typed", _plain("wagtailadmin_tag_model_autocomplete", "?term=tag", "knowledge", "tag")),
    ("tags of files typed", _plain("wagtailadmin_tag_autocomplete", "?term=file")),
    ("page chooser", _plain("wagtailadmin_choose_page")),
    ("page chooser in the community's parent", lambda s: reverse(
        "wagtailadmin_choose_page_child", args=[s.page.get_parent().get_parent().pk]
    )),
    ("page chooser in the community", lambda s: reverse(
        "wagtailadmin_choose_page_child", args=[s.page.get_parent().pk]
    )),
    ("page chooser, search", _plain("wagtailadmin_choose_page_search", "?q=title")),
    ("page chooser, entries", _plain("wagtailadmin_choose_page_search", "?q=title&page_type=knowledge.entrypage")),
    ("pages for scripts", _plain("wagtailadmin_api:pages:listing", "?fields=*&limit=100")),
    ("pictures for scripts", _plain("wagtailadmin_api:images:listing", "?limit=100")),
    ("documents for scripts", _plain("wagtailadmin_api:documents:listing", "?limit=100")),
    ("pictures", _plain("wagtailimages:index")),
    ("pictures found", _plain("wagtailimages:index_results", "?q=picture")),
    ("picture chooser", _plain("wagtailimages_chooser:choose")),
    ("picture chooser, search", _plain("wagtailimages_chooser:choose_results", "?q=picture")),
    ("uploading pictures", _plain("wagtailimages:add_multiple")),
    ("documents", _plain("wagtaildocs:index")),
    ("documents found", _plain("wagtaildocs:index_results", "?q=paper")),
    ("document chooser", _plain("wagtaildocs_chooser:choose")),
    ("document chooser, search", _plain("wagtaildocs_chooser:choose_results", "?q=paper")),
    ("uploading documents", _plain("wagtaildocs:add_multiple")),
    ("report of locked pages", _plain("wagtailadmin_reports:locked_pages")),
    ("report of locked pages as a table", _plain("wagtailadmin_reports:locked_pages", "?export=csv")),
    ("report of reviews", _plain("wagtailadmin_reports:workflow")),
    ("report of reviews as a table", _plain("wagtailadmin_reports:workflow", "?export=csv")),
    ("report of review tasks", _plain("wagtailadmin_reports:workflow_tasks")),
    ("report of review tasks as a table", _plain("wagtailadmin_reports:workflow_tasks", "?export=csv")),
    ("history of the site", _plain("wagtailadmin_reports:site_history")),
    ("history of the site as a table", _plain("wagtailadmin_reports:site_history", "?export=csv")),
    ("ageing pages", _plain("wagtailadmin_reports:aging_pages")),
    ("ageing pages as a table", _plain("wagtailadmin_reports:aging_pages", "?export=csv")),
    ("page types", _plain("wagtailadmin_reports:page_types_usage")),
    ("translations", _plain("wagtail_localize:translations_report")),
    ("translations as a table", _plain("wagtail_localize:translations_report", "?export=csv")),
    ("redirects", _plain("wagtailredirects:index")),
    ("redirects as a table", _plain("wagtailredirects:index", "?export=csv")),
    ("log", _plain("core_auditentry_modeladmin_index")),
    ("log as a table", _plain("core_auditentry_modeladmin_index", "?export=csv")),
    ("client tokens", _plain("client_token:index")),
    ("client tokens as a table", _plain("client_token:index", "?export=csv")),
    ("people", _plain("person_chooser:choose")),
    *(
        (f"report: {report.name}{kind}", _plain(f"catalogue_reports:{report.name}", kind))
        for report in REPORTS
        for kind in ("", "?export=csv")
    ),
    ("reports", _plain("catalogue_reports:index")),
    ("bulk changes", _plain("bulk_change:index")),
    ("handing all entries over", lambda s: (
        reverse("wagtail_bulk_action", args=["knowledge", "entry", "hand_over"]) + "?id=all&next=/admin/entries/"
    )),
    ("bulk publishing of all", lambda s: (
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        + f"?id=all&childOf={s.page.get_parent().get_parent().pk}&next=/admin/"
    )),
    ("bulk deleting of all pictures", _plain(
        "wagtail_bulk_action", "?id=all&next=/admin/", "people", "image", "delete"
    )),
]  # fmt: skip

# Addresses that name the secret itself: for whom it is not, it is not there.
NAMED: list[tuple[str, Address]] = [
    *(
        (f"page: {name}", _page(f"wagtailadmin_pages:{name}"))
        for name in (
            "usage", "edit", "preview_on_edit", "view_draft", "delete", "unpublish", "move", "copy", "set_privacy",
            "lock", "unlock", "workflow_history", "history", "history_results", "revisions_index", "convert_alias",
            "confirm_workflow_cancellation",
        )
    ),
    ("page: explored", _page("wagtailadmin_explore")),
    ("page: for scripts", _page("wagtailadmin_api:pages:detail")),
    ("page: comparison", lambda s: reverse(
        "wagtailadmin_pages:revisions_compare", args=[s.page.pk, "earliest", "latest"]
    )),
    ("page: revision", lambda s: reverse(
        "wagtailadmin_pages:revisions_view", args=[s.page.pk, s.page.latest_revision_id]
    )),
    ("page: chosen", lambda s: reverse("wagtailadmin_choose_page_chosen_multiple") + f"?id={s.page.pk}"),
    ("page: chooser inside", _page("wagtailadmin_choose_page_child")),
    ("page: translate", _page("wagtail_localize:submit_page_translation")),
    ("page: translation update", lambda s: reverse("wagtail_localize:update_translations", args=[s.source.pk])),
    ("page: translation file", lambda s: reverse("wagtail_localize:download_pofile", args=[s.translation.pk])),
    ("page: bulk", lambda s: (
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={s.page.pk}&next=/admin/"
    )),
    ("entry: bulk", lambda s: (
        reverse("wagtail_bulk_action", args=["knowledge", "entry", "publish"]) + f"?id={s.entry.pk}&next=/admin/"
    )),
    ("entry: edit", _file("entry:edit", "entry")),
    ("entry: history", _file("entry:history", "entry")),
    ("entry: usage", _file("entry:usage", "entry")),
    ("recommendation: edit", _file("promotion:edit", "promotion")),
    ("recommendation: delete", _file("promotion:delete", "promotion")),
    ("recommendation: usage", _file("promotion:usage", "promotion")),
    ("tag: edit", _file("tag:edit", "tag")),
    ("tag: usage", _file("tag:usage", "tag")),
    ("tag: merge", _file("tag:merge", "tag")),
    ("tag: split", _file("tag:split", "tag")),
    ("picture: edit", _file("wagtailimages:edit", "image")),
    ("picture: delete", _file("wagtailimages:delete", "image")),
    ("picture: usage", _file("wagtailimages:image_usage", "image")),
    ("picture: address", _file("wagtailimages:url_generator", "image")),
    ("picture: preview", _file("wagtailimages:preview", "image", "original")),
    ("picture: chosen", _file("wagtailimages_chooser:chosen", "image")),
    ("picture: format", _file("wagtailimages_chooser:select_format", "image")),
    ("picture: for scripts", _file("wagtailadmin_api:images:detail", "image")),
    ("pictures: chosen", lambda s: reverse("wagtailimages_chooser:chosen_multiple") + f"?id={s.image.pk}"),
    ("pictures: bulk", lambda s: (
        reverse("wagtail_bulk_action", args=["people", "image", "delete"]) + f"?id={s.image.pk}&next=/admin/"
    )),
    ("document: edit", _file("wagtaildocs:edit", "document")),
    ("document: delete", _file("wagtaildocs:delete", "document")),
    ("document: usage", _file("wagtaildocs:document_usage", "document")),
    ("document: chosen", _file("wagtaildocs_chooser:chosen", "document")),
    ("document: for scripts", _file("wagtailadmin_api:documents:detail", "document")),
    ("documents: chosen", lambda s: reverse("wagtaildocs_chooser:chosen_multiple") + f"?id={s.document.pk}"),
    ("redirect", _file("wagtailredirects:edit", "redirect")),
]  # fmt: skip

# Addresses of a classified community itself.
COMMUNITY: list[tuple[str, Address]] = [
    ("community: edit", _file("managed_community:edit", "community")),
    ("community: inspect", _file("managed_community:inspect", "community")),
    ("community: history", _file("managed_community:history", "community")),
]

# What somebody with an ordinary rights set may open without a secret being named; the doors matrix takes these.
SURFACES: list[tuple[str, Address]] = [*LISTS, *NAMED, *COMMUNITY]
