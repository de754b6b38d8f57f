"""What stands before a colon in a question: author:petrov, in:maintenance, kind:story."""

from collections.abc import Iterable, Mapping
from typing import Any

from core.declarations import SearchSource, search_facets

KIND = "kind"
KIND_PREFIXES = ("kind", "вид", "тип", "סוג")
# Whoever narrows to a kind that does not exist finds nothing.
NO_KIND = "(none)"


def names() -> set[str]:
    """Everything that may stand before a colon."""
    return {*KIND_PREFIXES, *(prefix for facet in search_facets for prefix in facet.prefixes)}


def meant(
    written: Iterable[tuple[str, str]], viewer: Any, sources: Iterable[SearchSource]
) -> tuple[str | None, Mapping[str, list[str]]]:
    """The kind and the values of facets that somebody means, none where there is nothing so called; a query a field."""
    kind = None
    chosen: dict[str, list[str]] = {}
    for field, text in written:
        if field in KIND_PREFIXES:
            kind = _kind(text, sources)
            continue
        facet = next(each for each in search_facets if field in each.prefixes)
        chosen.setdefault(facet.name, []).extend(facet.find(text, viewer))
    return kind, chosen


def _kind(text: str, sources: Iterable[SearchSource]) -> str:
    """By its name in addresses, or by the beginning of what it is called in the reader's language."""
    text = text.lower()
    called: dict[str, str] = {}
    for source in sources:
        called[source.kind] = str(source.label)
        called |= {part: str(source.part_labels.get(part, part)) for part in source.parts}
    for kind, label in called.items():
        if text in (kind, label.lower()):
            return kind
    return next((kind for kind, label in called.items() if label.lower().startswith(text)), NO_KIND)
