"""The door of the admin: who may come in, and whether what an address names exists for them.

Wagtail answers "you may not" where somebody names a page or file that is not theirs, and its choosers, bulk actions and
translation views do not ask at all. Here every address is asked once, before its view: what may not be seen is not
there. Whether something may be *done* remains the views' and policies' question.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import ResolverMatch
from wagtail.admin.views.pages.search import page_filter_search
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail_localize.models import Translation, TranslationSource

from knowledge.models import Entry, Promotion, Tag
from knowledge.permission_policies import at_work, choosable_pages, explorable_pages
from people import access
from people.models import Community, Document, Image

Rows = Callable[[Any], QuerySet[Any]]

PREFIX = "/admin/"
OPEN_TO_ALL = {
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
}
# Reports that count and name the pages of everybody, and that nobody needs.
CLOSED = {"wagtailadmin_reports:page_types_usage", "wagtailadmin_reports:page_types_usage_results"}
PAGE_ARGUMENTS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk")


def visible(model: Any, user: Any) -> QuerySet[Any]:
    """Rows that the person may see; who was made a superuser on the server's console sees all."""
    return model.objects.all() if user.is_superuser else model.objects.visible_to(access.viewer_of(user))


def pictures(user: Any) -> QuerySet[Any]:
    return visible(Image, user)


def documents(user: Any) -> QuerySet[Any]:
    return visible(Document, user)


def tags(user: Any) -> QuerySet[Any]:
    return policy_registry.get_by_type(Tag).instances_user_has_permission_for(user, "change")


def promotions(user: Any) -> QuerySet[Any]:
    return policy_registry.get_by_type(Promotion).instances_user_has_permission_for(user, "change")


def entries(user: Any) -> QuerySet[Any]:
    return policy_registry.get_by_type(Entry).instances_user_has_permission_for(user, "change")


def communities(user: Any) -> QuerySet[Any]:
    return policy_registry.get_by_type(Community).instances_user_has_permission_for(user, "change")


def redirects(user: Any) -> QuerySet[Any]:
    return Redirect.objects.filter(
        Q(redirect_page=None) | Q(redirect_page__in=choosable_pages(user).values("pk"))
    )


def sources(user: Any) -> QuerySet[Any]:
    """Sources of translation all whose pages may be explored; the sources know them by their translation key."""
    ours = explorable_pages(user).values("pk")
    elsewhere = Page.objects.exclude(pk__in=ours).values("translation_key")
    return TranslationSource.objects.exclude(object_id__in=elsewhere)


def translations(user: Any) -> QuerySet[Any]:
    return Translation.objects.filter(source__in=sources(user))


# By the namespace of an address (or its name, where it has none): which rows its arguments may name.
SUBJECTS: dict[str, dict[str, Rows]] = {
    "wagtailadmin_choose_page_child": {"parent_page_id": choosable_pages},
    "wagtailadmin_pages": {"pk": explorable_pages},
    "wagtailimages": {"image_id": pictures},
    "wagtailimages_chooser": {"image_id": pictures, "pk": pictures},
    "wagtaildocs": {"document_id": documents, "doc_id": documents},
    "wagtaildocs_chooser": {"pk": documents},
    "wagtail_localize": {"translation_source_id": sources, "translation_id": translations},
    "wagtailredirects": {"redirect_id": redirects},
    "usage_of_image": {"image_id": pictures},
    "usage_of_document": {"document_id": documents},
    "entry": {"pk": entries},
    "managed_community": {"pk": communities},
    "tag": {"pk": tags},
    "promotion": {"pk": promotions},
}
# What of these kinds stands in the history of the site (cms.models.SiteHistoryEntry).
ROWS: dict[type[Any], Rows] = {
    Community: communities,
    Entry: entries,
    Tag: tags,
    Promotion: promotions,
    Redirect: redirects,
}
# Addresses that take a list of ids in their query.
LISTED: dict[str, Rows] = {
    "wagtailadmin_choose_page_chosen_multiple": choosable_pages,
    "wagtailimages_chooser:chosen_multiple": pictures,
    "wagtaildocs_chooser:chosen_multiple": documents,
}
BULK: dict[tuple[str, str], Rows] = {
    ("wagtailcore", "page"): explorable_pages,
    ("knowledge", "entry"): entries,
    ("people", "image"): pictures,
    ("people", "document"): documents,
}


class AdminGuard:
    """Stands after the middleware that knows the person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        whom = at_work.set(request.user)
        try:
            return self.get_response(request)
        finally:
            at_work.reset(whom)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        match = request.resolver_match
        user: Any = request.user
        if match is None or not request.path_info.startswith(PREFIX) or match.view_name in OPEN_TO_ALL:
            return
        if not user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied
        if user.is_superuser:
            return
        if match.view_name in CLOSED:
            raise Http404
        for rows, key in _named(match, kwargs):
            _require(rows(user), [key])
        if match.view_name == "wagtail_bulk_action":
            _narrow_bulk(request, kwargs)
        elif match.view_name in LISTED:
            _require(LISTED[match.view_name](user), request.GET.getlist("id"))


def _named(match: ResolverMatch, kwargs: dict[str, Any]) -> Iterable[tuple[Rows, Any]]:
    subjects = SUBJECTS.get(match.namespace or match.view_name, {})
    for name, value in kwargs.items():
        if name in subjects:
            yield subjects[name], value
        elif name in PAGE_ARGUMENTS:
            yield explorable_pages, value


def _require(rows: QuerySet[Any], keys: Iterable[Any]) -> None:
    try:
        wanted = {int(key) for key in keys}
    except ValueError as error:
        raise Http404 from error
    if wanted and rows.filter(pk__in=wanted).distinct().count() != len(wanted):
        raise Http404


def _narrow_bulk(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    """Only what may be seen is chosen; "all" becomes the list of it, as Wagtail would name the others as refused."""
    rows = BULK.get((kwargs["app_label"], kwargs["model_name"]))
    if rows is None:
        return
    chosen = request.GET.getlist("id")
    if "all" not in chosen:
        _require(rows(request.user), chosen)
    elif rows is explorable_pages:
        query = request.GET.copy()
        query.setlist("id", [str(pk) for pk in _listed_pages(request)])
        # The stubs know a request's query as it arrives; Django itself lets it be replaced.
        request.GET = query  # type: ignore[assignment]


def _listed_pages(request: HttpRequest) -> list[int]:
    pages: Any = explorable_pages(request.user)
    words = request.GET.get("q", "")
    parent_id = request.GET.get("childOf")
    if parent_id:
        _require(pages, [parent_id])
        parent = Page.objects.get(pk=parent_id)
        pages = pages.descendant_of(parent) if words else pages.child_of(parent)
    if words:
        return [page.pk for page in page_filter_search(words, pages)[0]]
    return list(pages.values_list("pk", flat=True))
