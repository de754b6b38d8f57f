"""Addresses of content pages, made from what a row already holds."""

from collections.abc import Mapping

from django.urls import NoReverseMatch
from wagtail.models import Page, Site


def root_paths() -> dict[str, str]:
    """Where the tree of each language begins, by language code; kept in the cache by Wagtail."""
    return {root.language_code: root.root_path for root in Site.get_site_root_paths()}


def url_path(language: str, path: str) -> str | None:
    """Where the page at a path below the home page of a language stands in the tree; None without such a home page."""
    root = root_paths().get(language)
    if root is None:
        return None
    return f"{root}{path.strip('/')}/" if path.strip("/") else root


def page_url(page: Page) -> str:
    """The address of a page whose `locale` is loaded; asks the database nothing."""
    url = url_below(root_paths(), page.locale.language_code, page.url_path)
    if url is None:
        raise NoReverseMatch(f"page {page.pk} stands below no home page of {page.locale.language_code}")
    return url


def url_below(roots: Mapping[str, str], language: str, path: str) -> str | None:
    """The address of a page in that language with that `url_path`; None where it stands below none of `root_paths`."""
    root = roots.get(language)
    return f"/{language}/{path[len(root) :]}" if root is not None and path.startswith(root) else None
