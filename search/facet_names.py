"""What the values of facets are called, for whoever may know of them."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.cache import cache
from django.db.models import CharField, Value
from django.utils.translation import get_language

from core.declarations import Viewer, search_facets
from search import engine

KEPT_SECONDS = 60
Names = dict[tuple[str, str], str]


def named(values_by_facet: Mapping[str, Sequence[str]], viewer: Viewer) -> Names:
    """By facet and value, in the reader's language: of those that stand in tables and that the viewer may know of.

    In one query for all facets, or as they were a minute ago.
    """
    wanted = {
        facet.name: sorted(set(values_by_facet.get(facet.name, [])))
        for facet in engine.listed_facets()
        if facet.rows is not None and values_by_facet.get(facet.name)
    }
    if not wanted:
        return {}
    digest = hashlib.sha256(
        repr((get_language(), sorted(viewer.keys), sorted(wanted.items()))).encode()
    ).hexdigest()
    names: Names | None = cache.get(f"facet-names:{digest}")
    if names is None:
        names = _names_of(wanted, viewer)
        cache.set(f"facet-names:{digest}", names, KEPT_SECONDS)
    return names


def _names_of(values_by_facet: Mapping[str, list[str]], viewer: Viewer) -> Names:
    rows: list[Any] = []
    for name, values in values_by_facet.items():
        named_rows = search_facets[name].rows
        if named_rows is not None:
            facet = Value(name, output_field=CharField())
            rows.append(named_rows(values, viewer).annotate(facet=facet))
    found = rows[0].union(*rows[1:], all=True) if rows[1:] else rows[0]
    return {(facet, value): label for value, label, facet in found}
