"""Every address that the site has, read off its URLconf."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

# Wagtail's admin has hundreds of addresses; tests/matrix/test_admin.py walks them as a whole.
NOT_DOORS = ("admin/", "static/")


def names() -> set[str]:
    """The names of all addresses outside the admin; an address without a name is given by its route."""
    return {name for _route, name in addresses() if name is not None}


def views() -> dict[str, Any]:
    """The view that answers each route: the first that has it, where ours stands before one of Wagtail's."""
    found: dict[str, Any] = {}
    for route, pattern, _spaces in _walk(get_resolver().url_patterns, "", ()):
        found.setdefault(route, pattern.callback)
    return found


def addresses(inside: str | None = None) -> Iterator[tuple[str, str | None]]:
    """(route, name with its namespaces) of each pattern; `inside` limits to routes that begin so."""
    for route, pattern, spaces in _walk(get_resolver().url_patterns, "", ()):
        name = ":".join([*spaces, pattern.name]) if pattern.name else None
        if inside is not None:
            if route.startswith(inside):
                yield route, name
        elif not route.startswith(NOT_DOORS):
            yield route, name or route


def _walk(
    patterns: list[URLPattern | URLResolver], prefix: str, spaces: tuple[str, ...]
) -> Iterator[tuple[str, URLPattern, tuple[str, ...]]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _walk(pattern.url_patterns, route, inner)
        else:
            yield route, pattern, spaces
