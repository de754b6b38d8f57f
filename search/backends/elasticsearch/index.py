"""Filling Elasticsearch: one document a row, every write with the number of the change that it comes from."""

import hashlib
import json
import logging
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from functools import partial
from typing import Any

from django.utils import timezone
from elasticsearch import Elasticsearch, NotFoundError
from elasticsearch.helpers import streaming_bulk

from core import clock
from core.declarations import SearchSource
from search import analysis
from search.backends.elasticsearch import mapping
from search.backends.elasticsearch.connection import READER, Unavailable, alias, reading, writing
from search.backends.elasticsearch.languages import ANY
from search.backends.index import Item
from search.rows import Row
from search.texts import ANY_LANGUAGE, PARTS

logger = logging.getLogger("guildhall.search")

PAGE = 1000
# In bytes; it refuses requests of more than a hundred megabytes as it comes.
LONGEST_REQUEST = 20 * 1024 * 1024
ABANDONED_AFTER = timedelta(days=1)
# A refused write that is worth another try.
BUSY = frozenset({429, 503})
# The row has been written with a later number, or is not there to be removed.
ALREADY = frozenset({404, 409})
_WORD = re.compile(r"[^\W_]+")
# К-204 is К204 with a hyphen: letters that look alike in both alphabets, and a number.
_CODE_WITH_HYPHEN = re.compile(r"\b[авекмнорстух]{1,4}(?=[-\u2010\u2011]\d)", re.IGNORECASE)


class ElasticsearchIndex:
    """Generations are indexes of Elasticsearch; the one that answers has the alias."""

    reader = READER
    is_apart = True

    def helped(self, helpers: int) -> AbstractContextManager[None]:
        """The engine cuts words by itself."""
        return nullcontext()

    def begin(self) -> str:
        _remove_abandoned()
        name = f"{alias()}-{mapping.make()}-{clock.now():%Y%m%d%H%M%S%f}"
        # Nobody asks it yet: it need not be made searchable every second.
        settings = {**mapping.SETTINGS, "refresh_interval": "-1"}
        writing(
            lambda client: client.indices.create(index=name, settings=settings, mappings=mapping.MAPPINGS)
        )
        return name

    def is_current(self, generation: str) -> bool:
        if not generation.startswith(f"{alias()}-{mapping.make()}-"):
            return False
        there = writing(lambda client: client.indices.exists_alias(index=generation, name=alias()))
        return bool(there)

    def items(self, source: SearchSource, rows: Sequence[Row]) -> list[Item]:
        if not rows:
            return []
        told = _Columns(source, rows)
        found = []
        for row in rows:
            content = told.of(row) | _texts(row)
            written = json.dumps(content, sort_keys=True, default=str)
            digest = hashlib.blake2b(written.encode(), digest_size=16).hexdigest()
            found.append(Item(row.key, str(row.pk), digest, {**content, "digest": digest}, row))
        return found

    def write(
        self, generation: str, source: SearchSource, items: Sequence[Item], *, version: int
    ) -> list[Item]:
        refused = _bulk(
            {
                "_op_type": "index",
                "_source": item.content,
                **_place(generation, source, item.object_id, version),
            }
            for item in items
        )
        bad = [item for item in items if _id(source, item.object_id) in refused]
        if bad:
            # Rather nothing than the row as it was, for more people perhaps than may see it now.
            self.remove(generation, source, [item.object_id for item in bad], version=version)
        return bad

    def remove(
        self, generation: str, source: SearchSource, object_ids: Sequence[str], *, version: int
    ) -> None:
        _bulk({"_op_type": "delete", **_place(generation, source, pk, version)} for pk in object_ids)

    def stored(self, generation: str, source: SearchSource) -> Iterator[tuple[str, str | None]]:
        writing(lambda client: client.indices.refresh(index=generation))
        after: list[Any] | None = None
        while True:
            page = writing(partial(_page_of_stored, index=generation, kind=source.kind, after=after))
            for hit in page:
                yield hit["_source"]["pk"], hit["_source"]["digest"]
            if len(page) < PAGE:
                return
            after = page[-1]["sort"]

    def learn(self, items: Sequence[Item]) -> None:
        """The vocabulary is the database's."""

    def finish(self, generation: str) -> None:
        writing(
            lambda client: client.indices.put_settings(
                index=generation, settings={"index": {"refresh_interval": "1s"}}
            )
        )
        writing(lambda client: client.indices.refresh(index=generation))
        former = _bearers()
        actions: list[dict[str, Any]] = [{"add": {"index": generation, "alias": alias()}}]
        # In one step: there is always one that answers, and never two.
        actions += [{"remove_index": {"index": name}} for name in former if name != generation]
        writing(lambda client: client.indices.update_aliases(actions=actions))


def refresh() -> None:
    """Make what was written searchable now instead of within a second."""
    writing(lambda client: client.indices.refresh(index=alias()))


def probe() -> None:
    """Ask for nothing; raises Unavailable."""
    reading(lambda client: client.count(index=alias()))


def _page_of_stored(client: Elasticsearch, *, index: str, kind: str, after: list[Any] | None) -> list[Any]:
    found = client.search(
        index=index,
        query={"term": {"kind": kind}},
        source_includes=["pk", "digest"],
        sort=[{"id": "asc"}],
        size=PAGE,
        search_after=after,
    )
    return list(found["hits"]["hits"])


def _remove_abandoned() -> None:
    """Indexes that somebody began to fill and never finished: a day is enough for any."""
    told = writing(lambda client: client.indices.get(index=f"{alias()}-*", features=["aliases", "settings"]))
    oldest = (clock.now() - ABANDONED_AFTER).timestamp() * 1000
    names = [
        name
        for name, index in told.items()
        if not index["aliases"] and int(index["settings"]["index"]["creation_date"]) < oldest
    ]
    if names:
        writing(lambda client: client.indices.delete(index=names, ignore_unavailable=True))


def _bearers() -> list[str]:
    try:
        return list(writing(lambda client: client.indices.get_alias(name=alias())))
    except NotFoundError:
        return []


def _bulk(actions: Iterable[dict[str, Any]]) -> set[str]:
    """Returns what was refused for good. Raises Unavailable where some of it may be taken later: all is sent again.

    Sent in pieces that every Elasticsearch takes, however long the texts are.
    """
    done = writing(
        lambda client: list(
            streaming_bulk(
                client,
                actions,
                chunk_size=PAGE,
                max_chunk_bytes=LONGEST_REQUEST,
                raise_on_error=False,
                yield_ok=False,
            )
        )
    )
    refused = set()
    for _is_done, told in done:
        ((_verb, answer),) = told.items()
        if answer["status"] in BUSY:
            raise Unavailable(f"refused for now: {answer.get('error')}")
        if answer["status"] not in ALREADY:
            logger.error("Elasticsearch refuses %s: %s", answer["_id"], answer.get("error"))
            refused.add(str(answer["_id"]))
    return refused


def _id(source: SearchSource, object_id: str) -> str:
    return f"{source.kind}:{object_id}"


def _place(index: str, source: SearchSource, object_id: str, version: int) -> dict[str, Any]:
    return {
        "_index": index,
        "_id": _id(source, object_id),
        "version": version,
        "version_type": "external_gte",
    }


class _Columns:
    """What stands beside the texts of some rows, read for all of them at once."""

    def __init__(self, source: SearchSource, rows: Sequence[Row]) -> None:
        self.source = source
        instances = [row.instance for row in rows]
        audiences = source.audiences(instances)
        self.audiences = {row.pk: keys for row, keys in zip(rows, audiences, strict=True)}
        self.queryset = source.model._base_manager.filter(pk__in=[row.pk for row in rows]).order_by()
        self.groups = dict(self.queryset.values_list("pk", source.group))
        self.newest = dict(self.queryset.values_list("pk", source.newest)) if source.newest else {}
        self.popularity = (
            dict(self.queryset.values_list("pk", source.popularity)) if source.popularity else {}
        )
        # A year begins for everybody when it begins for the installation.
        with timezone.override(timezone.get_default_timezone()):
            self.facets = {name: self._values(path) for name, path in source.facets.items()}
        self.parts = self._parts()

    def of(self, row: Row) -> dict[str, Any]:
        columns: dict[str, Any] = {
            "id": _id(self.source, str(row.pk)),
            "kind": self.source.kind,
            "part": self.parts.get(row.pk, self.source.kind),
            "pk": str(row.pk),
            "key": row.key,
            "thing": f"{self.source.kind}:{self.groups.get(row.pk)}",
            "language": row.language,
            "audience": sorted(self.audiences[row.pk]),
            "facets": {name: values[row.pk] for name, values in self.facets.items() if values[row.pk]},
        }
        if self.newest.get(row.pk):
            columns["newest"] = self.newest[row.pk].isoformat()
        if self.popularity.get(row.pk):
            columns["popularity"] = self.popularity[row.pk]
        return columns

    def _values(self, path: str) -> dict[Any, list[str]]:
        values: dict[Any, set[str]] = defaultdict(set)
        for pk, value in self.queryset.values_list("pk", path):
            if value not in (None, ""):
                values[pk].add(str(value))
        return defaultdict(list, {pk: sorted(found) for pk, found in values.items()})

    def _parts(self) -> dict[Any, str]:
        return {
            pk: part
            for part, condition in self.source.parts.items()
            for pk in self.queryset.filter(condition).values_list("pk", flat=True)
        }


def _texts(row: Row) -> dict[str, Any]:
    parts: dict[str, dict[str, str]] = {part: {} for part in PARTS}
    for (part, language), text in row.texts.parts.items():
        parts[part][ANY if language == ANY_LANGUAGE else language] = _written(text)
    return {**{part: texts for part, texts in parts.items() if texts}, "names": _written(row.texts.names)}


def _written(text: str) -> str:
    """The text as it reads, in the signs by which it is asked: composed, and codes with Latin letters."""
    text = unicodedata.normalize("NFKC", text)
    text = _CODE_WITH_HYPHEN.sub(lambda letters: analysis.in_latin(letters[0]), text)
    return _WORD.sub(lambda word: analysis.code_in_latin(word[0]), text)
