"""What a viewer may see of what was found: asked of the database each time, by statements made once for each viewer."""

from collections.abc import Sequence
from functools import lru_cache

from django.conf import settings

from core import compiled
from core.compiled import Compiled
from core.declarations import Hit, SearchSource, Viewer, search_sources

# Each holds some kilobytes; who has been away longer waits some milliseconds.
MOST_KEPT = 4_000


def sources(viewer: Viewer) -> list[SearchSource]:
    """Those of which the viewer may see anything at all, in the order in which they are shown."""
    listed = sorted((source for source in search_sources if source.listed), key=lambda source: source.order)
    return [source for source in listed if not _compiled(source, viewer).is_nothing]


def hits(kind: str, pks: Sequence[int], viewer: Viewer) -> dict[int, Hit]:
    """By primary key, those of the rows that the viewer may see; one query, or none for a kind that they may not."""
    source = search_sources[kind]
    rows = _compiled(source, viewer).rows(pks)
    found = source.hits([values for _pk, *values in rows])
    return {row[0]: hit for row, hit in zip(rows, found, strict=True)}


def _compiled(source: SearchSource, viewer: Viewer) -> Compiled:
    # Beside the viewer all that `people.access` writes into a statement: break-glass ends by itself.
    return _made(source.kind, viewer, viewer.cleared, settings.PUBLIC_CONTENT)


@lru_cache(MOST_KEPT)
def _made(kind: str, viewer: Viewer, *_what_else: object) -> Compiled:
    source = search_sources[kind]
    return compiled.made(source.visible(viewer), ("pk", *source.hit_fields))
