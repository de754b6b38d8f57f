"""What an index of Elasticsearch holds: the same columns for every kind of thing, and texts by part and language."""

import hashlib
import json
from functools import cache
from typing import Any

from core.declarations import search_sources
from search.backends.elasticsearch.languages import ANALYSIS, ANY, BARE, LANGUAGES
from search.texts import PARTS

KEYWORD = {"type": "keyword"}


def _text(analyser: str, **more: Any) -> dict[str, Any]:
    # With places kept in the index, what is marked in a long text need not be cut into words once more.
    return {"type": "text", "analyzer": analyser, "index_options": "offsets", **more}


def _part(part: str) -> dict[str, Any]:
    """Each language by its analyser, and all of them once more by the one for any."""
    fields = {language: _text(language, copy_to=f"{part}.{ANY}") for language in LANGUAGES}
    # The word without the letter before it stands in the index; the one that is asked is cut by whoever asks.
    fields["he"]["fields"] = {BARE: _text(f"he_{BARE}", search_analyzer="he")}
    return {"properties": {**fields, ANY: _text(ANY)}}


MAPPINGS: dict[str, Any] = {
    "dynamic": "strict",
    "properties": {
        "id": KEYWORD,
        "kind": KEYWORD,
        "part": KEYWORD,
        "pk": KEYWORD,
        "key": KEYWORD,
        "thing": KEYWORD,
        "language": KEYWORD,
        "audience": KEYWORD,
        "newest": {"type": "date"},
        "popularity": {"type": "byte"},
        # Names of facets are the sources'; their values are slugs.
        "facets": {"type": "object", "dynamic": "true"},
        "digest": {"type": "keyword", "index": False},
        "names": {"type": "text", "analyzer": "beginnings", "search_analyzer": "names"},
        **{part: _part(part) for part in PARTS},
    },
    "dynamic_templates": [{"facet": {"path_match": "facets.*", "mapping": KEYWORD}}],
}
SETTINGS: dict[str, Any] = {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    "analysis": ANALYSIS,
    "max_ngram_diff": 20,
}


@cache
def make() -> str:
    """What an index is built by: one of another make is built anew. Of the apps, which columns they declare."""
    columns = {
        each.kind: [dict(each.facets), each.newest, each.popularity, each.group] for each in search_sources
    }
    written = json.dumps([SETTINGS, MAPPINGS, columns], sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()[:8]
